#!/usr/bin/env bash
# Makes what is deployed: app.zip (the function app), app.version (its version, as GET /api/health shows it to readers) and cli.zip (the
# command line, which is also the simulated Affinity of a test environment). Both archives are looked into by check-package.sh.
#
# usage: package.sh --output DIR [--version VERSION] [--commit SHA]
#   --version  default: that of Directory.Build.props
#   --commit   default: HEAD
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
output='' version='' commit=''
read_options 'output version commit' "$@"
require output

mkdir -p "$output"
output=$(cd "$output" && pwd)
cd "$repository"
[[ -n $version ]] || version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
[[ -n $commit ]] || commit=$(git rev-parse HEAD)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# publish PROJECT NAME …: into NAME.zip. Without the official packages there is no function app, so both are made with them.
publish() {
  local project=$1 name=$2
  shift 2
  dotnet publish "src/AffinityDurable.$project" --configuration Release --runtime linux-x64 --output "$work/$name" \
    -p:AzurePackages=true -p:Version="$version" -p:SourceRevisionId="$commit" "$@"
  rm -f "$output/$name.zip"
  # From inside, so that the files are at the root, with those that start with a dot: the worker's extensions are in .azurefunctions.
  (cd "$work/$name" && zip --quiet --recurse-paths "$output/$name.zip" .)
}

publish FunctionApp app
publish Cli cli --self-contained
printf '%s+%s\n' "$version" "$commit" >"$output/app.version"
"$scripts/check-package.sh" --app "$output/app.zip"
"$scripts/check-package.sh" --cli "$output/cli.zip"
