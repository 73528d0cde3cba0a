"""A server: one that this process runs, or one that is there already."""

import json
import os
import select
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from .control import Control
from .world import World

#: Ours; the program takes other OPENROUTER_SIM_… variables for its options.
_OWN_VARIABLES = ("OPENROUTER_SIM_BINARY", "OPENROUTER_SIM_URL")


class StartError(Exception):
    """A server ended before it was ready, or was not ready in time; says what it said."""


class Simulator:
    """A server that worlds are made on."""

    def __init__(self, url: str, *, is_own: bool = False):
        url = url.rstrip("/")
        #: Without ``/api/v1``.
        self.origin = url.removesuffix("/api/v1")
        #: Whether it was started for these tests, so that no one else makes worlds there.
        self.is_own = is_own
        self.base_url = f"{self.origin}/api/v1"
        self.control = Control(self.origin)

    def __repr__(self) -> str:
        return f"<Simulator at {self.origin}>"

    def world(self, name: str, *, api_key: str | None = None, **birth: Any) -> World:
        """Makes a world; see World.create for what it can be born with."""
        world = World(self.origin, name, api_key=api_key)
        world.create(**birth)
        return world


class ServerProcess:
    """An ``openrouter-sim`` child process, ready when the constructor returns."""

    def __init__(self, binary: str, arguments: list[str], *, log: Path, port: int = 0, timeout: float = 60):
        """``log`` takes what it says on stderr, ``port`` 0 is any free one, ``timeout`` is in seconds."""
        self.log = log
        self._command = [binary, *arguments, "--port", str(port), "--parent-watch"]
        environment = {name: value for name, value in os.environ.items() if name not in _OWN_VARIABLES}
        with log.open("wb") as errors:
            # In a session of its own: Ctrl-C is for the tests, which then stop it.
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment,
                start_new_session=True,
            )
        try:
            self.base_url: str = self._ready_line(timeout)["base_url"]
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise

    @property
    def origin(self) -> str:
        return self.base_url.removesuffix("/api/v1")

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def errors(self) -> str:
        """What it has said on stderr so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _ready_line(self, timeout: float) -> dict[str, Any]:
        output = self._process.stdout
        assert output is not None
        deadline = time.monotonic() + timeout
        line = b""
        while not line.endswith(b"\n"):
            if not select.select([output], [], [], max(0, deadline - time.monotonic()))[0]:
                raise StartError(f"{' '.join(self._command)} was not ready within {timeout:g} s:\n{self.errors}")
            more = os.read(output.fileno(), 4096)
            if not more:
                status = self._process.wait()
                raise StartError(f"{' '.join(self._command)} ended with {status}:\n{self.errors}")
            line += more
        return json.loads(line)

    def stop(self, timeout: float = 30) -> int:
        """Lets streams and recordings finish, and returns the exit status; again does nothing."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            status = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        return status
