"""Correct: httpx, an incremental parser as a class; two careful retries before the first token."""
import codecs
import json
import os
import sys
import time

import httpx

SECONDS = float(os.environ.get("OPENROUTER_SIM_TIMEOUT", "10"))
TOOLS = [{"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object"}}}]


class Events:
    def __init__(self):
        self.decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        self.text, self.data, self.started = "", [], False

    def feed(self, data, final=False):
        self.text += self.decode(data, final)
        if not self.started and self.text:
            self.text, self.started = self.text.removeprefix("\ufeff"), True
        start = 0
        while True:
            ends = [place for place in (self.text.find("\r", start), self.text.find("\n", start)) if place >= 0]
            if not ends:
                break
            end = min(ends)
            if self.text[end] == "\r" and end + 1 == len(self.text) and not final:
                # Whether LF follows is not known yet; an empty line counts at once all the same.
                break
            line, start = self.text[start:end], end + (2 if self.text[end:end + 2] == "\r\n" else 1)
            yield from self.line(line)
        self.text = self.text[start:]
        if final:
            yield from self.line(self.text)
            yield from self.line("")

    def line(self, line):
        if not line:
            if self.data:
                yield "\n".join(self.data)
            self.data = []
        elif line == "data" or line.startswith("data:"):
            value = line[5:]
            self.data.append(value[1:] if value[:1] == " " else value)


class Answer:
    def __init__(self):
        self.text, self.calls, self.complete = [], {}, False

    def add(self, chunk):
        if not isinstance(chunk, dict):
            raise ValueError(f"not a chunk: {chunk!r}")
        if chunk.get("error") is not None:
            raise RuntimeError(f"error in the stream: {chunk['error']}")
        for choice in chunk.get("choices") or []:
            delta = choice.get("delta") or {}
            if delta.get("content"):
                if not isinstance(delta["content"], str):
                    raise ValueError("content of an unknown shape")
                self.text.append(delta["content"])
            for fragment in delta.get("tool_calls") or []:
                self.fragment(fragment)
            reason = choice.get("finish_reason")
            if reason in ("error", "content_filter", "length"):
                raise RuntimeError(f"the answer is not complete: {reason}")
            self.complete = self.complete or reason is not None

    def fragment(self, fragment):
        index = fragment.get("index")
        if index is None and len(self.calls) > 1:
            raise ValueError("fragment without index")
        key = int(index if index is not None else 0)
        call = self.calls.setdefault(key, {"id": "", "name": "", "arguments": []})
        if fragment.get("id") and call["id"] and call["id"] != fragment["id"]:
            raise ValueError("an index was used twice")
        call["id"] = call["id"] or fragment.get("id") or ""
        function = fragment.get("function") or {}
        call["name"] = call["name"] or function.get("name") or ""
        call["arguments"].append(function.get("arguments") or "")


def ask(client):
    answer, events = Answer(), Events()
    body = {
        "model": "openai/gpt-4.1-mini", "stream": True, "tools": TOOLS,
        "messages": [{"role": "user", "content": "Weather?"}],
    }
    with client.stream("POST", "/chat/completions", json=body) as response:
        if response.status_code >= 400:
            response.read()
        response.raise_for_status()
        kind = response.headers.get("content-type", "text/event-stream").partition(";")[0].strip().lower()
        if kind not in ("text/event-stream", "application/json"):
            raise ValueError(f"unexpected content type {kind}")

        def all_events():
            for data in response.iter_bytes():
                yield from events.feed(data)
            yield from events.feed(b"", final=True)

        for event in all_events():
            if event.strip() == "[DONE]":
                return answer
            if event.strip():
                answer.add(json.loads(event))
    if not answer.complete:
        raise EOFError("the answer is cut")
    return answer


def main():
    headers = {"Authorization": "Bearer " + os.environ["OPENROUTER_API_KEY"]}
    timeout = httpx.Timeout(SECONDS * 0.8)
    with httpx.Client(base_url=os.environ["OPENROUTER_BASE_URL"], headers=headers, timeout=timeout) as client:
        for attempt in range(3):
            try:
                answer = ask(client)
                break
            except httpx.HTTPStatusError as error:
                if attempt == 2 or error.response.status_code not in (429, 502, 503):
                    raise
                time.sleep(0.1 * 2**attempt)
            except httpx.ConnectError:
                if attempt == 2:
                    raise
    text = "".join(answer.text)
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lines = [text] if text else []
    for _, call in sorted(answer.calls.items()):
        arguments = json.loads("".join(call["arguments"]).strip() or "{}")
        lines.append(f"TOOL {call['name']} {json.dumps(arguments)}")
    sys.stdout.buffer.write("".join(line + "\n" for line in lines).encode())


try:
    main()
except Exception as error:
    print("error:", repr(error), file=sys.stderr)
    sys.exit(3)
