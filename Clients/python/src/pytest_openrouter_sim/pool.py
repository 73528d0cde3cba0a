"""The servers of a test run: one for each set of arguments, and one recorder a cassette for all workers."""

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .binary import find_binary
from .server import ServerProcess, Simulator


class SharedFolder:
    """What the workers of one pytest-xdist run have in common.

    Each worker holds a shared flock(2) on a file from its start to its end, so that one that owns something can wait
    for the others. The kernel lets go of the locks of a process that dies.
    """

    def __init__(self, path: Path):
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._workers = (path / "workers.lock").open("w")
        fcntl.flock(self._workers, fcntl.LOCK_SH)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One worker at a time."""
        with (self.path / "start.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def leave(self) -> None:
        """Has others not wait for this worker."""
        fcntl.flock(self._workers, fcntl.LOCK_UN)

    def wait_for_others(self) -> None:
        """Returns when all workers have left."""
        fcntl.flock(self._workers, fcntl.LOCK_EX)
        fcntl.flock(self._workers, fcntl.LOCK_UN)


class ServerPool:
    """Starts servers on demand, hands them out again, stops them all at the end.

    Each worker of pytest-xdist has its own servers, except for recorders: a cassette has one writer.
    """

    def __init__(self, folder: Path, *, shared: SharedFolder | None, binary: str | None):
        """``folder`` is for logs; ``shared`` is None where there is one process."""
        self._folder = folder
        self._shared = shared
        self._binary = binary
        self._servers: dict[tuple[str, ...], ServerProcess] = {}
        self._recorders: dict[tuple[str, ...], ServerProcess] = {}

    def server(self, arguments: list[str]) -> Simulator:
        """A server of this process."""
        return Simulator(self._started(self._servers, arguments).origin, is_own=True)

    def recorder(self, arguments: list[str], *, unless: Callable[[], bool]) -> Simulator | None:
        """A recorder of all workers, started by the first that asks; None if ``unless`` is so before that."""
        if self._shared is None:
            if tuple(arguments) not in self._recorders and unless():
                return None
            return Simulator(self._started(self._recorders, arguments).origin, is_own=True)
        name = hashlib.sha256("\0".join(arguments).encode()).hexdigest()[:16]
        ready = self._shared.path / name
        with self._shared.lock():
            if not ready.exists():
                if unless():
                    return None
                ready.write_text(self._started(self._recorders, arguments).origin)
            return Simulator(ready.read_text(), is_own=True)

    def stop(self) -> None:
        """Stops what this process has started, recorders when no worker can need them any more."""
        for server in self._servers.values():
            server.stop()
        if self._shared is not None:
            self._shared.leave()
            if self._recorders:
                self._shared.wait_for_others()
        for server in self._recorders.values():
            server.stop()

    def _started(self, servers: dict[tuple[str, ...], ServerProcess], arguments: list[str]) -> ServerProcess:
        key = tuple(arguments)
        if key not in servers:
            log = self._folder / f"{arguments[0]}-{len(servers)}.log"
            servers[key] = ServerProcess(find_binary(self._binary), arguments, log=log)
        return servers[key]
