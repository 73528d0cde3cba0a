#!/usr/bin/env python3
"""measure.py FUZZER…: share of the bugs that the fuzzer finds, of causes that it names right, and false findings.

FUZZER… is the command before `--`, such as `.build/release/openrouter-sim fuzz --cases 400`; it must print its report
as JSON (`--json`). `--only NAME,…` picks clients, `--correct` and `--bugs` one of the two kinds. Clients that import a
package that is not installed are left out. Each client is run by itself, so that the time is honest.
"""
import importlib.util
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

from bugs import BUGS

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parents[2] / "Examples" / "fuzzing"
CORRECT = {path.name: path for path in [EXAMPLES / "client.py", EXAMPLES / "client.mjs", *sorted((HERE / "correct").iterdir())]}
# What a library does wrong is no false finding (docs/fuzzing.md).
KNOWN = {"httpx_sse_events.py": {"byteOrderMark"}}


def usable(path):
    modules = re.findall(r"^(?:import|from) (\w+)", path.read_text(), re.M) if path.suffix == ".py" else []
    return all(importlib.util.find_spec(module) for module in modules)


def options(name):
    """What a client of this name wants of the fuzzer beside the user's options."""
    api = name.split("_")[0]
    return ["--api", api] if api in ("responses", "messages") else []


def command(path):
    return ["node", str(path)] if path.suffix == ".mjs" else [sys.executable, str(path)]


def patched(row):
    source = CORRECT[row[1]].read_text()
    for old, new in zip(row[3::2], row[4::2]):
        if old not in source:
            sys.exit(f"{row[0]}: no such text in {row[1]}: {old!r}")
        source = source.replace(old, new, 1)
    return source


def fuzz(fuzzer, path, name):
    start = time.monotonic()
    # A folder of its own, so that no client is tried with another one's findings.
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(fuzzer + options(name) + ["--save", folder, "--"] + command(path), capture_output=True, text=True)
    try:
        report = json.loads(run.stdout)
    except ValueError:
        sys.exit(f"{path.name}: no report: {run.stdout[-500:]} {run.stderr[-500:]}")
    return report, time.monotonic() - start


def measure_correct(fuzzer, only):
    false = total = 0
    for name, path in CORRECT.items():
        if only and name not in only or not usable(path):
            continue
        report, seconds = fuzz(fuzzer, path, name)
        causes = [finding["cause"] for finding in report["findings"]]
        wrong = set(causes) - KNOWN.get(name, set())
        total += 1
        false += bool(wrong)
        print(f"{'FALSE' if wrong else 'ok   '} {name} {seconds:.0f}s {' '.join(causes)}", flush=True)
    return false, total


def measure_bugs(fuzzer, only):
    found = right = total = 0
    sizes, runs = [], []
    with tempfile.TemporaryDirectory() as folder:
        for row in BUGS:
            if only and row[0] not in only or not usable(CORRECT[row[1]]):
                continue
            path = pathlib.Path(folder) / (row[0] + pathlib.Path(row[1]).suffix)
            path.write_text(patched(row))
            report, seconds = fuzz(fuzzer, path, row[1])
            causes = [finding["cause"] for finding in report["findings"]]
            wanted = (row[2],) if isinstance(row[2], str) else row[2]
            total += 1
            found += bool(causes)
            is_right = bool(causes) and causes[0] in wanted
            right += is_right
            word = "ok   " if is_right else "CAUSE" if causes else "MISS "
            sizes += [len(finding["case"]["mutations"]) for finding in report["findings"]]
            runs += [finding["extra_runs"] for finding in report["findings"]]
            print(f"{word} {row[0]} {seconds:.0f}s wanted {wanted[0]} got {' '.join(causes)}", flush=True)
    if total:
        print(f"found {found} of {total}, first cause right {right}")
    if sizes:
        print(f"{len(sizes)} findings: median of mutations {statistics.median(sizes)}, most extra runs {max(runs)}")
    return found, total


def main():
    arguments = sys.argv[1:]
    kinds = [kind for kind in ("--correct", "--bugs") if kind in arguments] or ["--correct", "--bugs"]
    arguments = [argument for argument in arguments if argument not in ("--correct", "--bugs")]
    only = set()
    if "--only" in arguments:
        at = arguments.index("--only")
        only = set(arguments[at + 1].split(","))
        del arguments[at:at + 2]
    is_fine = True
    if "--correct" in kinds:
        false, total = measure_correct(arguments, only)
        print(f"false findings on {false} of {total} correct clients")
        is_fine = not false
    if "--bugs" in kinds:
        found, total = measure_bugs(arguments, only)
        is_fine = is_fine and found == total
    sys.exit(0 if is_fine else 1)


if __name__ == "__main__":
    main()
