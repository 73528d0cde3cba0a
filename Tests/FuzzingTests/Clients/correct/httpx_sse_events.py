"""As correct as httpx-sse lets a client be: the library does not remove a byte order mark (reference, 1.5)."""
import json
import os
import sys

import httpx
from httpx_sse import EventSource

SECONDS = float(os.environ.get("OPENROUTER_SIM_TIMEOUT", "10"))


def main():
    texts, finished = [], False
    body = {"model": "openai/gpt-4.1-mini", "stream": True, "messages": [{"role": "user", "content": "Hi"}]}
    with httpx.Client(timeout=SECONDS * 0.8) as client:
        with client.stream(
            "POST",
            os.environ["OPENROUTER_BASE_URL"] + "/chat/completions",
            headers={"Authorization": f"Bearer {os.environ['OPENROUTER_API_KEY']}"},
            json=body,
        ) as response:
            response.raise_for_status()
            # The library compares the media type with its letter case.
            kind = response.headers.get("content-type", "").lower()
            response.headers["content-type"] = kind or "text/event-stream"
            for event in EventSource(response).iter_sse():
                if event.data.strip() == "":
                    continue
                if event.data.strip() == "[DONE]":
                    finished = True
                    break
                chunk = json.loads(event.data)
                if not isinstance(chunk, dict) or event.event == "error" or chunk.get("error"):
                    raise RuntimeError(f"error event: {event.data}")
                for choice in chunk.get("choices") or []:
                    content = (choice.get("delta") or {}).get("content")
                    if content is not None and not isinstance(content, str):
                        raise TypeError("content")
                    texts.append(content or "")
                    if choice.get("finish_reason") == "error":
                        raise RuntimeError("finish_reason error")
                    finished = finished or bool(choice.get("finish_reason"))
    if not finished:
        raise RuntimeError("incomplete answer")
    text = "".join(texts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if text:
        sys.stdout.buffer.write(text.encode() + b"\n")


try:
    main()
except Exception as error:
    print(error, file=sys.stderr)
    sys.exit(1)
