"""Asks once for each fault of a table on a raw socket, plain or in TLS, and prints what came as lines of JSON.

Usage: raw_exchanges.py TABLE [CA]. TABLE is a JSON list of {"name", "faults", "stalls_after"}; the last is left out,
or the number of bytes after which nothing more must come. Each row has a world of its own, which plays the scenario
`wire`. A second request follows the first one at once, so that a connection that goes on shows it by its answer.
"""

import base64
import http.client
import json
import os
import select
import socket
import ssl
import sys
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

# Generous: the tests share few cores with many others.
SILENCE_SECONDS = 60
# How long is listened where nothing must come; more bytes than expected come at once if they come at all.
STALL_SECONDS = 0.5
# All rows at once; most of them wait.
THREADS = 100

BODY = b'{"model":"openai/gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"Hi"}]}'

server = urlsplit(os.environ["OPENROUTER_BASE_URL"])


def tls():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(sys.argv[2])
    return context


def control(method, path, body=None):
    if server.scheme == "https":
        connection = http.client.HTTPSConnection(server.hostname, server.port, context=tls(), timeout=SILENCE_SECONDS)
    else:
        connection = http.client.HTTPConnection(server.hostname, server.port, timeout=SILENCE_SECONDS)
    connection.request(method, path, body=None if body is None else json.dumps(body))
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    return answer.status, json.loads(text)


class Connection:
    """A socket under our own eyes, with TLS beside it rather than around it, so that a reset stays a reset."""

    def __init__(self):
        self.socket = socket.create_connection((server.hostname, server.port), timeout=SILENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.tls = None
        if server.scheme == "https":
            self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
            self.tls = tls().wrap_bio(self.incoming, self.outgoing, server_hostname=server.hostname)
            self._shake_hands()

    def _shake_hands(self):
        while True:
            try:
                self.tls.do_handshake()
                return self._flush()
            except ssl.SSLWantReadError:
                self._flush()
                self.incoming.write(self.socket.recv(65536))

    def _flush(self):
        if self.outgoing.pending:
            self.socket.sendall(self.outgoing.read())

    def send(self, data):
        if self.tls is None:
            return self.socket.sendall(data)
        self.tls.write(data)
        self._flush()

    def receive(self, seconds):
        """What comes next, and how it ended: None while it goes on, stall, reset, fin, or in TLS close_notify."""
        if not select.select([self.socket], [], [], seconds)[0]:
            return b"", "stall"
        try:
            more = self.socket.recv(65536)
        except ConnectionResetError:
            return b"", "reset"
        if not more:
            return b"", "fin"
        if self.tls is None:
            return more, None
        self.incoming.write(more)
        clear = b""
        while True:
            try:
                piece = self.tls.read(65536)
            except ssl.SSLWantReadError:
                return clear, None
            if not piece:
                return clear, "close_notify"
            clear += piece

    def close(self):
        self.socket.close()


def read(connection, start, stalls_after):
    """The pieces with their times in milliseconds since the request, and how it ended."""
    pieces, count = [], 0
    while True:
        is_expected_to_stall = stalls_after is not None and count >= stalls_after
        more, end = connection.receive(STALL_SECONDS if is_expected_to_stall else SILENCE_SECONDS)
        if more:
            count += len(more)
            pieces.append([(time.monotonic() - start) * 1000, more])
        if end:
            return pieces, end


def decoded(answer):
    """The body of a compressed answer as zlib reads it; None for other answers."""
    head, _, rest = answer.partition(b"\r\n\r\n")
    if b"content-encoding:" not in head.lower():
        return None
    body = b""
    while True:
        line, _, rest = rest.partition(b"\r\n")
        size = int(line, 16)
        if size == 0:
            # 32 more: with the header of gzip or zlib, whichever it is.
            return base64.b64encode(zlib.decompress(body, zlib.MAX_WBITS + 32)).decode()
        body, rest = body + rest[:size], rest[size + 2 :]


def ask(number, row):
    world = f"row-{number}"
    status, said = control("POST", f"/_sim/faults?world={world}", {"faults": row["faults"]})
    if status != 200:
        return {"name": row["name"], "refused": said["error"]["message"]}
    connection = Connection()
    start = time.monotonic()
    connection.send(
        f"POST /w/{world}/s/wire/api/v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode()
        + b"Content-Type: application/json\r\n"
        + f"Content-Length: {len(BODY)}\r\n\r\n".encode()
        + BODY
        + b"GET /_sim/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    )
    pieces, end = read(connection, start, row.get("stalls_after"))
    ended_at = (time.monotonic() - start) * 1000
    connection.close()
    entry = control("GET", f"/_sim/journal?world={world}")[1]["entries"][0]
    answer = b"".join(piece for _, piece in pieces)
    return {
        "name": row["name"],
        "bytes": base64.b64encode(answer).decode(),
        "decoded": decoded(answer),
        "times_ms": [[at, len(piece)] for at, piece in pieces],
        "ended_at_ms": ended_at,
        "end": end,
        "faults": entry["faults"],
        "write_count": len(entry["played"]["sends"]) if entry["played"] else None,
    }


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = json.load(file)
    lock = threading.Lock()

    def report(numbered):
        result = json.dumps(ask(*numbered))
        with lock:
            print(result, flush=True)

    with ThreadPoolExecutor(THREADS) as threads:
        for _ in threads.map(report, enumerate(rows)):
            pass


if __name__ == "__main__":
    main()
