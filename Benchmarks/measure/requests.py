"""Raw requests as a client sends them, and answers as a server does."""

import http.client
import json
import socket
import time

# What openai-python 1.x sends, 16 fields with those of the connection.
CLIENT_FIELDS = """\
Accept: application/json
Accept-Encoding: gzip, deflate
Connection: keep-alive
Content-Type: application/json
User-Agent: OpenAI/Python 1.109.1
X-Stainless-Lang: python
X-Stainless-Package-Version: 1.109.1
X-Stainless-OS: Linux
X-Stainless-Arch: x64
X-Stainless-Runtime: CPython
X-Stainless-Runtime-Version: 3.12.3
X-Stainless-Async: false
x-stainless-retry-count: 0
Authorization: Bearer sk-or-v1-benchmark
"""
LEAN_FIELDS = "Content-Type: application/json\n"


def chat(model, number=0, stream=False, fields=CLIENT_FIELDS):
    """A chat request; all with the same model have the same length."""
    body = json.dumps({
        "model": model,
        "messages": [
            {"role": "system", "content": "You are a helpful assistant. Answer in one short paragraph."},
            {"role": "user", "content": f"Question {number:08d}: what is the tallest mountain of the Alps?"},
        ],
        "temperature": 0.2,
        "max_tokens": 256,
        "stream": stream,
    }).encode()
    line = "POST /api/v1/chat/completions HTTP/1.1\nHost: 127.0.0.1:6464\n"
    head = line + fields + f"Content-Length: {len(body)}\n\n"
    return head.replace("\n", "\r\n").encode() + body


def call(method, path, body=None):
    """Any request, `path` below the root; `body` is sent as JSON."""
    text = b"" if body is None else json.dumps(body).encode()
    head = f"{method} {path} HTTP/1.1\nHost: 127.0.0.1:6464\n" + CLIENT_FIELDS + f"Content-Length: {len(text)}\n\n"
    return head.replace("\n", "\r\n").encode() + text


BODY = {"model": "openai/gpt-4o-mini", "messages": [{"role": "user", "content": "What is the tallest mountain?"}]}


def rules(count):
    """A scenario of rules that look at everything; only the last one is for the requests of ``BODY``."""
    lines = ["name: many", "rules:"]
    for number in range(count - 1):
        lines.append(f"  - match: {{ endpoint: chat, model: 'vendor{number}/*', last_message: {{ contains: 'x{number}' }} }}")
        lines.append("    respond: { text: never }")
    lines.append("  - match: { endpoint: chat }")
    lines.append("    respond: pass")
    return "\n".join(lines) + "\n"


def visit_worlds(port, count):
    """One chat request in each of so many worlds, over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    fields = {"Authorization": "Bearer sk-or-v1-benchmark", "Content-Type": "application/json"}
    for number in range(count):
        connection.request("POST", f"/w/w{number}/api/v1/chat/completions", json.dumps(BODY), fields)
        answered = connection.getresponse()
        answered.read()
        if answered.status != 200:
            raise RuntimeError(f"expected status 200, got {answered.status}")
    connection.close()


def moved_stream_ms(port, number):
    """Starts a stream that waits for an hour, moves the clock, and gives the milliseconds until its end."""
    world = f"moved{number}"
    steps = [{"text": "a"}, {"pause": "1h"}, {"text": "b"}]
    scenario = {"name": "hour", "rules": [{"respond": {"steps": steps}}]}
    answer(port, call("PUT", "/_sim/scenarios/hour", scenario))
    request = call("POST", f"/w/{world}/s/hour/api/v1/chat/completions", {**BODY, "stream": True})
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        received = connection.recv(1 << 20)
        moved = time.perf_counter()
        answer(port, call("POST", f"/_sim/clock?world={world}", {"advance": "1h"}))
        while not received.endswith(b"\r\n0\r\n\r\n"):
            received += connection.recv(1 << 20)
        return (time.perf_counter() - moved) * 1000


def create_keys(port, count):
    """Creates keys over one connection, in the account that the other requests are of."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    fields = {"Authorization": "Bearer sk-or-v1-benchmark", "Content-Type": "application/json"}
    for number in range(count):
        connection.request("POST", "/api/v1/keys", json.dumps({"name": f"key {number}"}), fields)
        answered = connection.getresponse()
        text = answered.read()
        if answered.status != 201:
            raise RuntimeError(f"expected status 201, got {answered.status}: {text[:1000]!r}")
    connection.close()


def answer(port, request, timeout=30):
    """The bytes of one answer, head included, as they are on the wire."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        connection.sendall(request)
        received = b""
        while not is_complete(received):
            more = connection.recv(1 << 20)
            if not more:
                raise RuntimeError(f"the server closed the connection after {received[:300]!r}")
            received += more
    if not received.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"expected status 200, got {received[:1000]!r}")
    return received


def is_complete(received):
    head, found, body = received.partition(b"\r\n\r\n")
    if not found:
        return False
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return len(body) >= int(value)
    return received.endswith(b"\r\n0\r\n\r\n")


def chunk_count(received):
    """How many chunks a chunked answer has, the last empty one aside."""
    body = received.partition(b"\r\n\r\n")[2]
    count = 0
    while body:
        size, _, body = body.partition(b"\r\n")
        if int(size, 16) == 0:
            break
        count += 1
        body = body[int(size, 16) + 2:]
    return count
