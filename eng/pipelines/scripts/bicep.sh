#!/usr/bin/env bash
# Lints every template below infra/, and compiles infra/main.bicep with all its modules and every file of parameters, with the compiler that
# the tests use: the version that Directory.Packages.props pins. A warning is a failure.
#
# usage: bicep.sh --output DIR
#   --output  where the compiled templates go: ARM JSON
#
# Settings: NUGET_PACKAGES, where restored packages are (default ~/.nuget/packages); BICEP, another compiler.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
output=''
read_options 'output' "$@"
require output

cd "$repository"
version=$(sed -n 's/.*Include="Azure.Bicep.CommandLine.linux-x64" Version="\([^"]*\)".*/\1/p' Directory.Packages.props)
bicep=${BICEP:-${NUGET_PACKAGES:-$HOME/.nuget/packages}/azure.bicep.commandline.linux-x64/$version/tools/bicep}
[[ -x $bicep ]] || fail "There is no compiler at $bicep; dotnet restore tests/AffinityDurable.Delivery.Tests brings it on Linux x64, elsewhere set BICEP."

mkdir -p "$output"

# Runs the compiler, which has to be silent: what it finds goes to standard error.
check() {
  local said
  said=$("$bicep" "$@" 2>&1 >/dev/null) || fail "$(printf 'bicep %s failed:\n%s' "$*" "$said")"
  [[ -z $said ]] || fail "$(printf 'bicep %s finds:\n%s' "$*" "$said")"
}

check lint --pattern 'infra/**/*.bicep'
check build infra/main.bicep --outfile "$output/main.json"
while IFS= read -r parameters; do
  check build-params "$parameters" --outfile "$output/$(basename "$parameters").json"
done < <(find infra -name '*.bicepparam' | sort)
say "Every template compiles, and the linter finds nothing."
