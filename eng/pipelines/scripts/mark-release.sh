#!/usr/bin/env bash
# Tags the run of the pipeline as deployed and checked in an environment, so that a rollback finds its package.
#
# usage: mark-release.sh --environment ENV
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
environment=''
read_options 'environment' "$@"
require environment
[[ $environment =~ ^[a-z0-9]+$ ]] || refuse "'$environment' is no name of an environment."
say "##vso[build.addbuildtag]deployed-$environment"
