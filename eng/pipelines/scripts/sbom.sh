#!/usr/bin/env bash
# Writes the software bill of materials (CycloneDX, JSON) of what is deployed: app.cdx.json and cli.cdx.json. Restore the solution first.
#
# usage: sbom.sh --output DIR [--version VERSION]
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
output='' version=0.0.0
read_options 'output version' "$@"
require output

cd "$repository"
dotnet tool restore
mkdir -p "$output"

# describe PROJECT NAME
describe() {
  dotnet tool run dotnet-CycloneDX "src/AffinityDurable.$1/AffinityDurable.$1.csproj" --recursive --disable-package-restore \
    --output "$output" --filename "$2.cdx.json" --output-format Json --set-name "AffinityDurable.$1" --set-version "$version"
  jq --exit-status '.components | length > 0' "$output/$2.cdx.json" >/dev/null || fail "$2.cdx.json lists no package; is the solution restored?"
}

describe FunctionApp app
describe Cli cli
