"""Correct, for the messages API: http.client, goes by the name of the event, blocks by their index."""
import codecs
import http.client
import json
import os
import sys
import urllib.parse

LIMIT = float(os.environ.get("OPENROUTER_SIM_TIMEOUT", "10")) * 0.8
TOOL = {"name": "get_weather", "input_schema": {"type": "object", "properties": {"location": {"type": "string"}}}}


def ask():
    url = urllib.parse.urlsplit(os.environ["OPENROUTER_BASE_URL"])
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=LIMIT)
    body = json.dumps({
        "model": "anthropic/claude-sonnet-4.6", "max_tokens": 500, "stream": True, "tools": [TOOL],
        "messages": [{"role": "user", "content": "How is the weather?"}],
    })
    headers = {
        "Content-Type": "application/json", "X-Api-Key": os.environ["OPENROUTER_API_KEY"],
        "Anthropic-Version": "2023-06-01",
    }
    connection.request("POST", f"{url.path}/messages", body, headers)
    response = connection.getresponse()
    if response.status >= 400:
        raise RuntimeError(f"status {response.status}: {response.read(500)!r}")
    if response.headers.get_content_type() != "text/event-stream":
        raise RuntimeError(f"no stream: {response.headers.get_content_type()}")
    return response


def lines(response):
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    line, after_return = [], False
    while True:
        data = response.read1(65536)
        for character in decoder.decode(data, not data):
            if character == "\n" and after_return:
                after_return = False
                continue
            after_return = character == "\r"
            if character in "\r\n":
                yield "".join(line)
                line = []
            else:
                line.append(character)
        if not data:
            return


def events(response):
    name, data = "", []
    for line in lines(response):
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            name = value
        elif field == "data":
            data.append(value)
        elif not line:
            if "".join(data).strip():
                yield name, "\n".join(data)
            name, data = "", []


def answer(response):
    texts, calls = [], {}
    for name, data in events(response):
        if name == "data":
            continue
        event = json.loads(data)
        if not isinstance(event, dict):
            raise RuntimeError(f"no event: {data[:100]}")
        kind = name or event.get("type")
        if kind == "content_block_start" and event["content_block"]["type"] == "tool_use":
            calls[event["index"]] = {"name": event["content_block"]["name"], "input": ""}
        elif kind == "content_block_delta":
            delta = event["delta"]
            if delta["type"] == "text_delta":
                texts.append(delta["text"])
            elif delta["type"] == "input_json_delta" and event["index"] in calls:
                calls[event["index"]]["input"] += delta["partial_json"]
        elif kind == "error":
            raise RuntimeError(f"the answer failed: {data[:500]}")
        elif kind == "message_stop":
            break
    else:
        raise RuntimeError("the stream ended before the answer did")
    # Halves of surrogate pairs from two deltas meet.
    text = "".join(texts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text, [(calls[index]["name"], json.loads(calls[index]["input"].strip() or "{}")) for index in sorted(calls)]


try:
    text, calls = answer(ask())
except Exception as error:
    sys.exit(f"{type(error).__name__}: {error}")
output = [text] if text else []
output += [f"TOOL {name} {json.dumps(arguments)}" for name, arguments in calls]
sys.stdout.buffer.write("".join(line + "\n" for line in output).encode())
