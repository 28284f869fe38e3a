#!/usr/bin/env bash
# Shows what a deployment of infra/main.bicep would change (what-if), makes it (deploy), or writes down the outputs of the last one.
#
# usage: infra.sh what-if --environment dev|prod --location LOCATION
#        infra.sh deploy  --environment dev|prod --location LOCATION --outputs FILE
#        infra.sh outputs --environment dev|prod --outputs FILE
#   --environment  names the parameters: infra/ENVIRONMENT.bicepparam
#   --location     where the deployment itself is kept; what is in it may be elsewhere
#   --outputs      JSON, name and value: {"FUNCTION_APP_NAME": "func-…", …}
#
# Needs az, signed in to the subscription of the environment. What is not set in the parameters is read from environment variables that
# the .bicepparam names.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
verb=${1:-}
[[ $verb == --help ]] && usage && exit 0
(($# > 0)) && shift
environment='' location='' outputs=''
read_options 'environment location outputs' "$@"
require environment
require_environment "$environment"
deployment=affinity-durable-$environment
template=(--location "$location" --template-file "$repository/infra/main.bicep" --parameters "$repository/infra/$environment.bicepparam")

write_outputs() {
  local found
  found=$(jq 'select(type == "object" and length > 0) | map_values(.value)')
  [[ -n $found ]] || fail "The deployment $deployment has no outputs."
  printf '%s\n' "$found" >"$outputs"
  say "Outputs of $deployment: $(jq --raw-output 'keys | join(", ")' "$outputs")."
}

case $verb in
  what-if)
    require location
    az deployment sub what-if --name "$deployment" "${template[@]}"
    ;;
  deploy)
    require location outputs
    az deployment sub create --name "$deployment" "${template[@]}" --query properties.outputs --output json | write_outputs
    ;;
  outputs)
    require outputs
    az deployment sub show --name "$deployment" --query properties.outputs --output json | write_outputs
    ;;
  *)
    refuse "'$verb' is none of what-if, deploy, outputs."
    ;;
esac
