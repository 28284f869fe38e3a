#!/usr/bin/env bash
# Goes once around over the HTTP API of a test environment, whose Affinity is the simulated one: health, a wrong key, the syncs, rows that
# are pushed, a run that writes them, its report, undo, hold and release. Ends with the first thing that is not as it should be.
# It writes to Affinity, so it is nothing for production: it refuses where the sync `smoke` is not there.
#
# usage: smoke.sh --outputs FILE | --url URL [--wait MINUTES]
#   --outputs  what infra.sh has written: names the app, and the vault with the key (secret pipeline-api-key)
#   --url      address of the app; the key is then in AFFINITYDURABLE_API_KEY
#   --wait     how long the app may take to get ready, and each run to end (default 10)
#
# The key is that of an operator. Settings: POLL_SECONDS (default 5), between two looks.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
outputs='' url='' wait=10
read_options 'outputs url wait' "$@"
require_minutes wait
find_app
poll=${POLL_SECONDS:-5}

# Another text each time, so that there is something to write.
nonce="Smoke test $(date -u +%FT%TZ) $RANDOM"
domain=acornai.com

ok() {
  say "ok    $*"
}

# until_ready: the host may start cold.
until_ready() {
  local deadline=$((SECONDS + wait * 60))
  until call GET /api/health/ready; [[ $status == 200 ]]; do
    ((SECONDS < deadline)) || fail "The app is not ready after $wait minutes: $status $(field '[.checks[]? | select(.status != "ready") | "\(.name) \(.code // "")"] | join(", ")' 2>/dev/null)"
    sleep "$poll"
  done
}

# start VERB PATH [BODY] starts a run, follows it to its end and leaves its view in $body, its id in $run.
start() {
  local deadline=$((SECONDS + wait * 60))
  expect 202 "$@"
  run=$(field .runId)
  while expect 200 GET "/api/runs/$(escaped "$run")" && [[ $(field .report.outcome) == null ]]; do
    ((SECONDS < deadline)) || fail "Run $run has not ended after $wait minutes; it is $(field .status.phase)."
    sleep "$poll"
  done
}

# outcome_is WORD: that of the run that was followed.
outcome_is() {
  local outcome
  outcome=$(field .report.outcome)
  [[ $outcome == "$1" ]] || fail "Run $run ended as $outcome, not $1. $(field '.report.error // {} | [.code, .message] | map(select(.)) | join(" ")')"
}

# is EXPRESSION WANTED WHAT: of the last answer.
is() {
  local found
  found=$(field "$1")
  [[ $found == "$2" ]] || fail "$3 is $found, not $2."
}

until_ready
[[ $(field .version) != null ]] || fail "The app does not know the key: it takes the hash of the key as Access__Keys__pipeline__Hash."
ok "the app is ready: version $(field .version), $(field '[.checks[].name] | join(", ")')"

call_key=adk_unknown call GET /api/syncs
[[ $status == 401 ]] || fail "A key that nobody knows was answered with $status, not 401."
is .code AFF741 "The code of the refusal"
ok "a key that nobody knows is refused: $(problem_of "$body")"

expect 404 POST /api/syncs/no-such-sync/runs '{}'
ok "a sync that is not there: $(problem_of "$body")"

expect 200 GET /api/syncs
[[ $(field 'any(.syncs[]; .sync == "smoke")') == true ]] \
  || fail "There is no sync 'smoke' here: publish eng/pipelines/smoke to a test environment, and run this nowhere else."
is '.syncs[] | select(.sync == "smoke") | .problems | length' 0 "The number of problems of the sync smoke"
ok "$(field '.syncs | length') syncs"

# A smoke test that broke off may have left a hold.
if [[ $(field '.syncs[] | select(.sync == "smoke") | .hold') != null ]]; then
  start POST /api/syncs/smoke/runs '{"mode": "plan"}'
  expect 200 POST /api/syncs/smoke/release "{\"plan\": \"$run\"}"
  ok "released what an earlier smoke test had held"
fi

expect 202 POST /api/syncs/smoke/rows "[{\"website\": \"$domain\", \"notes\": \"$nonce\"}]"
ok "a row is taken: push $(field .pushId)"

start POST /api/syncs/smoke/runs '{}'
outcome_is succeeded
is .report.writes.fieldsWritten 1 "The number of fields written"
is .report.verification.verified 1 "The number of fields read back as written"
# Made of the key's name, as the record of who did what is.
[[ $(field .report.by) == [A-Za-z]* ]] || fail "The report does not say who started the run."
written=$run
ok "run $written wrote one field and read it back: $(field .report.calls.total) calls, by $(field .report.by)"

expect 200 GET "/api/runs/$(escaped "$written")/plan.jsonl"
is .after "$nonce" "What was written"
is .fate written "The fate of the change"
expect 200 GET "/api/runs/$(escaped "$written")/report"
is .outcome succeeded "The outcome in the report"
expect 200 GET "/api/syncs/smoke/explain?field=Notes&domain=$domain"
is .after "$nonce" "What the explanation says was written"
ok "plan, report and explanation say the same"

start POST "/api/runs/$(escaped "$written")/undo" '{}'
outcome_is succeeded
is .report.writes.fieldsWritten 1 "The number of fields taken back"
expect 200 GET /api/syncs
[[ $(field '.syncs[] | select(.sync == "smoke") | .hold') != null ]] || fail "The sync is not held after an undo."
ok "run $run took it back, and the sync is held"

start POST /api/syncs/smoke/runs '{"mode": "plan"}'
outcome_is succeeded
expect 200 POST /api/syncs/smoke/release "{\"plan\": \"$run\"}"
ok "released, having seen plan $run"

expect 200 POST /api/syncs/smoke/hold '{"reason": "smoke test"}'
start POST /api/syncs/smoke/runs '{}'
is '.report.writes.fieldsWritten // 0' 0 "The number of fields that were written while the sync was held"
start POST /api/syncs/smoke/runs '{"mode": "plan"}'
expect 200 POST /api/syncs/smoke/release "{\"plan\": \"$run\"}"
expect 200 GET /api/syncs
is '.syncs[] | select(.sync == "smoke") | .hold' null "The hold after its release"
ok "held, nothing was written, released"

say "Everything is as it should be at $url."
