#!/usr/bin/env bash
# Installs the Debian packages that tests need and that are not here yet; run as root.
set -euo pipefail
needed=()
command -v chromium >/dev/null || needed+=(chromium)
fc-list 2>/dev/null | grep -q 'Noto Sans CJK' || needed+=(fonts-noto-cjk fontconfig)
command -v make >/dev/null || needed+=(make)
dpkg -s python3-venv >/dev/null 2>&1 || needed+=(python3-venv)
[ ${#needed[@]} = 0 ] && exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${needed[@]}"
