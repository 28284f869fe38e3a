#!/usr/bin/env bash
# Fails where a package that the solution uses has a licence that licences.json does not allow. The licence is read from the package: an
# SPDX expression, or a file, whose text licences.json then names by its hash, so that a changed text is read again. Old packages have
# only an address, which licences.json names too. Restore the solution first.
#
# usage: licences.sh [--root DIR] [--allowed FILE] [--report FILE]
#   --root     where the projects are (default: this repository)
#   --allowed  default eng/pipelines/licences.json
#   --report   writes package, version and licence there, tab-separated
#
# Settings: NUGET_PACKAGES, where restored packages are (default ~/.nuget/packages).
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
root=$repository allowed="$repository/eng/pipelines/licences.json" report=''
read_options 'root allowed report' "$@"
packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}

lists=()
while IFS= read -r list; do lists+=("$list"); done < <(find "$root" -name project.assets.json -path '*/obj/*' -not -path '*/artifacts/*' | sort)
((${#lists[@]})) || fail "Nothing is restored below $root; dotnet restore does it."

hash_of() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -c 1-64
}

# One line for each package: name, version, kind of licence (expression, file or url), licence, folder. A nuspec has each element on one line.
licences_of_packages() {
  jq --raw-output --arg packages "$packages" '
    .libraries | to_entries[] | select(.value.type == "package") | .key | split("/") as [$id, $version]
    | "\($packages)/\(ascii_downcase)" as $folder | [$id, $version, $folder, "\($folder)/\($id | ascii_downcase).nuspec"] | @tsv' "${lists[@]}" \
    | sort -u \
    | awk -F '\t' '
      function text(element) { sub(/^[^>]*>/, "", element); return element }
      {
        kind = "missing"; licence = ""
        while ((getline line < $4) > 0) {
          if (kind == "missing") kind = "none"
          if (match(line, /<license type="expression">[^<]*/)) { kind = "expression"; licence = text(substr(line, RSTART, RLENGTH)) }
          else if (match(line, /<license type="file">[^<]*/)) { kind = "file"; licence = text(substr(line, RSTART, RLENGTH)) }
          else if (kind == "none" && match(line, /<licenseUrl>[^<]*/)) { kind = "url"; licence = text(substr(line, RSTART, RLENGTH)) }
        }
        close($4)
        print $1 "\t" $2 "\t" kind "\t" licence "\t" $3
      }'
}

# Of a file, the hash of its text takes the place of its name.
with_hashes() {
  local id version kind licence folder
  while IFS=$'\t' read -r id version kind licence folder; do
    [[ $kind != file ]] || licence=$(hash_of "$folder/${licence//\\//}")
    printf '%s\t%s\t%s\t%s\n' "$id" "$version" "$kind" "${licence:--}"
  done
}

# All of an AND, one of an OR. There are no brackets in the licences that packages of .NET have; one with them has to be allowed whole.
judged=$(licences_of_packages | with_hashes | jq --raw-input --slurp --slurpfile rules "$allowed" '
  $rules[0] as $rules
  | def is_allowed: [., (split(" AND ") | all(split(" OR ") | any(IN($rules.allowed[]))))] | (.[0] | IN($rules.allowed[])) or .[1];
  [split("\n")[] | select(. != "") | split("\t") as [$package, $version, $kind, $found]
    | { $package, $version, $kind, $found }
    | .licence = (if $kind == "expression" then $found else ([$rules.read[] | select(.package == $package and (.sha256 // .url) == $found).licence] | first) end)
    | .wrong = (
        if .licence != null then (if .licence | is_allowed then null else "\(.licence) is not allowed" end)
        elif $kind == "missing" then "it is not in the folder of packages; dotnet restore brings it"
        elif $kind == "file" then "its licence is a file (sha256 \($found)), which nobody has read yet"
        elif $kind == "url" then "it names no licence, only the address \($found), which nobody has read yet"
        else "it names no licence" end)]')

[[ -z $report ]] || jq --raw-output '.[] | [.package, .version, .licence // "unknown"] | @tsv' <<<"$judged" >"$report"
refused=$(jq 'map(select(.wrong)) | length' <<<"$judged")
jq --raw-output '.[] | select(.wrong) | "\(.package) \(.version): \(.wrong)."' <<<"$judged"
((refused == 0)) || fail "$refused packages have a licence that $allowed does not allow. Take another package, or allow it there once it was read."
say "$(jq length <<<"$judged") packages, and every licence is allowed."
