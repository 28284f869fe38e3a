# shellcheck shell=bash
# Sourced by the other scripts: their options, their messages, what infra.sh has written down, and calls of the HTTP API.
# Needs bash, jq and curl.

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$scripts/../../.." && pwd)

# Prints the header of the script: what it does and what it takes.
usage() {
  awk 'NR == 1 { next } /^#/ { sub(/^# ?/, ""); print; next } { exit }' "$0"
}

say() {
  printf '%s\n' "$*"
}

# Ends with 1: what the script looks for is not as it should be.
fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# Ends with 64: the script was called in a wrong way.
refuse() {
  printf '%s: %s\nTry %s --help.\n' "$(basename "$0")" "$*" "$(basename "$0")" >&2
  exit 64
}

# read_options 'output version dry-run!' "$@" puts `--output x` into $output; a name with `!` takes no value and becomes true.
read_options() {
  local known=" $1 " name
  shift
  while (($#)); do
    [[ $1 == --help ]] && usage && exit 0
    name=${1#--}
    if [[ $1 == --* && $known == *" $name "* ]]; then
      (($# > 1)) || refuse "$1 takes a value."
      printf -v "${name//-/_}" '%s' "$2"
      shift 2
    elif [[ $1 == --* && $known == *" $name! "* ]]; then
      printf -v "${name//-/_}" true
      shift
    else
      refuse "'$1' is not known here."
    fi
  done
}

# require output version refuses where one of these options was not given.
require() {
  local name
  for name in "$@"; do
    [[ -n ${!name} ]] || refuse "--${name//_/-} is missing."
  done
}

require_minutes() {
  local name
  for name in "$@"; do
    [[ ${!name} =~ ^[0-9]+$ ]] || refuse "--${name//_/-} is a number of minutes, not '${!name}'."
  done
}

# An environment is a file of parameters.
require_environment() {
  [[ -f "$repository/infra/$1.bicepparam" ]] || refuse "There is no infra/$1.bicepparam."
}

# output_of NAME: one of the outputs that infra.sh has written to the file in $outputs, the option --outputs.
output_of() {
  [[ -f ${outputs:=} ]] || fail "There is no file '$outputs'; infra.sh outputs --environment … --outputs '$outputs' writes it."
  jq --exit-status --raw-output --arg name "$1" '.[$name] // empty | select(. != "")' "$outputs" \
    || fail "'$outputs' has no $1: the deployment of this environment made none."
}

# Where the app is and the key to it: --url and AFFINITYDURABLE_API_KEY, or --outputs and the vault that is named there.
find_app() {
  : "${url:=}" "${outputs:=}"
  key=${AFFINITYDURABLE_API_KEY:-}
  if [[ -n $outputs ]]; then
    url=$(output_of FUNCTION_APP_URI)
    [[ -n $key ]] || key=$(az keyvault secret show --vault-name "$(output_of KEY_VAULT_NAME)" --name pipeline-api-key --query value --output tsv)
  fi
  [[ -n $url ]] || refuse "--url or --outputs is missing."
  [[ -n $key ]] || refuse "AFFINITYDURABLE_API_KEY has no key of the app."
  url=${url%/}
}

# call VERB PATH [BODY] leaves the answer in $status and $body, 000 where there was none. The key is no argument of curl: those are seen
# by whoever lists processes.
call() {
  local verb=$1 path=$2 content=${3:-} file
  file=$(mktemp)
  status=$(printf 'header = "X-Api-Key: %s"\n' "${call_key:-$key}" | curl --config - --silent --max-time 100 --request "$verb" --output "$file" \
    --write-out '%{http_code}' ${content:+--header 'Content-Type: application/json' --data-binary "$content"} "$url$path") || true
  body=$(<"$file")
  rm -f "$file"
}

# expect STATUS VERB PATH [BODY] fails on any other status, with what the app says of it.
expect() {
  local wanted=$1
  shift
  call "$@"
  [[ $status == "$wanted" ]] || fail "$1 $2 answered $status, not $wanted. $(problem_of "$body")"
}

problem_of() {
  jq --raw-output 'select(type == "object") | [.code, .detail // .title] | map(select(.)) | join(" ")' <<<"$1" 2>/dev/null || true
}

# field EXPRESSION: of the last answer. Options of jq go before it.
field() {
  jq --raw-output "$@" <<<"$body"
}

# Path segments: a run id has an @.
escaped() {
  jq --null-input --raw-output --arg text "$1" '$text | @uri'
}
