#!/usr/bin/env bash
# Waits until a deployment disturbs nobody: no run is in flight, and no occurrence of a schedule is due within the window. A run that waits
# for its approval does not count, nor does a sync that is held. Fails when that does not come in time, and says which run or which
# occurrence stands against it. Changes nothing: to keep new runs from starting, hold the syncs first.
#
# usage: drain.sh --outputs FILE | --url URL [--window MINUTES] [--wait MINUTES]
#   --outputs  what infra.sh has written: names the app, and the vault with the key (secret pipeline-api-key)
#   --url      address of the app; the key is then in AFFINITYDURABLE_API_KEY
#   --window   how long it has to stay quiet (default 15)
#   --wait     how long to wait for that (default 60)
#
# The key is that of a reader. Settings: POLL_SECONDS (default 15), between two looks.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
outputs='' url='' window=15 wait=60
read_options 'outputs url window wait' "$@"
require_minutes window wait
find_app
poll=${POLL_SECONDS:-15}

# Runs without an outcome are there whatever the day says, so that one of tomorrow leaves just these.
tomorrow=$(jq --null-input --raw-output 'now + 86400 | strftime("%Y-%m-%d")')

runs_in_flight() {
  local run phase cursor=''
  while :; do
    expect 200 GET "/api/runs?since=$tomorrow&limit=200$cursor"
    cursor=$(field 'if .next then "&cursor=" + (.next | @uri) else "" end')
    while IFS= read -r run; do
      [[ -n $run ]] || continue
      expect 200 GET "/api/runs/$(escaped "$run")"
      phase=$(field 'if .report.outcome or (.runtimeStatus | IN("Completed", "Failed", "Terminated")) then "" else .status.phase // "starting" end')
      [[ -z $phase || $phase == 'waiting for approval' ]] || say "run $run is in flight: $phase"
    done < <(field '.runs[] | select(.outcome == null) | .runId')
    [[ -n $cursor ]] || break
  done
}

occurrences_due() {
  expect 200 GET /api/syncs
  field --arg window "$window" '
    .syncs[]
    | select(.schedule.next and .state != "held" and .hold.activity != "held")
    | (.schedule.next | sub("[.][0-9]+"; "") | sub("[+]00:00$"; "Z") | fromdateiso8601) as $next
    | select($next - now < ($window | tonumber) * 60)
    | "sync \(.sync) is due at \(.schedule.next)"'
}

deadline=$((SECONDS + wait * 60))
said=''
while :; do
  # In steps of their own, so that a failed call ends the script.
  runs=$(runs_in_flight)
  due=$(occurrences_due)
  against=$(printf '%s\n%s\n' "$runs" "$due" | sed '/^$/d')
  [[ -n $against ]] || break
  [[ $against == "$said" ]] || say "$against"
  said=$against
  ((SECONDS < deadline)) || fail "Not quiet within $wait minutes: $(paste -s -d ';' - <<<"$against")."
  sleep "$poll"
done
say "Nothing is in flight, and nothing is due within $window minutes."
