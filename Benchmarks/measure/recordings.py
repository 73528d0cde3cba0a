"""Records the cassettes that the measurements replay, with the binary under test."""

import json
import subprocess
from pathlib import Path

from . import requests

MANY = 10_000


class Recordings:
    """Cassettes, requests and answers in a folder."""

    def __init__(self, folder, tools, simulator):
        self.folder = Path(folder)
        self.simulator = simulator
        with tools.upstream() as upstream:
            self.empty = self._record("empty", upstream, [])
            self.one = self._record("one", upstream, [requests.chat("bench/json")])
            self.stream = self._record("stream", upstream, [requests.chat("bench/stream", stream=True)])
            self.paced = self._record("paced", upstream, [requests.chat("bench/paced", stream=True)])
            self.many_requests = self._write(
                "many.requests", b"".join(requests.chat("bench/json", number) for number in range(MANY))
            )
            self.many = self._record_many(tools, upstream)
        self.one_request = self._write("one.request", requests.chat("bench/json"))
        self.lean_request = self._write("lean.request", requests.chat("bench/json", fields=requests.LEAN_FIELDS))
        self.stream_request = self._write("stream.request", requests.chat("bench/stream", stream=True))
        self.paced_request = self._write("paced.request", requests.chat("bench/paced", stream=True))
        self.synthetic_request = self._write("synthetic.request", requests.chat("openai/gpt-4o-mini"))
        self.synthetic_stream_request = self._write(
            "synthetic-stream.request", requests.chat("openai/gpt-4o-mini", stream=True)
        )
        self.one_answer = self._capture("one", self.one, self.one_request)
        self.stream_answer = self._capture("stream", self.stream, self.stream_request)
        self.paced_answer = self._capture("paced", self.paced, self.paced_request)

    def paced_ideal_us(self):
        """How long the recorded paced stream takes as it was recorded, in microseconds: the sum of its gaps."""
        command = [self.simulator.binary, "cassette", "show", self.paced, "--json"]
        shown = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        answer = shown[0]["answer"]
        return answer["head_us"] + sum(frame["gap_us"] for frame in answer["frames"]) + answer["ending_us"]

    def _record(self, name, upstream, asked):
        cassette = self.folder / f"{name}.cassette"
        with self.simulator.record(cassette, upstream) as recorder:
            for request in asked:
                requests.answer(recorder.port, request)
        return cassette

    def _record_many(self, tools, upstream):
        cassette = self.folder / "many.cassette"
        with self.simulator.record(cassette, upstream) as recorder:
            tools.load("closed", port=recorder.port, request=self.many_requests, request_count=MANY, answers=MANY)
        return cassette

    def _capture(self, name, cassette, request):
        with self.simulator.replay(cassette) as server:
            first = requests.answer(server.port, request.read_bytes())
            if requests.answer(server.port, request.read_bytes()) != first:
                raise RuntimeError(f"{name}: the replay answers the same request with other bytes")
        return self._write(f"{name}.answer", first)

    def _write(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path
