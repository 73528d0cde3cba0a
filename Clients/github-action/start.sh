#!/usr/bin/env bash
# Starts openrouter-sim in the background and tells the steps that follow where it is. What action.yml runs;
# inputs come as SIM_… variables.
set -euo pipefail

fail() {
    printf '::error title=openrouter-sim::%s\n' "$*"
    exit 1
}

# The program's path: the input, else PATH, else built from the repository that this action is part of.
find_binary() {
    if [ -n "$SIM_BINARY" ]; then
        [ -x "$SIM_BINARY" ] && [ ! -d "$SIM_BINARY" ] || fail "The input 'binary' names '$SIM_BINARY', which is no program that can be run"
        realpath "$SIM_BINARY"
    elif command -v openrouter-sim; then
        :
    elif command -v swift >/dev/null; then
        make --no-print-directory -C "$(dirname "${BASH_SOURCE[0]}")/../.." release | tail -n 1
    else
        fail "openrouter-sim is not in PATH and there is no Swift to build it with: set the input 'binary'"
    fi
}

# Appends NAME=VALUE lines to the file that $1 names, if the runner has one.
tell() {
    local file=${!1:-/dev/stdout}
    shift
    printf '%s\n' "$@" >>"$file"
}

binary=$(find_binary) || { printf '%s\n' "$binary"; exit 1; }
if [ -n "$SIM_VERSION" ]; then
    version=$("$binary" --version)
    [ "$version" = "$SIM_VERSION" ] || fail "$binary is version $version, expected $SIM_VERSION"
fi
[[ $SIM_WAIT =~ ^[1-9][0-9]{0,4}$ ]] || fail "The input 'wait' is '$SIM_WAIT', expected a number of seconds"

# As a shell splits them, but with nothing expanded or run.
arguments=()
while IFS= read -r -d '' argument; do arguments+=("$argument"); done < <(xargs printf '%s\0' <<<"$SIM_ARGS")
[ ${#arguments[@]} -gt 0 ] && [ -n "${arguments[0]}" ] || fail "The input 'args' is empty, expected a command such as serve"

folder=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/openrouter-sim.XXXXXX")
log=$folder/log.txt
ready=$folder/ready.json
# Output to files and in a session of its own, so that the step ends while the server goes on.
setsid_or_nohup=$(command -v setsid || echo nohup)
"$setsid_or_nohup" "$binary" "${arguments[@]}" --port "$SIM_PORT" --ready-file "$ready" \
    </dev/null >"$folder/stdout.txt" 2>"$log" &
started=$!

deadline=$((SECONDS + SIM_WAIT))
until [ -s "$ready" ]; do
    if ! kill -0 "$started" 2>/dev/null; then
        cat "$log"
        fail "openrouter-sim ended before it was ready: $(tail -n 1 "$log")"
    fi
    if ((SECONDS >= deadline)); then
        kill "$started"
        cat "$log"
        fail "openrouter-sim was not ready within $SIM_WAIT s"
    fi
    sleep 0.1
done

base_url=$(sed -E 's/.*"base_url":"([^"]*)".*/\1/' "$ready")
pid=$(sed -E 's/.*"pid":([0-9]+).*/\1/' "$ready")
origin=${base_url%/api/v1}
tell GITHUB_OUTPUT "url=$origin" "base-url=$base_url" "pid=$pid" "log=$log"
if [ "$SIM_ENVIRONMENT" = true ]; then
    tell GITHUB_ENV \
        "OPENROUTER_SIM_URL=$origin" \
        "OPENROUTER_BASE_URL=$base_url" "OPENAI_BASE_URL=$base_url" "ANTHROPIC_BASE_URL=$origin/api" \
        "OPENROUTER_API_KEY=sk-or-v1-test" "OPENAI_API_KEY=sk-or-v1-test" "ANTHROPIC_API_KEY=sk-or-v1-test"
fi
printf 'openrouter-sim is at %s\n' "$base_url"
