"""Counts heap allocations for each answer, with a library that is loaded before malloc; Linux only."""

import struct
import subprocess
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "allocations" / "count.c"
ANSWERS = 20_000


class AllocationCounter:
    def __init__(self, folder):
        self.library = Path(folder) / "count.so"
        self.file = Path(folder) / "allocations"
        command = ["cc", "-O2", "-shared", "-fPIC", str(SOURCE), "-o", str(self.library)]
        subprocess.run(command, check=True)

    @property
    def environment(self):
        return {"LD_PRELOAD": str(self.library), "ALLOCATION_COUNTS": str(self.file)}

    def read(self):
        """Calls that return memory, and bytes asked for."""
        return struct.unpack("QQ", self.file.read_bytes())

    def per_answer(self, tools, server, **load):
        """Calls and bytes for each answer, once caches are warm."""
        tools.load("closed", port=server.port, connections=4, answers=4000, **load)
        before = self.read()
        tools.load("closed", port=server.port, connections=4, answers=ANSWERS, **load)
        after = self.read()
        return (after[0] - before[0]) / ANSWERS, (after[1] - before[1]) / ANSWERS


def measure(measurement, folder):
    counter = AllocationCounter(folder)
    r, simulator = measurement.recordings, measurement.simulator
    environment = counter.environment
    for name, start, request in (
        ("bare_json", lambda: measurement.tools.bare(r.one_answer, env=environment), r.one_request),
        ("replay_json", lambda: simulator.replay(r.one, env=environment), r.one_request),
        ("replay_stream", lambda: simulator.replay(r.stream, env=environment), r.stream_request),
        ("synthetic_json", lambda: simulator.serve(env=environment), r.synthetic_request),
        ("synthetic_stream", lambda: simulator.serve(env=environment), r.synthetic_stream_request),
    ):
        counter.file.unlink(missing_ok=True)
        with start() as server:
            calls, byte_count = counter.per_answer(measurement.tools, server, request=request)
        measurement.add(f"{name}_allocations", f"{name}: heap allocations each", "", [calls])
        measurement.add(f"{name}_allocated_bytes", f"{name}: heap bytes each", "B", [byte_count])
