#!/usr/bin/env bash
# Builds the solution and runs every test, with results (TRX) and coverage (Cobertura) for the pipeline to publish.
# Analyzers, those of Durable Task among them, come with the build, and what they find is an error.
#
# usage: test.sh --results DIR [--azure-packages true|false]
#   --results         where results and coverage go
#   --azure-packages  whether the official Azure packages are used (default true: a feed without them fails)
#
# Settings: BUILD_CONFIGURATION (default Release). Tests that need PostgreSQL, Azurite or shellcheck fail where these are not installed.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
results='' azure_packages=true
read_options 'results azure-packages' "$@"
require results

cd "$repository"
export AFFINITYDURABLE_REQUIRE_SERVICES=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
configuration=${BUILD_CONFIGURATION:-Release}

# Built first: tests beside compilers run into their time limits.
dotnet build AffinityDurable.sln --configuration "$configuration" -p:AzurePackages="$azure_packages"
dotnet test AffinityDurable.sln --configuration "$configuration" -p:AzurePackages="$azure_packages" --no-build \
  --logger trx --results-directory "$results" --collect 'Code Coverage;Format=Cobertura'
