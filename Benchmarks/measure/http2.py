"""HTTP/2 beside HTTP/1.1, both asked by h2load (nghttp2)."""

import re
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path

# Options by name: 16 requests at once each, over as many connections or as streams of one.
SIDES = {
    "http1": ["--h1", "--clients=16"],
    "http2": ["--clients=16", "--max-concurrent-streams=1"],
    "http2_streams": ["--clients=1", "--max-concurrent-streams=16"],
}


def is_available():
    return shutil.which("h2load") is not None


def measure(measurement):
    """Replays of the small JSON answer and of the event stream."""
    r = measurement.recordings
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        cases = {
            "json": (stack.enter_context(measurement.simulator.replay(r.one)), r.one_request),
            "stream": (stack.enter_context(measurement.simulator.replay(r.stream)), r.stream_request),
        }
        for case, (server, request) in cases.items():
            head, _, content = request.read_bytes().partition(b"\r\n\r\n")
            body = Path(folder) / case
            body.write_bytes(content)
            runs = {side: [] for side in SIDES}
            for number in range(measurement.rounds):
                for side in SIDES if number % 2 == 0 else reversed(SIDES):
                    runs[side].append(_load(server, head, body, SIDES[side], measurement.seconds))
            for side, values in runs.items():
                name = f"{side}_{case}"
                measurement.add(f"{name}_per_second", f"{name}: answers", "1/s", (v["per_second"] for v in values))
                measurement.add(f"{name}_cpu_us", f"{name}: server CPU each", "us", (v["cpu_us"] for v in values))
            for side in ("http2", "http2_streams"):
                pairs = list(zip(runs[side], runs["http1"]))
                measurement.add(f"{side}_{case}_ratio", f"{side} / http1: answers, {case}", "",
                                (a["per_second"] / b["per_second"] for a, b in pairs))
                measurement.add(f"{side}_{case}_cpu_ratio", f"http1 / {side}: server CPU each, {case}", "",
                                (b["cpu_us"] / a["cpu_us"] for a, b in pairs))


def _load(server, head, body, options, seconds):
    lines = head.decode().split("\r\n")
    fields = [line for line in lines[1:] if line.partition(":")[0].lower() not in ("host", "connection", "content-length")]
    command = [
        "h2load", "--threads=1", f"--duration={max(1, round(seconds))}", "--warm-up-time=1", f"--data={body}",
        *options, *(f"--header={field}" for field in fields),
        f"http://127.0.0.1:{server.port}{lines[0].split()[1]}",
    ]
    before = server.cpu_seconds
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60)
    cpu = server.cpu_seconds - before
    rate = re.search(r"finished in .*?, ([\d.]+) req/s", done.stdout)
    counts = re.search(r"(\d+) succeeded, (\d+) failed, (\d+) errored", done.stdout)
    if done.returncode != 0 or not rate or not counts:
        raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    # Where the warm-up ends, h2load counts the status of an answer and not the answer.
    if any(map(int, counts.groups()[1:])) or ", 0 3xx, 0 4xx, 0 5xx" not in done.stdout:
        raise RuntimeError(f"{' '.join(command)}: not all answers are good: {done.stdout}")
    per_second = float(rate[1])
    # The processor time has that of the warm-up in it, the count of answers has not.
    return {"per_second": per_second, "cpu_us": cpu / (per_second * (max(1, round(seconds)) + 1)) * 1e6}
