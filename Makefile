# Bare `make` lists the commands. Everything is made inside this folder; nothing needs root.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash
BASE_PYTHON := $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STAMPS := .install-stamps
PORT ?= 8000
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup setup-dev run test test-postgres test-spark test-counties test-all check lock bench bench-notice bench-scale pictures demo-again clean

help: ## 列出全部命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS=$$'\t' read -r name what; do printf '  make %-13s %s\n' "$$name" "$$what"; done

setup: $(STAMPS)/run $(STAMPS)/frontend ## 建立运行环境（虚拟环境、前端文件）

setup-dev: setup $(STAMPS)/dev

run: setup ## 准备数据、列出各项承诺的兑现情形，并打开网站（PORT=8000）
	@$(BIN)/gengdu serve --port $(PORT)

test: setup-dev ## 跑全部测试，含浏览器测试
	@$(BIN)/python scripts/need_browser.py
	$(BIN)/pytest -q -n 2 --dist loadfile

test-postgres: setup-dev ## 在一个用完即删的 PostgreSQL 上跑动用数据库的全部测试（需要装有 postgresql）
	$(BIN)/python scripts/postgres_cluster.py $(BIN)/pytest -q -n 2 --dist loadfile -m 'not browser and not spark and not scale'

test-spark: setup-dev $(STAMPS)/spark ## 在 Spark 上跑同一套指标测试（需要 Java）
	$(BIN)/pytest -q -m spark

test-counties: setup-dev $(STAMPS)/spark ## 若干区县一起算，在 Spark 上与单独算的相同（需要 Java）
	$(BIN)/pytest -q -m spark tests/spec/test_counties.py

test-all: setup-dev ## 连同大规模数据的测试
	$(BIN)/pytest -q -m 'scale or not (scale or spark)'

check: setup-dev ## 格式、类型、分层、安全与文档检查
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy src
	$(BIN)/lint-imports --no-cache
	$(BIN)/bandit -q -r src -c pyproject.toml
	$(BIN)/python manage.py makemigrations --check --dry-run
	GENGDU_DEMO=0 GENGDU_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') GENGDU_HOSTS=gengdu.example $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python scripts/write_docs.py --check

bench: setup-dev ## 量速度与内存，结果追加到 bench/results.json
	$(BIN)/python -m bench
	$(BIN)/python scripts/postgres_cluster.py $(BIN)/python -m bench imports meanwhile lists ledgers

bench-notice: setup-dev ## 量读任意通知读得多准、多快（tests/notices 的样例；NOTICES="名称 --faults"）
	$(BIN)/python -m bench.notice $(NOTICES)

bench-scale: setup-dev $(STAMPS)/spark ## 量一区、一市、一省的全部指标，写成 docs/benchmarks.md（很久；需要 Java 与 postgresql）
	$(BIN)/python scripts/postgres_cluster.py $(BIN)/python -m bench.scale $(SIZES)

pictures: setup-dev ## 由示例数据重新拍 README 里的图
	$(BIN)/python scripts/take_pictures.py

docs: setup-dev ## 重新生成词汇表、事实与指标的文档
	$(BIN)/python scripts/write_docs.py

demo-again: setup ## 丢弃示例数据，重新生成
	$(BIN)/gengdu demo --replace

lock: ## 由 requirements/*.in 重新生成带哈希的锁文件（需要 uv）
	cd requirements && for name in run dev spark node; do uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --python-version 3.11 --upgrade $$name.in -o $$name.txt; done

clean: ## 删去环境与生成的文件；var/ 里的数据不动
	rm -rf .venv $(STAMPS) frontend/node_modules frontend/vendor

$(BIN)/python:
	@test -n "$(BASE_PYTHON)" || { echo "没有找到 Python 3.11，请先安装 python3 与 python3-venv。"; exit 1; }
	@$(BASE_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高版本，$(BASE_PYTHON) 太旧。"; exit 1; }
	$(BASE_PYTHON) -m venv .venv

$(STAMPS)/run: requirements/run.txt pyproject.toml | $(BIN)/python
	@mkdir -p $(STAMPS)
	$(BIN)/pip install -q --require-hashes -r requirements/run.txt
	$(BIN)/pip install -q --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/run
	$(BIN)/pip install -q --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/spark: requirements/spark.txt $(STAMPS)/dev
	$(BIN)/pip install -q --require-hashes -r requirements/spark.txt
	@touch $@

$(STAMPS)/frontend: frontend/package-lock.json scripts/install_frontend.py $(STAMPS)/run
	$(BIN)/python scripts/install_frontend.py
	@touch $@
