"""Correct: urllib, bytes cut into blocks by a pattern; shows text as it comes; stops at the finish reason."""
import json
import os
import re
import socket
import sys
import urllib.error
import urllib.request

LIMIT = float(os.environ.get("OPENROUTER_SIM_TIMEOUT", "10"))
END = re.compile(rb"\r\n|\n|\r")


def lines(response):
    rest, first = b"", True
    while True:
        data = response.read1()
        rest += data
        if first and len(rest) < 3 and data:
            continue
        if first:
            rest, first = rest.removeprefix(b"\xef\xbb\xbf"), False
        *whole, rest = split(rest, final=not data)
        yield from whole
        if not data:
            if rest:
                yield rest
            return


def split(data, final):
    """Lines and the unfinished rest, which keeps a CR at its end until it is known what follows."""
    hold = b""
    if data.endswith(b"\r") and not final:
        data, hold = data[:-1], b"\r"
    parts = END.split(data)
    parts[-1] += hold
    return parts


def main():
    body = {"model": "openai/gpt-4.1-mini", "stream": True, "messages": [{"role": "user", "content": "Tell me."}]}
    request = urllib.request.Request(
        os.environ["OPENROUTER_BASE_URL"] + "/chat/completions",
        json.dumps(body).encode(),
        {"content-type": "application/json", "authorization": "Bearer " + os.environ["OPENROUTER_API_KEY"]},
    )
    shown, pending = False, ""
    with urllib.request.urlopen(request, timeout=LIMIT * 0.7) as response:
        if response.headers.get_content_type() == "application/json" or response.headers.get_content_type() == "text/html":
            raise ValueError(f"no stream: {response.read(300)!r}")
        data = []
        for line in lines(response):
            if line:
                name, _, value = line.partition(b":")
                if name == b"data":
                    data.append(value[1:] if value.startswith(b" ") else value)
                continue
            event, data = b"\n".join(data).decode("utf-8", "replace"), []
            if not event.strip():
                continue
            if event.strip() == "[DONE]":
                break
            chunk = json.loads(event)
            if "error" in chunk and chunk["error"]:
                raise ValueError(f"failed in the middle: {chunk['error']}")
            reason = None
            for choice in chunk.get("choices") or ():
                text = pending + ((choice.get("delta") or {}).get("content") or "")
                pending = ""
                if text and "\ud800" <= text[-1] <= "\udbff":
                    text, pending = text[:-1], text[-1]
                text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
                sys.stdout.buffer.write(text.encode())
                sys.stdout.buffer.flush()
                shown = shown or bool(text)
                reason = reason or choice.get("finish_reason")
            if reason == "error":
                raise ValueError("the provider failed")
            if reason:
                break
        else:
            raise EOFError("the stream ended early")
    if shown:
        print(flush=True)


try:
    main()
except (OSError, EOFError, ValueError, AttributeError, TypeError, socket.timeout) as error:
    sys.exit(f"failed: {error!r}")
except Exception as error:  # http.client's own errors
    sys.exit(f"transport failed: {error!r}")
