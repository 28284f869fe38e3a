#!/usr/bin/env bash
# Deploys the command line as the simulated Affinity of a test environment, and waits until it answers. What an earlier smoke test has
# written there is gone: the account is made anew at each start.
#
# usage: deploy-simulator.sh --outputs FILE --package ZIP [--wait MINUTES]
#   --package  cli.zip of package.sh
#   --wait     how long it may take to answer (default 10)
#
# Needs az, signed in with the role Website Contributor on the App Service. Settings: POLL_SECONDS (default 5), between two looks.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
outputs='' package='' wait=10
read_options 'outputs package wait' "$@"
require outputs package
require_minutes wait
"$scripts/check-package.sh" --cli "$package"
group=$(output_of AZURE_RESOURCE_GROUP)
app=$(output_of SIMULATED_AFFINITY_NAME)
url=$(output_of SIMULATED_AFFINITY_URI)

az webapp deploy --resource-group "$group" --name "$app" --src-path "$package" --type zip --clean true --restart true --output none

# Without a key it is enough that something of ours says so.
deadline=$((SECONDS + wait * 60))
until [[ $(curl --silent --max-time 30 --output /dev/null --write-out '%{http_code}' "${url%/}/v2/auth/whoami") == 401 ]]; do
  ((SECONDS < deadline)) || fail "$url does not answer as a simulated Affinity after $wait minutes; its log stream says why."
  sleep "${POLL_SECONDS:-5}"
done
say "The simulated Affinity answers at $url."
