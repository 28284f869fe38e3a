#!/usr/bin/env bash
# Unpacks the command line and puts it on the path of the steps that follow in Azure Pipelines; elsewhere it says how to do that.
#
# usage: use-cli.sh --package ZIP --to DIR
#   --package  cli.zip of package.sh
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
package='' to=''
read_options 'package to' "$@"
require package to
[[ -f $package ]] || fail "There is no '$package'; package.sh makes it."

mkdir -p "$to"
to=$(cd "$to" && pwd)
unzip -q -o "$package" -d "$to"
say "$("$to/affinity-durable" --version)"
if [[ -n ${TF_BUILD:-} ]]; then
  say "##vso[task.prependpath]$to"
else
  say "export PATH=\"$to:\$PATH\""
fi
