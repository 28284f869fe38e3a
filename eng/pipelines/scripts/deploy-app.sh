#!/usr/bin/env bash
# Deploys the function app: uploads the archive and waits until the platform has taken it. A Flex Consumption app has no slots; the new
# version takes over as soon as its instances have started.
#
# usage: deploy-app.sh --outputs FILE --package ZIP
#
# Needs az, signed in with the role Website Contributor on the app.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
outputs='' package=''
read_options 'outputs package' "$@"
require outputs package
"$scripts/check-package.sh" --app "$package"
group=$(output_of AZURE_RESOURCE_GROUP)
app=$(output_of FUNCTION_APP_NAME)

az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$package" --timeout 600 --output none
say "Deployed $package to $app."
