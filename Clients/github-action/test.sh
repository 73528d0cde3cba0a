#!/usr/bin/env bash
# Tests start.sh as a runner would run it. Usage: test.sh PATH-OF-OPENROUTER-SIM
set -euo pipefail

binary=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
pids=()
clean_up() {
    for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null || true; done
    rm -rf "$folder"
}
trap clean_up EXIT

failures=0
check() { # check WHAT COMMAND…
    local what=$1
    shift
    if "$@"; then
        printf 'ok: %s\n' "$what"
    else
        printf 'not ok: %s\n' "$what"
        failures=$((failures + 1))
    fi
}

# Runs start.sh with defaults as action.yml has them, and with NAME=VALUE arguments over them.
start() {
    : >"$folder/output"
    : >"$folder/env"
    env SIM_PORT=0 SIM_ARGS=serve SIM_WAIT=60 SIM_BINARY="$binary" SIM_VERSION= SIM_ENVIRONMENT=true \
        GITHUB_OUTPUT="$folder/output" GITHUB_ENV="$folder/env" RUNNER_TEMP="$folder" "$@" \
        "$here/start.sh" >"$folder/said" 2>&1
}

output() { sed -n "s/^$1=//p" "$folder/output"; }
healthy() { curl --silent --fail --max-time 10 "$1/_sim/health" >/dev/null; }
says() { grep -qF -- "$1" "$folder/said" || { cat "$folder/said"; false; }; }
refuses() { # refuses TEXT NAME=VALUE…
    local text=$1
    shift
    ! start "$@" && says "::error title=openrouter-sim::$text" && [ ! -s "$folder/output" ]
}

check "starts, and the step ends" start
pids+=("$(output pid)")
url=$(output url)
check "is at its url" healthy "$url"
check "base-url is the url with the API's path" [ "$(output base-url)" = "$url/api/v1" ]
check "sets the environment" grep -qxF "OPENROUTER_BASE_URL=$url/api/v1" "$folder/env"
check "sets Anthropic's without /v1" grep -qxF "ANTHROPIC_BASE_URL=$url/api" "$folder/env"
check "has a log" [ -f "$(output log)" ]
kill "$(output pid)"

name="a scenario's file.yaml"
printf 'name: spaced\nrules:\n  - respond:\n      - text: Spaces are fine.\n' >"$folder/$name"
check "splits arguments as a shell does" start SIM_ARGS="serve --seed 7 \"$folder/$name\"" SIM_ENVIRONMENT=false
pids+=("$(output pid)")
check "passes them on" grep -q '"spaced"' <(curl --silent --max-time 10 "$(output url)/_sim/scenarios")
check "leaves the environment when told" [ ! -s "$folder/env" ]
kill "$(output pid)"

check "runs nothing that is in the arguments" refuses "openrouter-sim ended before it was ready" \
    SIM_ARGS="serve \$(touch $folder/pwned) ; touch $folder/pwned"
check "nothing was run" [ ! -e "$folder/pwned" ]
check "says what a server said that did not start" refuses "openrouter-sim ended before it was ready" SIM_ARGS="serve --timeing instant"
check "with its log" says "Unknown option '--timeing'"
check "wants a command" refuses "The input 'args' is empty" SIM_ARGS=" "
check "wants seconds" refuses "The input 'wait' is 'soon', expected a number of seconds" SIM_WAIT=soon
check "wants a program" refuses "The input 'binary' names '/nowhere/x', which is no program" SIM_BINARY=/nowhere/x
check "wants the version that is asked for" refuses "$binary is version $("$binary" --version), expected 0.0.0-none" \
    SIM_VERSION=0.0.0-none
check "takes the version that it is" start SIM_VERSION="$("$binary" --version)"
pids+=("$(output pid)")
kill "$(output pid)"

# A program that never gets ready.
printf '#!/bin/sh\nexec sleep 600\n' >"$folder/slow"
chmod +x "$folder/slow"
check "gives up after the time" refuses "openrouter-sim was not ready within 1 s" SIM_BINARY="$folder/slow" SIM_WAIT=1

mkdir "$folder/bin" "$folder/installed"
ln -s "$binary" "$folder/installed/openrouter-sim"
check "finds the program in PATH" start SIM_BINARY= PATH="$folder/installed:$PATH"
pids+=("$(output pid)")
kill "$(output pid)"
for tool in bash dirname realpath mktemp; do ln -s "$(command -v "$tool")" "$folder/bin/$tool"; done
check "says how to get one" refuses "openrouter-sim is not in PATH and there is no Swift to build it with" \
    SIM_BINARY= PATH="$folder/bin"

exit "$((failures > 0))"
