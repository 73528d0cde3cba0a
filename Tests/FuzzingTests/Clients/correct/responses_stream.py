"""Correct, for the responses API: http.client, goes by the type in the data, calls by their output_index."""
import codecs
import http.client
import json
import os
import re
import sys
import urllib.parse

LIMIT = float(os.environ.get("OPENROUTER_SIM_TIMEOUT", "10")) * 0.8
TOOL = {"type": "function", "name": "get_weather", "strict": False,
        "parameters": {"type": "object", "properties": {"location": {"type": "string"}}}}


def ask():
    url = urllib.parse.urlsplit(os.environ["OPENROUTER_BASE_URL"])
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=LIMIT)
    body = json.dumps({"model": "openai/gpt-4.1-mini", "input": "How is the weather?", "stream": True, "tools": [TOOL]})
    key = os.environ["OPENROUTER_API_KEY"]
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    connection.request("POST", f"{url.path}/responses", body, headers)
    response = connection.getresponse()
    if response.status != 200:
        raise RuntimeError(f"status {response.status}: {response.read(500)!r}")
    if response.headers.get_content_type() != "text/event-stream":
        raise RuntimeError(f"no stream: {response.headers.get_content_type()}")
    return response


def lines(response):
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    line, held = [], ""
    while True:
        data = response.read1(65536)
        text = held + decoder.decode(data, not data)
        # A CR at the end of a read may be half of a CR LF.
        held = "\r" if data and text.endswith("\r") else ""
        for number, piece in enumerate(re.split("\r\n|\n|\r", text.removesuffix(held))):
            if number > 0:
                yield "".join(line)
                line = []
            line.append(piece)
        if not data:
            return


def events(response):
    data = []
    for line in lines(response):
        field, _, value = line.partition(":")
        if field == "data":
            data.append(value.removeprefix(" "))
        if not line and data:
            yield "\n".join(data)
            data = []


def answer(response):
    texts, calls, complete = [], {}, False
    for data in events(response):
        if not data.strip():
            continue
        if data.strip() == "[DONE]":
            complete = True
            break
        event = json.loads(data)
        kind = event["type"] if isinstance(event, dict) else None
        if kind == "response.output_text.delta":
            texts.append(event["delta"])
        elif kind == "response.output_item.added" and event["item"]["type"] == "function_call":
            calls[event["output_index"]] = {"name": event["item"]["name"], "arguments": ""}
        elif kind == "response.function_call_arguments.delta":
            calls[event["output_index"]]["arguments"] += event["delta"]
        elif kind in ("response.completed", "response.incomplete"):
            complete = True
        elif kind in ("response.failed", "response.error", "error"):
            raise RuntimeError(f"the answer failed: {data[:500]}")
        elif not isinstance(kind, str):
            raise RuntimeError(f"no event: {data[:100]}")
    if not complete:
        raise RuntimeError("the stream ended before the answer did")
    # Halves of surrogate pairs from two deltas meet.
    text = "".join(texts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text, [(calls[index]["name"], json.loads(calls[index]["arguments"].strip() or "{}")) for index in sorted(calls)]


try:
    text, calls = answer(ask())
except Exception as error:
    sys.exit(f"{type(error).__name__}: {error}")
output = [text] if text else []
output += [f"TOOL {name} {json.dumps(arguments)}" for name, arguments in calls]
sys.stdout.buffer.write("".join(line + "\n" for line in output).encode())
