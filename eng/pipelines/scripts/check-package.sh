#!/usr/bin/env bash
# Looks into what is about to be deployed: everything that the host needs is there, and nothing that belongs to a laptop or is a secret.
# Names all that is wrong at once.
#
# usage: check-package.sh --app ZIP|DIR | --cli ZIP|DIR
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
app='' cli=''
read_options 'app cli' "$@"
[[ -n $app || -n $cli ]] || refuse "--app or --cli is missing."
package=${app:-$cli}
[[ -e $package ]] || fail "There is no '$package'."

folder=$package
if [[ -f $package ]]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  unzip -q "$package" -d "$folder" || fail "'$package' is no zip archive."
fi

wrong=0
wrong() {
  say "  $*"
  wrong=$((wrong + 1))
}

need() {
  [[ -s "$folder/$1" ]] || wrong "$1 is missing: $2"
}

# json FILE FILTER MESSAGE
json() {
  [[ ! -s "$folder/$1" ]] || jq --exit-status "$2" "$folder/$1" >/dev/null 2>&1 || wrong "$1: $3"
}

if [[ -n $app ]]; then
  need host.json "the host takes its defaults, another task hub among them."
  json host.json '.version == "2.0" and .extensions.durableTask.hubName != null' "it is not the one of this app, with extensions.durableTask.hubName."
  need worker.config.json "the host does not know how to start the worker."
  json worker.config.json '.description.language == "dotnet-isolated"' "it does not describe an isolated .NET worker."
  worker=$(jq --raw-output '.description.defaultWorkerPath // empty' "$folder/worker.config.json" 2>/dev/null || true)
  need "${worker:-AffinityDurable.FunctionApp.dll}" "the worker itself."
  need functions.metadata "the host finds no function."
  json functions.metadata 'map(.name) | index("SyncOrchestrator") and index("ApplyBatch") and index("GetHealth")' \
    "functions that every release has are not in it: SyncOrchestrator, ApplyBatch, GetHealth."
  json functions.metadata 'map(.bindings[].type) | index("orchestrationTrigger") and index("timerTrigger") and index("httpTrigger")' \
    "triggers are missing in it."
  need .azurefunctions/Microsoft.Azure.WebJobs.Extensions.DurableTask.dll \
    "the host finds no extension of Durable Task; a zip has to take folders that start with a dot."
  need extensions.json "the host loads no extension."
  json extensions.json '[.extensions[].typeName] | any(test("DurableTask"))' "Durable Task is not in it."
else
  need affinity-durable "the program itself."
  need affinity-durable.dll "the program itself."
fi

# What must not leave a laptop.
while IFS= read -r file; do
  wrong "${file#"$folder"/} must not be deployed: settings of a laptop, keys, certificates and state stay where they are."
done < <(find "$folder" \( -name 'local.settings*.json' -o -name '.env*' -o -name '*.pfx' -o -name '*.pem' -o -name '*.key' -o -name '*.p12' \
  -o -name '*.publishsettings' -o -name '.affinity-durable' -o -name 'appsettings.Development.json' -o -name '.git' \) | sort)

# A secret in a text file; what it is stays out of the log.
secrets='AccountKey=[A-Za-z0-9+/]{40}|SharedAccessKey=[A-Za-z0-9+/]{20}|-----BEGIN [A-Z ]*PRIVATE KEY|adk_[A-Za-z0-9_-]{43}|[?&]sig=[A-Za-z0-9%]{20}|"ApiKey"[[:space:]]*:[[:space:]]*"[^"]'
while IFS= read -r file; do
  wrong "${file#"$folder"/} seems to hold a secret."
done < <(grep --recursive --files-with-matches --binary-files=without-match --extended-regexp --regexp "$secrets" "$folder" | sort)

((wrong == 0)) || fail "$wrong things are wrong with $package."
say "$package has what it needs, and nothing else that matters."
