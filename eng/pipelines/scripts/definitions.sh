#!/usr/bin/env bash
# Takes the definitions of an environment from the folder to the container that its app reads: validate says all that is wrong, plan shows
# by figures what each sync would change and cannot write, publish uploads. No field value is printed.
#
# usage: definitions.sh validate --environment ENV [--offline]
#        definitions.sh plan     --environment ENV
#        definitions.sh publish  --environment ENV --outputs FILE | --to URL [--dry-run] [--prune]
#   --environment  the overlay that holds: overlays/ENV.yaml
#   --folder       where the definitions are (default syncs)
#   --offline      validates without Affinity and without its key
#   --outputs      what infra.sh has written: names the container
#   --to           address of the container
#   --prune        removes what only the container has
#   --vault        name of a Key Vault with Affinity's key and the secrets of the sources, for validate and plan
#
# Settings: AFFINITY_DURABLE, the program (default: affinity-durable on the path); all of docs/settings.md. Without --vault, Affinity's
# key has to be in Affinity__ApiKey. Needs az or another sign-in of DefaultAzureCredential for a vault and a container.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
verb=${1:-}
[[ $verb == --help ]] && usage && exit 0
(($# > 0)) && shift
environment='' folder="$repository/syncs" offline='' outputs='' to='' vault='' dry_run='' prune=''
read_options 'environment folder offline! outputs to vault dry-run! prune!' "$@"
require environment

program=${AFFINITY_DURABLE:-affinity-durable}

# The state of a plan holds field values: it goes when the script ends.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[[ -d $folder ]] || refuse "There is no folder '$folder'."
definitions=$(cd "$folder" && pwd)
if ! compgen -G "$definitions/*.yaml" >/dev/null; then
  say "There are no definitions in $folder: nothing to $verb."
  exit 0
fi
[[ -f "$definitions/overlays/$environment.yaml" ]] \
  || fail "There is no $folder/overlays/$environment.yaml; the app of $environment refuses definitions without it. A file with a comment alone is enough."

export Environment__Name=$environment Definitions__Directory=$definitions Stores__Directory=$work/state Writes__Enabled=false
# In the pipeline, the identity of the service connection, whatever identity the machine itself has.
[[ -z ${TF_BUILD:-} ]] || export AZURE_TOKEN_CREDENTIALS=AzureCliCredential
[[ -z $vault ]] || export KeyVault__Uri=https://$vault.vault.azure.net/

# What a plan came to, by figures alone.
summary='
  "\(.sync): \(.outcome), list \(.listId), \(.plan.changedEntries // 0) entries and \(.plan.changedFields // 0) fields to change, \(.calls.total) calls",
  (.guards[]? | select(.breached) | "  guard \(.rule)\(if .subject then " of \(.subject)" else "" end): \(.figure), allowed \(.threshold)"),
  (.rejectsByCode // {} | to_entries[] | "  \(.key): \(.value) rejects"),
  (.error // empty | "  \(.code)")'

plan_each() {
  local sync file run code failed=0
  for file in "$definitions"/*.yaml; do
    sync=$(sed -n 's/^sync:[[:space:]]*\([^[:space:]#]*\).*/\1/p' "$file" | tr -d "\"'")
    code=0
    "$program" plan "$sync" --plain --fail-on failed >"$work/said" 2>&1 || code=$?
    run=$(sed -n 's/^Run \([^ ]*\)$/\1/p' "$work/said" | head -n 1)
    if [[ -z $run ]]; then
      say "$sync: not planned"
      sed -n 's/^\(AFF[0-9]*\).*/  \1/p' "$work/said" | sort -u
      failed=$((failed + 1))
      continue
    fi
    "$program" runs "$run" --print report.json | jq --raw-output "$summary"
    ((code == 0)) || failed=$((failed + 1))
  done
  ((failed == 0)) || fail "$failed plans failed. docs/errors.md says what the codes mean; affinity-durable plan on your own machine shows the values."
}

case $verb in
  validate)
    "$program" validate --all ${offline:+--offline} --plain
    ;;
  plan)
    plan_each
    ;;
  publish)
    [[ -n $to ]] || { require outputs && to=$(output_of DEFINITIONS_BLOB_URI); }
    "$program" publish "$definitions" --to "$to" ${dry_run:+--dry-run} ${prune:+--prune} --plain
    ;;
  *)
    refuse "'$verb' is none of validate, plan, publish."
    ;;
esac
