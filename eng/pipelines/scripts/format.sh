#!/usr/bin/env bash
# Checks that the code is laid out as .editorconfig says. Changes nothing. The rules of style are errors of the build.
#
# usage: format.sh [--fix]
#   --fix  puts it right instead
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
fix=''
read_options 'fix!' "$@"

cd "$repository"
check=(--verify-no-changes)
[[ -z $fix ]] || check=()
dotnet format whitespace . --folder --exclude artifacts ${check[@]+"${check[@]}"} \
  || fail "Some files are laid out otherwise; eng/pipelines/scripts/format.sh --fix puts them right."
say "The code is laid out as .editorconfig says."
