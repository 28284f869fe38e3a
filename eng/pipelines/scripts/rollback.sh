#!/usr/bin/env bash
# Deploys the package of an earlier run again, and looks whether the app is well with it. Definitions and resources stay as they are: the
# stores are read by the version before, too.
#
# usage: rollback.sh --outputs FILE --package ZIP [--version-file FILE] [--watch MINUTES]
#   --package       app.zip of the run to go back to
#   --version-file  its app.version (default: beside the package)
#   --watch         as in check-deployment.sh (default 5)
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
outputs='' package='' version_file='' watch=5
read_options 'outputs package version-file watch' "$@"
require outputs package
version_file=${version_file:-$(dirname "$package")/app.version}
[[ -s $version_file ]] || fail "There is no '$version_file', which says what version this package is."

"$scripts/deploy-app.sh" --outputs "$outputs" --package "$package"
"$scripts/check-deployment.sh" --outputs "$outputs" --version-file "$version_file" --watch "$watch"
say "Back at version $(<"$version_file"). Whatever made this necessary is in the release after it."
