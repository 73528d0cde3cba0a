"""Leaves paced streams in the middle with the OpenAI SDK: when the journal tells, and what is billed.

OpenRouter stops the bill at what was sent where the provider can be stopped, and bills the whole answer where it cannot
(its documentation, API reference, streaming; seen 2026-08).
"""

import time

import httpx
import openai
from checking import TIMEOUT_SECONDS, api_key, expect
from scenarios import QUESTION, Case, control, main

WORDS = 60
TEXT = " ".join(f"word{number}" for number in range(WORDS))
SCENARIO = f"""
name: paced
description: {WORDS} words, a tenth of a second apart.
rules:
  - match: {{ endpoint: text }}
    respond:
      text: {{ value: "{TEXT}", chunk: words, every: 100ms }}
"""
CHUNKS = 4
TRIES = 10


def left_in_the_middle(case, model, provider):
    """Reads a few chunks and leaves. Answers the journal's entry, and the time from leaving to the journal's mark."""
    client = openai.OpenAI(base_url=f"{case.root}/v1", api_key=api_key(), timeout=TIMEOUT_SECONDS, max_retries=0)
    start = time.monotonic()
    stream = client.chat.completions.create(
        model=model,
        messages=QUESTION,
        stream=True,
        extra_body={"provider": {"only": [provider]}},
    )
    for _, _chunk in zip(range(CHUNKS), stream):
        pass
    stream.close()
    client.close()
    left = time.monotonic() - start
    entry = case.wait_for(lambda entries: entries and entries[-1]["played"])[-1]
    expect(entry["played"]["outcome"] == "cancelled", f"{entry!r}")
    # The journal counts from the end of the request, which comes after our start.
    return entry, entry["played"]["cancelled"]["at_us"] / 1e6 - left


def generation(case, entry):
    answer = httpx.get(
        f"{case.root}/v1/generation",
        params={"id": entry["generation_id"]},
        headers={"Authorization": f"Bearer {api_key()}"},
        timeout=TIMEOUT_SECONDS,
        trust_env=False,
    )
    expect(answer.status_code == 200, answer.text)
    return answer.json()["data"]


def cancels(model, provider, stops_billing):
    def check(case):
        delays = []
        # The time is the machine's as much as the server's; once is enough to show that it can be kept.
        while True:
            entry, delay = left_in_the_middle(case, model, provider)
            delays.append(delay)
            if delay <= 0.1:
                break
            expect(len(delays) < TRIES, f"the journal told after {delays!r} seconds")
        sent = entry["played"]["cancelled"]["after_bytes"]
        expect(sent == entry["played"]["bytes"] and sent > 0, f"{entry!r}")
        left = generation(case, entry)
        expect(left["cancelled"] is True, f"{left!r}")
        whole = finished(case, model, provider)
        expect(whole["cancelled"] is False, f"{whole!r}")
        if stops_billing:
            expect(0 < left["tokens_completion"] < whole["tokens_completion"] / 2, f"{left!r} of {whole!r}")
            expect(0 < left["total_cost"] < whole["total_cost"], f"{left!r} of {whole!r}")
        else:
            expect(left["tokens_completion"] == whole["tokens_completion"], f"{left!r} of {whole!r}")
            expect(left["total_cost"] == whole["total_cost"], f"{left!r} of {whole!r}")
        return {"billed": left["tokens_completion"], "of": whole["tokens_completion"], "delay": max(delays)}

    return check


def finished(case, model, provider):
    """The same answer, had at once and whole."""
    client = openai.OpenAI(base_url=f"{case.root}/v1", api_key=api_key(), timeout=TIMEOUT_SECONDS, max_retries=0)
    answer = client.chat.completions.with_raw_response.create(
        model=model, messages=QUESTION, extra_body={"provider": {"only": [provider]}}
    )
    return generation(case, {"generation_id": answer.parse().id})


CHECKS = {
    "OpenAI": cancels("openai/gpt-4o-mini", "openai", stops_billing=True),
    "Anthropic": cancels("anthropic/claude-sonnet-4.5", "anthropic", stops_billing=True),
    "Amazon-Bedrock": cancels("anthropic/claude-sonnet-4.5", "amazon-bedrock", stops_billing=False),
}


def paced(check):
    return lambda case: check(Case(case.world, "paced", "world"))


if __name__ == "__main__":
    control("PUT", "/scenarios/paced", content=SCENARIO)
    main("cancel", {name: paced(check) for name, check in CHECKS.items()})
