#!/usr/bin/env bash
# Checks that the code is formatted as .editorconfig says: white space, and the style rules that are warnings. Changes nothing.
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
dotnet format whitespace AffinityDurable.sln --no-restore ${check[@]+"${check[@]}"} || fail "Some files are formatted otherwise; eng/pipelines/scripts/format.sh --fix puts them right."
dotnet format style AffinityDurable.sln --no-restore --severity warn ${check[@]+"${check[@]}"} || fail "Some files break a rule of style; eng/pipelines/scripts/format.sh --fix puts most of them right."
say "The code is formatted as .editorconfig says."
