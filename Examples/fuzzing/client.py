"""A correct client: Python's standard library only."""
import codecs
import http.client
import json
import os
import sys
import time
import urllib.parse

TIMEOUT = float(os.environ.get("OPENROUTER_SIM_TIMEOUT", "10"))
TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {"type": "object", "properties": {"location": {"type": "string"}}},
    },
}


class StreamError(Exception):
    pass


def connect():
    url = urllib.parse.urlsplit(os.environ["OPENROUTER_BASE_URL"])
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=TIMEOUT * 0.8)
    body = json.dumps(
        {
            "model": "openai/gpt-4.1-mini",
            "stream": True,
            "messages": [{"role": "user", "content": "What is the weather?"}],
            "tools": [TOOL],
        }
    )
    connection.request(
        "POST",
        url.path + "/chat/completions",
        body,
        {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ["OPENROUTER_API_KEY"]},
    )
    return connection.getresponse()


def lines(response):
    """Lines that end with LF, CR or CR LF, from reads of any size."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    line, after_cr, first = "", False, True
    while True:
        data = response.read1(65536)
        text = decoder.decode(data, final=not data)
        if first and text:
            text, first = text.removeprefix("\ufeff"), False
        start = 0
        for position, character in enumerate(text):
            if character == "\n" and after_cr and position == start:
                start, after_cr = position + 1, False
                continue
            after_cr = False
            if character in "\r\n":
                yield line + text[start:position]
                line, start, after_cr = "", position + 1, character == "\r"
        line += text[start:]
        if not data:
            if line:
                yield line
            return


def events(response):
    name, data = "", []
    for line in lines(response):
        if not line:
            if data:
                yield name, "\n".join(data)
            name, data = "", []
            continue
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "data":
            data.append(value)
        elif field == "event":
            name = value
    if data:
        yield name, "\n".join(data)


def answer(response):
    if response.status >= 400:
        raise StreamError(f"status {response.status}: {response.read(2000)!r}")
    media_type = (response.headers.get("Content-Type") or "").split(";")[0].strip().lower()
    if media_type not in ("text/event-stream", ""):
        raise StreamError(f"not a stream: {media_type}")
    texts, calls, finished = [], {}, False
    for name, data in events(response):
        if not data.strip():
            continue
        if data.strip() == "[DONE]":
            finished = True
            break
        chunk = json.loads(data)
        if not isinstance(chunk, dict):
            raise StreamError(f"no chunk: {data[:100]}")
        if chunk.get("error") or name == "error":
            raise StreamError(f"error in the stream: {chunk}")
        for choice in chunk.get("choices") or []:
            delta = choice.get("delta") or {}
            content = delta.get("content")
            if isinstance(content, str):
                texts.append(content)
            elif content is not None:
                raise StreamError("content is no text")
            for fragment in delta.get("tool_calls") or []:
                index = fragment.get("index")
                if index is None:
                    if fragment.get("id") and calls and fragment["id"] != calls[max(calls)]["id"]:
                        raise StreamError("tool call without index")
                    index = 0
                if not isinstance(index, int):
                    raise StreamError("index is no number")
                call = calls.setdefault(index, {"id": None, "name": None, "arguments": ""})
                if fragment.get("id"):
                    if call["id"] not in (None, fragment["id"]):
                        raise StreamError("two calls under one index")
                    call["id"] = fragment["id"]
                function = fragment.get("function") or {}
                if function.get("name"):
                    call["name"] = function["name"]
                call["arguments"] += function.get("arguments") or ""
            reason = choice.get("finish_reason")
            if reason == "error":
                raise StreamError("the answer failed")
            if reason:
                finished = True
    if not finished:
        raise StreamError("the stream ended before the answer did")
    text = "".join(texts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    done = []
    for index in sorted(calls):
        arguments = calls[index]["arguments"].strip() or "{}"
        done.append((calls[index]["name"], json.loads(arguments)))
    return text, done


def main():
    try:
        text, calls = answer(connect())
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    out = sys.stdout.buffer
    if text:
        out.write(text.encode() + b"\n")
    for name, arguments in calls:
        encoded = json.dumps(arguments, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16")
        out.write(f"TOOL {name} {encoded}\n".encode())
    return 0


sys.exit(main())
