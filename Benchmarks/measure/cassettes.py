"""What a cassette costs as it grows: time to open, to find, to add, memory, and bytes for each recording."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path


HERE = Path(__file__).resolve().parent
SMALL = 1_000
# Taken over all sizes: what has to stay flat.
FLAT = {
    "open_us": "opening",
    "lookup_first_us": "finding and reading one of the first recordings",
    "lookup_last_us": "one of the last",
    "lookup_spread_us": "one anywhere",
    "lookup_miss_us": "finding that there is none",
    "append_us": "adding a recording, until it is committed",
    "explain_us": "explaining a miss",
}


def name_of(count):
    return f"{count // 1_000_000}m" if count >= 1_000_000 else f"{count // 1_000}k"


def measure(measurement, bench, recorders, sizes):
    """Rows of every size; `recorders` is a Python with vcrpy, or None."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        medians = {}
        for count in sizes:
            cassette = Path(folder) / f"{count}.cassette"
            _say(f"making a cassette of {count:,}")
            raw = int(_run(bench, "make", cassette, count))
            label = name_of(count)
            measurement.add(f"cassette_bytes_{label}", f"cassette of {label}: bytes of a recording", "B",
                            [cassette.stat().st_size / count])
            measurement.add(f"cassette_raw_{label}", f"the same on the wire ({label})", "B", [raw / count])
            _serving(measurement, cassette, label)
            if count == SMALL and recorders:
                _vcrpy(measurement, cassette, recorders, Path(folder))
            _say("finding and adding")
            runs = [json.loads(_run(bench, "measure", cassette, count)) for _ in range(measurement.rounds)]
            for name, text in FLAT.items():
                values = [run[name] for run in runs]
                measurement.add(f"cassette_{name[:-3]}_{label}_us", f"{text} ({label})", "us", values)
                medians[name, count] = measurement.rows[f"cassette_{name[:-3]}_{label}_us"]["value"]
            cassette.unlink()
        large = max(sizes)
        for name, text in FLAT.items():
            measurement.add(f"cassette_{name[:-3]}_ratio", f"{text}: {name_of(large)} over {name_of(SMALL)}", "",
                            [medians[name, large] / medians[name, SMALL]])


def _say(text):
    """Tells who waits how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr)


def _serving(measurement, cassette, label):
    """A replayer over the file: ready, memory, the first page of a listing."""
    ready, first_page = [], []
    for _ in range(measurement.rounds):
        with measurement.simulator.replay(cassette) as server:
            ready.append(server.seconds_until_ready * 1000)
            resident = server.resident_mib
        start = time.perf_counter()
        _run(measurement.simulator.binary, "cassette", "ls", cassette, "--limit", "100")
        first_page.append((time.perf_counter() - start) * 1000)
    measurement.add(f"cassette_ready_{label}_ms", f"spawn to ready, replay of {label}", "ms", ready)
    measurement.add(f"cassette_rss_{label}_mib", f"resident memory then ({label})", "MiB", [resident])
    measurement.add(f"cassette_ls_{label}_ms", f"cassette ls --limit 100 ({label})", "ms", first_page)


def _vcrpy(measurement, cassette, recorders, folder):
    """What vcrpy writes of the same session, played to it by a replayer."""
    shown = json.loads(_run(measurement.simulator.binary, "cassette", "show", cassette, "--json"))
    session, out = folder / "session.json", folder / "session.yaml"
    session.write_text(json.dumps([recording["request"] for recording in shown]))
    with measurement.simulator.replay(cassette) as server:
        _run(recorders, HERE.parent / "recorders" / "vcrpy_session.py", f"http://127.0.0.1:{server.port}", session, out)
    measurement.add("cassette_vcrpy_1k", "vcrpy's YAML of the same session: bytes of a recording", "B",
                    [out.stat().st_size / len(shown)])


def _run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stderr.strip()}")
    return done.stdout
