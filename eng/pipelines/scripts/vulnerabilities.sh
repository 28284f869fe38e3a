#!/usr/bin/env bash
# Fails where a package of the solution, transitive ones included, has a known vulnerability that vulnerabilities.json does not accept.
# There, each accepted advisory has a package, a reason and a last day; after that day it counts again, and one that no longer
# applies has to be taken out. Restore the solution first.
#
# usage: vulnerabilities.sh [--findings FILE] [--accepted FILE] [--today yyyy-MM-dd] [--report FILE]
#   --findings  what `dotnet list package --vulnerable --include-transitive --format json` printed (default: it is asked)
#   --accepted  default eng/pipelines/vulnerabilities.json
#   --today     default today, UTC
#   --report    also writes the findings there
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
findings='' accepted="$repository/eng/pipelines/vulnerabilities.json" today=$(date -u +%F) report=''
read_options 'findings accepted today report' "$@"

if [[ -z $findings ]]; then
  findings=${report:-$(mktemp)}
  dotnet list "$repository/AffinityDurable.sln" package --vulnerable --include-transitive --format json >"$findings" \
    || fail "dotnet list package failed: $(jq --raw-output '.problems[]?.text' "$findings" 2>/dev/null | head -n 3)"
fi

jq --exit-status '.version == 1 and (.projects | length > 0)' "$findings" >/dev/null || fail "'$findings' is no answer of dotnet list package --format json."
problems=$(jq --raw-output '.problems[]? | select(.level == "error") | "  " + .text' "$findings")
[[ -z $problems ]] || fail "$(printf 'not every project could be looked at:\n%s' "$problems")"

incomplete=$(jq --raw-output '.accepted[] | select([.advisory, .package, .reason, .until] | all(type == "string" and length > 0) | not) | "  " + tojson' "$accepted")
[[ -z $incomplete ]] || fail "$(printf 'an entry of %s lacks advisory, package, reason or until:\n%s' "$accepted" "$incomplete")"

# One line each: package, version, severity, advisory.
found=$(jq --raw-output '
  [.projects[].frameworks[]? | (.topLevelPackages // []) + (.transitivePackages // []) | .[]
    | . as $package | .vulnerabilities[]? | [$package.id, $package.resolvedVersion, .severity, .advisoryurl]]
  | unique[] | @tsv' "$findings")

open=0
while IFS=$'\t' read -r package version severity advisory; do
  [[ -n $package ]] || continue
  until=$(jq --raw-output --arg package "$package" --arg advisory "$advisory" \
    '[.accepted[] | . as $one | select(.package == $package and ($advisory | endswith($one.advisory))) | .until] | max // empty' "$accepted")
  if [[ -z $until ]]; then
    say "$severity: $package $version, $advisory"
    open=$((open + 1))
  elif [[ $until < $today ]]; then
    say "$severity: $package $version, $advisory, was accepted until $until"
    open=$((open + 1))
  else
    say "Accepted until $until: $package $version, $advisory"
  fi
done <<<"$found"

stale=$(jq --raw-output --arg found "$found" '.accepted[] | select(. as $one | $found | contains($one.advisory) | not) | "  \(.package) \(.advisory)"' "$accepted")
[[ -z $stale ]] || fail "$(printf 'nothing is left of what %s accepts here; take it out:\n%s' "$accepted" "$stale")"
((open == 0)) || fail "$open known vulnerabilities. Take a version without them, or accept one for a time in $accepted."
say "No package has a known vulnerability that is not accepted."
