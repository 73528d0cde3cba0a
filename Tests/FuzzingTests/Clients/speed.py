#!/usr/bin/env python3
"""speed.py BINARY: cases a second with a client that only connects, beside starting that client without a fuzzer, and
the time of 400 cases on the correct Python client."""
import concurrent.futures
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time

EXAMPLE = pathlib.Path(__file__).resolve().parents[3] / "Examples" / "fuzzing" / "client.py"
# Sends a request and leaves. With `--expect exit` that is right for every answer that is not broken.
CONNECT = r"""
rest=${OPENROUTER_BASE_URL#http://}; authority=${rest%%/*}
exec 3<>/dev/tcp/${authority%:*}/${authority#*:}
printf 'POST /%s/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}' "${rest#*/}" >&3
read -r line <&3 || true
"""
JOBS = 4


def starts_a_second(count):
    """Starts of the client itself, as many at a time, against a listener that answers and closes."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)

    def serve():
        while True:
            connection, _ = listener.accept()
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            connection.close()

    threading.Thread(target=serve, daemon=True).start()
    environment = dict(os.environ, OPENROUTER_BASE_URL=f"http://127.0.0.1:{listener.getsockname()[1]}/api/v1")
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(lambda _: subprocess.run(["bash", "-c", CONNECT], env=environment), range(count)))
    return count / (time.monotonic() - start)


def fuzz(binary, options, command):
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [binary, "fuzz", "--json", "--jobs", str(JOBS), "--save", folder, *options, "--", *command],
            capture_output=True, text=True,
        )
    report = json.loads(run.stdout)
    return report["cases"], report["milliseconds"] / 1000, len(report["findings"])


binary = sys.argv[1]
cases, seconds, findings = fuzz(
    binary, ["--classes", "preserving", "--expect", "exit", "--cases", "300"], ["bash", "-c", CONNECT]
)
print(f"a client that only connects: {cases / seconds:.0f} cases a second ({cases} cases, {findings} findings)")
print(f"starting that client without a fuzzer: {starts_a_second(300):.0f} a second")
cases, seconds, findings = fuzz(binary, ["--cases", "400"], [sys.executable, str(EXAMPLE)])
print(f"Python client: {cases} cases in {seconds:.0f} s, {findings} findings")
