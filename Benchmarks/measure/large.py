"""What it costs to record and to replay an answer that is too large for memory."""

import socket
import tempfile
import threading
import time
from pathlib import Path

MIB = 1 << 20
BODY_MIB = 200
CLIENTS = 8
REQUEST = b"GET /api/v1/videos/a/content HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer sk-or-v1-bench\r\n\r\n"
# Noise that is longer than a page and no multiple of one, over and over.
NOISE = bytes((index * 2654435761 >> 13) & 0xFF for index in range(MIB + 3)) * 2


def measure(measurement):
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder, _Upstream() as upstream:
        cassette = Path(folder) / "large.cassette"
        with measurement.simulator.record(cassette, upstream) as recorder:
            before = recorder.peak_mib
            _read(recorder.port)
            measurement.add("large_record_rss_mib", f"recording {BODY_MIB} MiB: resident memory more than idle, peak",
                            "MiB", [recorder.peak_mib - before])
        with measurement.simulator.replay(cassette) as server:
            before = server.peak_mib
            first = _timed(lambda: _read(server.port))
            measurement.add("large_first_s", f"replay of {BODY_MIB} MiB, read through and sent", "s", [first])
            again = [_timed(lambda: _read(server.port)) for _ in range(measurement.rounds)]
            measurement.add("large_again_s", "the same again", "s", again)
            many = [_timed(_all_at_once, server.port) for _ in range(measurement.rounds)]
            measurement.add("large_many_s", f"the same to {CLIENTS} clients at once", "s", many)
            measurement.add("large_replay_rss_mib", "replaying it: resident memory more than idle, peak", "MiB",
                            [server.peak_mib - before])


def _timed(work, *arguments):
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def _all_at_once(port):
    failures = []

    def read():
        try:
            _read(port)
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def _read(port):
    """Reads the answer and compares it."""
    with socket.create_connection(("127.0.0.1", port), timeout=600) as client:
        client.sendall(REQUEST)
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(1) or _fail("the connection ended in the head")
        if not head.startswith(b"HTTP/1.1 200"):
            _fail(head.decode())
        offset, piece = 0, memoryview(bytearray(MIB // 2))
        while offset < BODY_MIB * MIB:
            count = client.recv_into(piece) or _fail(f"the connection ended after {offset} bytes")
            start = offset % (MIB + 3)
            if piece[:count] != NOISE[start:start + count]:
                _fail(f"other bytes than were recorded, after {offset}")
            offset += count


def _fail(reason):
    raise RuntimeError(reason)


class _Upstream:
    """Answers every request with the body."""

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                more = connection.recv(65536)
                if not more:
                    return
                request += more
            size = BODY_MIB * MIB
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: %d\r\n\r\n" % size)
            offset = 0
            while offset < size:
                count = min(65536, size - offset)
                start = offset % (MIB + 3)
                connection.sendall(NOISE[start:start + count])
                offset += count
