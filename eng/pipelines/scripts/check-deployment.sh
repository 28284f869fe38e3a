#!/usr/bin/env bash
# Looks at an app after a deployment: it gets ready, it is the version that was deployed, every sync is sound, and no alert has fired since.
# Fails with the first thing that is not so.
#
# usage: check-deployment.sh --outputs FILE | --url URL [--version VERSION | --version-file FILE] [--since INSTANT] [--wait MINUTES]
#                            [--watch MINUTES]
#   --outputs       what infra.sh has written: names the app, the vault with the key (secret pipeline-api-key), and the resource group
#                   whose alerts are asked for
#   --url           address of the app; the key is then in AFFINITYDURABLE_API_KEY, and no alert is asked for
#   --version       as GET /api/health shows it to readers: 0.1.0+COMMIT; --version-file is app.version of package.sh
#   --since         alerts that fired after it count (default: the start of this script), such as 2026-03-02T18:00:00Z
#   --wait          how long the app may take to get ready in that version (default 10)
#   --watch         how long alerts are watched for after that (default 5)
#
# The key is that of a reader; az is signed in with the role Monitoring Reader on the resource group. Settings: POLL_SECONDS (default 10).
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
outputs='' url='' version='' version_file='' since=$(date -u +%FT%TZ) wait=10 watch=5
read_options 'outputs url version version-file since wait watch' "$@"
require_minutes wait watch
[[ -z $version_file ]] || version=$(<"$version_file")
find_app
poll=${POLL_SECONDS:-10}

# What stands against it now; nothing where all is well.
not_ready() {
  call GET /api/health
  if [[ $status != 200 ]]; then
    say "GET /api/health answered $status $(field '[.checks[]? | select(.status != "ready") | "\(.name) \(.code // "")"] | join(", ")' 2>/dev/null || true)"
  elif [[ $(field .version) == null ]]; then
    fail "The app does not know the key: it takes the hash of the key as Access__Keys__pipeline__Hash."
  elif [[ -n $version && $(field .version) != "$version" ]]; then
    say "version $(field .version) answers, not $version"
  fi
}

deadline=$((SECONDS + wait * 60))
while :; do
  against=$(not_ready)
  [[ -n $against ]] || break
  ((SECONDS < deadline)) || fail "After $wait minutes: $against"
  sleep "$poll"
done
call GET /api/health
say "ok    ready: version $(field .version)"

expect 200 GET /api/syncs
unsound=$(field '.syncs[] | .sync as $sync | .problems[] | "\($sync): \(.code) \(.message)"')
[[ -z $unsound ]] || fail "$(printf 'not every sync is sound:\n%s' "$unsound")"
say "ok    $(field '.syncs | length') syncs, all of them sound"

[[ -n $outputs ]] || exit 0
group=$(output_of AZURE_RESOURCE_GROUP)
deadline=$((SECONDS + watch * 60))
while :; do
  fired=$(az rest --method get --output json \
    --url "/subscriptions/{subscriptionId}/providers/Microsoft.AlertsManagement/alerts?api-version=2019-03-01&targetResourceGroup=$group&monitorCondition=Fired&timeRange=1d" \
    | jq --raw-output --arg since "$since" '.value[].properties.essentials | select(.startDateTime[:19] >= $since[:19]) | "  \(.startDateTime[:19])Z \(.severity) \(.alertRule // "unknown" | split("/") | last)"')
  [[ -z $fired ]] || fail "$(printf 'alerts have fired since %s; docs/operations.md has a section for each:\n%s' "$since" "$fired")"
  ((SECONDS < deadline)) || break
  sleep "$poll"
done
say "ok    no alert of $group has fired since $since"
