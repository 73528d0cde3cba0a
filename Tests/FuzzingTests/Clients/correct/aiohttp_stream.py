"""Correct: aiohttp, tool calls and text, lines cut by hand from iter_any."""
import asyncio
import codecs
import json
import os
import sys

import aiohttp

LIMIT = float(os.environ.get("OPENROUTER_SIM_TIMEOUT", "10")) * 0.8
REQUEST = {
    "model": "openai/gpt-4.1-mini",
    "stream": True,
    "messages": [{"role": "user", "content": "How is the weather?"}],
    "tools": [{"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object"}}}],
}


async def lines(content):
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    tail, skip_feed = "", False
    async for piece in content.iter_any():
        text = decoder.decode(piece)
        if skip_feed and text:
            text, skip_feed = text.removeprefix("\n"), False
        if text.endswith("\r"):
            skip_feed = True
        *whole, last = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for line in whole:
            yield tail + line
            tail = ""
        tail += last
    tail += decoder.decode(b"", True)
    if tail:
        yield tail


async def events(content):
    data = None
    async for line in lines(content):
        if line == "":
            if data:
                yield data
            data = None
            continue
        field, _, value = line.partition(":")
        if field == "data":
            value = value[1:] if value.startswith(" ") else value
            data = value if data is None else data + "\n" + value


async def ask(session):
    text, calls, finished = "", {}, False
    async with session.post(os.environ["OPENROUTER_BASE_URL"] + "/chat/completions", json=REQUEST) as response:
        response.raise_for_status()
        if response.content_type not in ("text/event-stream", "application/octet-stream"):
            raise ValueError("not an event stream: " + (await response.text())[:200])
        async for event in events(response.content):
            if not event.strip():
                continue
            if event.strip() == "[DONE]":
                finished = True
                break
            chunk = json.loads(event)
            if error := chunk.get("error"):
                raise ValueError(f"stream error {error}")
            for choice in chunk.get("choices") or []:
                delta = choice.get("delta") or {}
                text += delta.get("content") or ""
                for part in delta.get("tool_calls") or []:
                    index = part.get("index")
                    if index is None:
                        index = len(calls) if part.get("id") and not any(
                            call["id"] == part["id"] for call in calls.values()
                        ) else max(calls, default=0)
                    call = calls.setdefault(index, {"id": part.get("id"), "name": "", "arguments": ""})
                    if part.get("id") and call["id"] and part["id"] != call["id"]:
                        raise ValueError("two calls at one index")
                    function = part.get("function") or {}
                    if function.get("name"):
                        call["name"] = function["name"]
                    call["arguments"] += function.get("arguments") or ""
                match choice.get("finish_reason"):
                    case None | "":
                        pass
                    case "error":
                        raise ValueError("generation failed")
                    case _:
                        finished = True
    if not finished:
        raise ValueError("truncated")
    return text, [calls[index] for index in sorted(calls)]


async def main():
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=LIMIT, sock_read=LIMIT)
    headers = {"Authorization": "Bearer " + os.environ["OPENROUTER_API_KEY"]}
    async with aiohttp.ClientSession(timeout=timeout, headers=headers) as session:
        text, calls = await ask(session)
    parsed = [(call["name"], json.loads(call["arguments"] if call["arguments"].strip() else "{}")) for call in calls]
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    output = text + "\n" if text else ""
    for name, arguments in parsed:
        output += f"TOOL {name} {json.dumps(arguments)}\n"
    sys.stdout.buffer.write(output.encode())


try:
    asyncio.run(main())
except Exception as error:
    sys.exit(f"error: {type(error).__name__} {error}")
