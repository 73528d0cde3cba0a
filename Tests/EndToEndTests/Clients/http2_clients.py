"""Checks the server over HTTP/2 as httpx and the OpenAI SDK see it, by prior knowledge or over TLS.

Usage: http2_clients.py [CHECK…]; see CHECKS at the end. SIM_CA names the authority of an https base URL.
"""

import asyncio
import json
import os
import subprocess
import time
from urllib.parse import urlsplit

import httpx
import openai
from checking import CHAT_QUESTION, MODEL, STREAM_QUESTION, TIMEOUT_SECONDS, api_key, base_url, expect, main

HTTP2 = {"http1": False, "http2": True, "verify": os.environ.get("SIM_CA", True), "timeout": TIMEOUT_SECONDS}
QUESTION = {"model": MODEL, "messages": CHAT_QUESTION}
HEADERS = {"Authorization": f"Bearer {api_key()}"}
# Worlds that live side by side in one connection.
WORLD_COUNT = 100


def origin():
    parts = urlsplit(base_url())
    return f"{parts.scheme}://{parts.netloc}"


def journal(client, world):
    answer = client.get(f"{origin()}/_sim/journal", params={"world": world})
    expect(answer.status_code == 200, f"the journal is {answer.status_code}: {answer.text}")
    return answer.json()["entries"]


def sdk():
    with httpx.Client(**HTTP2) as transport:
        client = openai.OpenAI(base_url=base_url(), api_key=api_key(), max_retries=0, http_client=transport)
        content = client.chat.completions.create(model=MODEL, messages=STREAM_QUESTION).choices[0].message.content
        chunks = client.chat.completions.create(model=MODEL, messages=STREAM_QUESTION, stream=True)
        text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
        expect(text == content, f"streamed {text!r}, not streamed {content!r}")
    return {"text": text}


def versions():
    with httpx.Client(**HTTP2, headers=HEADERS) as client:
        chat = client.post(f"{base_url()}/chat/completions", json=QUESTION)
        ready = client.get(f"{origin()}/_sim/ready")
        page = client.get(f"{origin()}/_sim/")
        for answer in (chat, ready, page):
            expect(answer.status_code == 200, f"{answer.url} is {answer.status_code}: {answer.text[:200]}")
            expect(answer.http_version == "HTTP/2", f"{answer.url} came by {answer.http_version}")
        expect("text/html" in page.headers["content-type"], f"the page is {page.headers['content-type']!r}")
        expect(client.get(f"{origin()}/api/v1/nothing").status_code == 404, "an unknown path is no 404")
    return {"ready": ready.json()["ready"]}


async def _ask_worlds():
    limits = httpx.Limits(max_connections=1)
    async with httpx.AsyncClient(**HTTP2, headers=HEADERS, limits=limits) as client:
        async def ask(index):
            question = {**QUESTION, "user": f"user-{index}", "stream": index % 2 == 0}
            answer = await client.post(f"{origin()}/w/h2-{index}/api/v1/chat/completions", json=question)
            expect(answer.status_code == 200, f"world {index} is {answer.status_code}: {answer.text}")
            stream = answer.extensions["stream_id"]
            journal = await client.get(f"{origin()}/_sim/journal", params={"world": f"h2-{index}"})
            entries = journal.json()["entries"]
            expect(len(entries) == 1, f"world {index} has {len(entries)} entries")
            return stream

        return await asyncio.gather(*(ask(index) for index in range(WORLD_COUNT)))


def worlds():
    streams = asyncio.run(_ask_worlds())
    # One connection: no two answers have the same stream.
    expect(len(set(streams)) == WORLD_COUNT, f"{len(set(streams))} streams for {WORLD_COUNT} worlds")
    return {"worlds": len(streams)}


def cancelled():
    """A client that leaves is in the journal. httpx does not reset a stream that it leaves: its connection has to go."""
    url = f"{origin()}/w/h2-left/s/stall-mid-stream/api/v1/chat/completions"
    with httpx.Client(**HTTP2, headers=HEADERS) as client:
        with client.stream("POST", url, json={**QUESTION, "stream": True}) as answer:
            next(answer.iter_bytes())
    with httpx.Client(**HTTP2, headers=HEADERS) as client:
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while (played := journal(client, "h2-left")[0]["played"]) is None:
            expect(time.monotonic() < deadline, "the journal never says that the client left")
            time.sleep(0.02)
        expect(played["outcome"] == "cancelled", f"the outcome is {played['outcome']!r}")
    return {"outcome": played["outcome"]}


def held_ending(client, user, ending):
    """A world's URL for a stream that says a word and ends like this once the world's clock is moved an hour.

    Clients lose what they find together with a reset, so that it may only come once they have read the word.
    """
    world = f"h2-{user}-{ending}"
    steps = [{"text": {"value": "Only", "chunk": "whole"}}, {"pause": "1h"}, {"cut": ending}]
    put = client.put(f"{origin()}/_sim/scenarios/{world}", json={"name": world, "rules": [{"respond": {"steps": steps}}]})
    expect(put.is_success, f"the scenario is refused: {put.text}")
    return world, f"{origin()}/w/{world}/s/{world}/api/v1/chat/completions"


def let_end(client, world):
    moved = client.post(f"{origin()}/_sim/clock", params={"world": world}, json={"advance": "1h"})
    expect(moved.is_success, f"the clock is not moved: {moved.text}")


def endings():
    """A cut and a reset are errors of the client, and what came before is there."""
    seen = {}
    for ending in ("close", "reset"):
        received = b""
        with httpx.Client(**HTTP2) as control, httpx.Client(**HTTP2, headers=HEADERS) as client:
            world, url = held_ending(control, "httpx", ending)
            try:
                with client.stream("POST", url, json={**QUESTION, "stream": True}) as answer:
                    for piece in answer.iter_bytes():
                        if not received:
                            let_end(control, world)
                        received += piece
                seen[ending] = "complete"
            except (httpx.RemoteProtocolError, httpx.ReadError) as error:
                seen[ending] = type(error).__name__
        expect(received.startswith(b"data: "), f"{ending}: received {received[:80]!r}")
    # Of a reset Python's TLS tells less than a socket does.
    expect("complete" not in seen.values(), f"ended as {seen}")
    expect(seen["close"] == "RemoteProtocolError", f"a cut is {seen['close']}")
    return seen


def curl_endings():
    """What curl says of a cut, which resets the stream, and of a reset, which resets the connection."""
    protocol = ["--cacert", HTTP2["verify"]] if origin().startswith("https") else ["--http2-prior-knowledge"]
    seen = {}
    for ending, status in (("close", 92), ("reset", 56)):
        with httpx.Client(**HTTP2) as control:
            world, url = held_ending(control, "curl", ending)
            command = ["curl", "-sSN", "--http2", *protocol, "--max-time", str(TIMEOUT_SECONDS), url]
            command += ["-H", f"Authorization: {HEADERS['Authorization']}", "-d", json.dumps({**QUESTION, "stream": True})]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as curl:
                received = curl.stdout.readline()
                expect(received.startswith(b"data: "), f"{ending}: received {received!r}")
                let_end(control, world)
                errors = curl.communicate(timeout=TIMEOUT_SECONDS)[1].decode()
        expect(curl.returncode == status, f"{ending}: curl exits with {curl.returncode}: {errors}")
        seen[ending] = curl.returncode
    return seen


CHECKS = {check.__name__: check for check in (sdk, versions, worlds, cancelled, endings, curl_endings)}

if __name__ == "__main__":
    main(CHECKS)
