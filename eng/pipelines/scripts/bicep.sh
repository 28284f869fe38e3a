#!/usr/bin/env bash
# Compiles and lints every template and every file of parameters below infra/, with the compiler that the tests use: the version that
# Directory.Packages.props pins. A warning is a failure.
#
# usage: bicep.sh --output DIR
#   --output  where the compiled templates go: ARM JSON, a file each
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
findings=0

# Runs the compiler, and counts what it has to say besides its output.
check() {
  local said
  said=$("$bicep" "$@" 2>&1 >/dev/null) || fail "$(printf 'bicep %s failed:\n%s' "$*" "$said")"
  if [[ -n $said ]]; then
    say "$said"
    findings=$((findings + 1))
  fi
}

while IFS= read -r template; do
  name=${template#infra/}
  check lint "$template"
  check build "$template" --outfile "$output/$(tr / - <<<"${name%.bicep}").json"
done < <(find infra -name '*.bicep' | sort)
while IFS= read -r parameters; do
  check lint "$parameters"
  check build-params "$parameters" --outfile "$output/$(basename "$parameters").json"
done < <(find infra -name '*.bicepparam' | sort)

((findings == 0)) || fail "$findings files have findings."
say "Every template compiles, and the linter finds nothing."
