#!/usr/bin/env bash
# Restores the solution and its tools, as the audits look at them: with the official Azure packages, which are deployed.
#
# usage: restore.sh [--azure-packages true|false]
#   --azure-packages  default true: a feed without them fails
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
azure_packages=true
read_options 'azure-packages' "$@"

cd "$repository"
dotnet restore AffinityDurable.sln -p:AzurePackages="$azure_packages"
dotnet tool restore
