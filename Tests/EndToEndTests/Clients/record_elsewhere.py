"""Records the same calls of the simulator with vcrpy and with mitmproxy: record_elsewhere.py FOLDER.

Makes FOLDER/vcrpy.yaml and FOLDER/mitmproxy.har, and prints a JSON list of what was answered:
method, path, request body, status, response body.
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

import requests
import vcr

BASE = os.environ["OPENROUTER_BASE_URL"]
HEADERS = {"Authorization": "Bearer " + os.environ["OPENROUTER_API_KEY"]}
MESSAGES = [{"role": "user", "content": "Grüße, \"you\""}]


def calls(**options):
    answers = []
    for method, path, body in (
        ("POST", "/chat/completions", {"model": "openai/gpt-4o", "messages": MESSAGES}),
        ("POST", "/chat/completions", {"model": "openai/gpt-4o", "messages": MESSAGES, "stream": True}),
        ("POST", "/chat/completions", {"model": "no/such-model", "messages": MESSAGES}),
        ("GET", "/models/openai/gpt-4o/endpoints", None),
    ):
        answer = requests.request(method, BASE + path, json=body, headers=HEADERS, timeout=30, **options)
        sent = answer.request.body
        sent = sent.decode() if isinstance(sent, bytes) else sent
        answers.append([method, path, sent or "", answer.status_code, answer.content.decode()])
    return answers


def main():
    # Threads of the process that tests run in block signals, which children inherit: the proxy must hear SIGTERM.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    folder = pathlib.Path(sys.argv[1])
    with vcr.VCR(record_mode="all").use_cassette(str(folder / "vcrpy.yaml")):
        said = {"vcrpy.yaml": calls()}
    with tempfile.TemporaryDirectory() as temporary:
        log = pathlib.Path(temporary) / "log"
        with log.open("w") as stream:
            proxy = subprocess.Popen(
                [str(pathlib.Path(sys.executable).parent / "mitmdump"), "--listen-host", "127.0.0.1",
                 "--listen-port", "0", "--set", f"hardump={folder / 'mitmproxy.har'}", "--set", f"confdir={temporary}"],
                stdout=stream, stderr=stream,
            )
        deadline, port = time.monotonic() + 60, None
        while port is None:
            assert proxy.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
            port = re.search(r"listening at [^\n]*:(\d+)", log.read_text())
        os.environ["no_proxy"] = ""
        said["mitmproxy.har"] = calls(proxies={"http": f"http://127.0.0.1:{port[1]}"})
        proxy.terminate()
        proxy.wait(timeout=60)
    print(json.dumps(said))


if __name__ == "__main__":
    main()
