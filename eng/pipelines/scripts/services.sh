#!/usr/bin/env bash
# Installs the programs that tests start themselves: PostgreSQL, shellcheck, the Azure Storage emulator and the language service of Kusto
# (both from npm). What is there stays.
#
# usage: services.sh
# Needs apt-get, npm and, for another user than root, sudo without a password.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
read_options '' "$@"

as_root() {
  if [[ $(id -u) == 0 ]]; then "$@"; else sudo "$@"; fi
}

packages=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
command -v shellcheck >/dev/null || packages+=(shellcheck)
if ((${#packages[@]})); then
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${packages[@]}"
fi
if ! command -v azurite >/dev/null; then
  as_root npm install --global --silent --no-fund --no-audit azurite@3.35.0
fi
if ! [[ -d $(npm root --global)/@kusto/language-service-next ]]; then
  as_root npm install --global --silent --no-fund --no-audit @kusto/language-service-next@12.4.1
fi
