"""Correct: requests, and urllib3's read1 below it, since iter_content waits for full pieces where no chunks come."""
import json
import os
import sys

import requests

WAIT = float(os.environ.get("OPENROUTER_SIM_TIMEOUT", "10")) * 0.8


class Incomplete(Exception):
    pass


def events(response):
    """Data of each event: bytes are only decoded when an event is whole."""
    started, after_return, line, data = False, False, bytearray(), []
    while piece := response.raw.read1(65536, decode_content=True):
        for byte in piece:
            if byte == 0x0A and after_return:
                after_return = False
                continue
            after_return = byte == 0x0D
            if byte not in (0x0A, 0x0D):
                line.append(byte)
                continue
            if not started:
                started = True
                if line.startswith(b"\xef\xbb\xbf"):
                    del line[:3]
            if not line:
                if data:
                    yield b"\n".join(data).decode(errors="replace")
                data = []
            else:
                name, _, value = bytes(line).partition(b":")
                if name == b"data":
                    data.append(value.removeprefix(b" "))
            line.clear()


def run():
    with requests.Session() as session, session.post(
        os.environ["OPENROUTER_BASE_URL"] + "/chat/completions",
        headers={"Authorization": "Bearer " + os.environ["OPENROUTER_API_KEY"]},
        json={"model": "openai/gpt-4.1-mini", "stream": True, "messages": [{"role": "user", "content": "Hi"}]},
        stream=True,
        timeout=(WAIT, WAIT),
    ) as response:
        response.raise_for_status()
        if not response.headers.get("Content-Type", "").lower().startswith("text/event-stream"):
            raise Incomplete("no event stream")
        text, done = "", False
        for event in events(response):
            if not event.strip():
                continue
            if event == "[DONE]":
                done = True
                break
            chunk = json.loads(event)
            if chunk.get("error"):
                raise Incomplete(str(chunk["error"]))
            choices = chunk.get("choices")
            if choices:
                text += (choices[0].get("delta") or {}).get("content") or ""
                if choices[0].get("finish_reason"):
                    done = True
                    if choices[0]["finish_reason"] == "error":
                        raise Incomplete("error")
        if not done:
            raise Incomplete("end of the body before the end of the answer")
        return text


try:
    answer = run().encode("utf-16", "surrogatepass").decode("utf-16", "replace")
except Exception as problem:
    sys.exit(f"{type(problem).__name__}: {problem}")
if answer:
    sys.stdout.buffer.write((answer + "\n").encode())
