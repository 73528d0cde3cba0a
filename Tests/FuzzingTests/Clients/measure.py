#!/usr/bin/env python3
"""measure.py FUZZER…: share of the bugs that the fuzzer finds, of causes that it names right, and false findings.

FUZZER… is the command before `--`, such as `.build/release/openrouter-sim fuzz --cases 400`; it must print its report
as JSON (`--json`). `--only NAME,…` picks clients. Each client is run by itself, so that the time is honest.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from bugs import BUGS, NODE, PYTHON

# The correct clients are the examples.
CORRECT = pathlib.Path(__file__).resolve().parents[3] / "Examples" / "fuzzing"


def command(path):
    return ["node", str(path)] if path.suffix == ".mjs" else [sys.executable, str(path)]


def patched(row):
    source = (CORRECT / row[1]).read_text()
    for old, new in zip(row[3::2], row[4::2]):
        if old not in source:
            sys.exit(f"{row[0]}: no such text in {row[1]}: {old!r}")
        source = source.replace(old, new, 1)
    return source


def fuzz(fuzzer, path):
    start = time.monotonic()
    # A folder of its own, so that no client is tried with another one's findings.
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(fuzzer + ["--save", folder, "--"] + command(path), capture_output=True, text=True)
    try:
        report = json.loads(run.stdout)
    except ValueError:
        sys.exit(f"{path.name}: no report: {run.stdout[-500:]} {run.stderr[-500:]}")
    return report, time.monotonic() - start


def main():
    arguments = sys.argv[1:]
    only = set()
    if "--only" in arguments:
        at = arguments.index("--only")
        only = set(arguments[at + 1].split(","))
        del arguments[at:at + 2]
    found = right = false = total = 0
    for path in (CORRECT / PYTHON, CORRECT / NODE):
        if only and path.name not in only:
            continue
        report, seconds = fuzz(arguments, path)
        causes = [finding["cause"] for finding in report["findings"]]
        false += bool(causes)
        print(f"{'ok   ' if not causes else 'FALSE'} {path.name} {seconds:.0f}s {' '.join(causes)}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for row in BUGS:
            if only and row[0] not in only:
                continue
            path = pathlib.Path(folder) / (row[0] + pathlib.Path(row[1]).suffix)
            path.write_text(patched(row))
            report, seconds = fuzz(arguments, path)
            causes = [finding["cause"] for finding in report["findings"]]
            wanted = (row[2],) if isinstance(row[2], str) else row[2]
            total += 1
            found += bool(causes)
            is_right = bool(causes) and causes[0] in wanted
            right += is_right
            word = "ok   " if is_right else "CAUSE" if causes else "MISS "
            extra = max((finding["extra_runs"] for finding in report["findings"]), default=0)
            sizes = [len(finding["case"]["mutations"]) for finding in report["findings"]]
            print(f"{word} {row[0]} {seconds:.0f}s wanted {wanted[0]} got {' '.join(causes)} sizes {sizes} extra {extra}", flush=True)
    print(f"found {found} of {total}, first cause right {right}, false findings on {false} correct clients")
    sys.exit(0 if found == total and not false else 1)


main()
