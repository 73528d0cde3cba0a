"""Makes the fixtures of the importers with the real tools: vcrpy's cassettes and mitmproxy's HAR.

    python3 -m venv venv && venv/bin/pip install vcrpy requests mitmproxy
    venv/bin/python Tests/CassettesTests/make-fixtures/make_fixtures.py Tests/CassettesTests/Fixtures

Both record the same calls of a small server on this machine, whose port becomes 4010 in the files.
"""

import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests
import vcr

CHAT = {"model": "openai/gpt-4o", "messages": [{"role": "user", "content": "Grüße: \"hi\""}]}
KEY = "Bearer sk-or-v1-0123456789abcdef0123456789abcdef"


class Upstream(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer()

    def answer(self):
        path = self.path.split("?")[0]
        if path.endswith("/stream"):
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for event in (": OPENROUTER PROCESSING", 'data: {"choices":[{"delta":{"content":"Grüße"}}]}', "data: [DONE]"):
                data = (event + "\n\n").encode()
                self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
                self.wfile.flush()
            self.wfile.write(b"0\r\n\r\n")
            return
        status, kind, body = 200, "application/json", b'{"choices":[{"message":{"content":"Hello"}}]}'
        coding = None
        if path.endswith("/limited"):
            status, body = 429, b'{"error":{"code":429,"message":"Slow down"}}'
        elif path.endswith("/speech"):
            kind, body = "audio/mpeg", bytes(range(256))
        elif path.endswith("/gzip"):
            body, coding = gzip.compress(body, mtime=0), "gzip"
        self.send_response(status, "Too Many Requests" if status == 429 else "OK")
        self.send_header("Content-Type", kind)
        if coding:
            self.send_header("Content-Encoding", coding)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def calls(base, **options):
    """The calls that every tool records, in order."""
    headers = {"Authorization": KEY, "User-Agent": "fixtures/1", "Accept": "*/*"}
    for path in ("chat/completions", "chat/completions/stream", "limited", "audio/speech", "gzip"):
        requests.post(f"{base}/api/v1/{path}", json=CHAT, headers=headers, timeout=10, **options).content
    requests.get(f"{base}/api/v1/models?supported_parameters=tools&q=a%20b", headers=headers, timeout=10, **options)
    requests.post(f"{base}/api/v1/files", data=bytes([0, 1, 0xFF, 0xFE]), headers=headers, timeout=10, **options)


def free_of_ports(text, *ports):
    for port in ports:
        text = text.replace(f":{port}", ":4010")
    return re.sub(r"(Date|date)(\W+)[A-Z][a-z]{2}, [^'\"\n]*GMT", r"\1\2Sun, 06 Nov 1994 08:49:37 GMT", text)


def main():
    folder = pathlib.Path(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    base = f"http://127.0.0.1:{port}"

    for serializer in ("yaml", "json"):
        with tempfile.TemporaryDirectory() as temporary:
            path = pathlib.Path(temporary) / f"session.{serializer}"
            # JSON cannot hold bytes that are no text: vcrpy refuses to write such an answer.
            recorder = vcr.VCR(serializer=serializer, record_mode="all")
            with recorder.use_cassette(str(path)):
                if serializer == "yaml":
                    calls(base)
                else:
                    requests.post(f"{base}/api/v1/chat/completions", json=CHAT, headers={"Authorization": KEY})
            (folder / f"vcrpy.{serializer}").write_text(free_of_ports(path.read_text(), port))

    with tempfile.TemporaryDirectory() as temporary:
        path = pathlib.Path(temporary) / "session.har"
        log = open(pathlib.Path(temporary) / "log", "w+")
        proxy = subprocess.Popen(
            [str(pathlib.Path(sys.executable).parent / "mitmdump"), "--listen-host", "127.0.0.1", "--listen-port", "0",
             "--set", f"hardump={path}", "--set", f"confdir={temporary}"],
            stdout=log, stderr=log,
        )
        found = None
        while found is None:
            time.sleep(0.1)
            found = re.search(r"listening at [^\n]*:(\d+)", pathlib.Path(log.name).read_text())
        calls(base, proxies={"http": f"http://127.0.0.1:{found[1]}"})
        proxy.terminate()
        proxy.wait()
        archive = json.loads(path.read_text())
        for entry in archive["log"]["entries"]:
            entry["startedDateTime"] = "2026-11-29T06:00:00.123456+00:00"
            entry["time"] = 12.5
            entry["timings"] = {"connect": 1.0, "ssl": -1.0, "send": 0.5, "receive": 2.25, "wait": 8.75}
        text = json.dumps(archive, indent=2, ensure_ascii=False) + "\n"
        (folder / "mitmproxy.har").write_text(free_of_ports(text, port, found[1]))
    server.shutdown()


if __name__ == "__main__":
    os.environ.pop("http_proxy", None)
    os.environ["no_proxy"] = ""
    main()
