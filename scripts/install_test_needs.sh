#!/usr/bin/env bash
# Installs the Debian packages that tests need and that are not here yet; run as root.
set -euo pipefail
needed=()
command -v chromium >/dev/null || needed+=(chromium)
fc-list 2>/dev/null | grep -q 'Noto Sans CJK' || needed+=(fonts-noto-cjk fontconfig)
command -v make >/dev/null || needed+=(make)
dpkg -s python3-venv >/dev/null 2>&1 || needed+=(python3-venv)
python3 "$(dirname "$0")/postgres_cluster.py" --found 2>/dev/null || needed+=(postgresql)
command -v java >/dev/null || needed+=(openjdk-17-jre-headless)
command -v soffice >/dev/null || needed+=(libreoffice-calc)
ls /usr/lib/libreoffice/program/libswlo.so >/dev/null 2>&1 || needed+=(libreoffice-writer)
[ ${#needed[@]} = 0 ] && exit 0
export DEBIAN_FRONTEND=noninteractive
if [[ " ${needed[*]} " == *" postgresql "* ]] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
  # Tests make clusters of their own; the package need not make and start another.
  mkdir -p /etc/postgresql-common
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${needed[@]}"
