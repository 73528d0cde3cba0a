"""What the OpenAI SDK makes of each built-in scenario. Usage: openai_scenarios.py [SCENARIO…].

The client has the SDK's own settings: two retries, and none once a stream has begun.
"""

import json
import threading

import openai
from checking import MODEL, TIMEOUT_SECONDS, WEATHER_TOOL, api_key, expect
from scenarios import QUESTION, attempts, main

FALLBACK = "anthropic/claude-haiku-4.5"


def client(case, timeout=TIMEOUT_SECONDS):
    return openai.OpenAI(base_url=f"{case.root}/v1", api_key=api_key(), timeout=timeout)


def ask(case, timeout=TIMEOUT_SECONDS, stream=True, **options):
    """What the application sees: text, finish reason, error; and the statuses of all attempts."""
    seen = {"text": "", "finish": None, "error": None}
    try:
        answer = client(case, timeout).chat.completions.create(model=MODEL, messages=QUESTION, stream=stream, **options)
        for part in answer if stream else [answer]:
            for choice in part.choices:
                said = choice.delta if stream else choice.message
                seen["text"] += said.content or ""
                seen["finish"] = choice.finish_reason or seen["finish"]
    except openai.APIError as error:
        seen["error"] = f"{type(error).__name__}: {error.message}"
    seen["statuses"], _ = attempts(case.journal())
    return seen


def expect_seen(seen, **expected):
    for name, value in expected.items():
        expect(seen[name] == value, f"{name} is {seen[name]!r} and not {value!r}")
    return seen


def answered(text, finish="stop", statuses=(200,), **options):
    """An answer, streamed and not."""

    def check(case):
        whole = ask(case.named("whole"), stream=False, **options)
        expect_seen(whole, text=text, finish=finish, error=None, statuses=list(statuses))
        return expect_seen(ask(case, **options), text=text, finish=finish, error=None, statuses=list(statuses))

    return check


def refused(error, status, is_tried_again=False):
    """An error before the answer begins: the same, streamed and not."""
    statuses = [status] * (3 if is_tried_again else 1)

    def check(case):
        expect_seen(ask(case.named("whole"), stream=False), error=error, text="", statuses=statuses)
        return expect_seen(ask(case), error=error, text="", statuses=statuses)

    return check


def broken_off(text, error, timeout=TIMEOUT_SECONDS):
    """An error after the answer has begun: what came before it is kept, and it is not asked again."""

    def check(case):
        return expect_seen(ask(case, timeout), text=text, finish=None, error=error, statuses=[200])

    return check


def rate_limited_then_ok(case):
    seen = expect_seen(ask(case), text="Thanks for waiting.", error=None, statuses=[429, 200])
    entries = case.journal()
    expect([entry["retry"] and entry["retry"]["attempt"] for entry in entries] == [None, 2], f"{entries!r}")
    expect(entries[1]["retry"]["of"] == entries[0]["id"], f"{entries!r}")
    expect(entries[1]["retry"]["wait_us"] >= 1_000_000, f"Retry-After of 1 s, waited {entries[1]['retry']!r}")
    return seen


def slow_first_token(case):
    hurrying = threading.Thread(target=case.advance, args=("30s",))
    hurrying.start()
    seen = ask(case)
    hurrying.join()
    return expect_seen(seen, text="That took a while.", finish="stop", error=None, statuses=[200])


def stall_mid_stream(case):
    # A second is enough for what comes before it, which is sent at once.
    return broken_off("Let me think about ", "APITimeoutError: Request timed out.", timeout=5)(case)


def error_in_200(case):
    # The SDK does not look for an error here: an application finds no choices, and in a stream nothing at all.
    whole = client(case.named("whole")).chat.completions.create(model=MODEL, messages=QUESTION)
    expect(whole.choices is None, f"{whole!r}")
    expect(whole.error["code"] == 502 and whole.error["metadata"]["error_type"] == "provider_unavailable", f"{whole!r}")
    return expect_seen(ask(case), text="", finish=None, error=None, statuses=[200])


def empty_body(case):
    try:
        client(case.named("whole")).chat.completions.create(model=MODEL, messages=QUESTION)
        raise AssertionError("an empty body is an answer")
    except json.JSONDecodeError:
        pass
    return expect_seen(ask(case), text="", finish=None, error=None, statuses=[200])


def cut_after_first_token(case):
    # Without a stream nothing has come when the connection ends, so it is asked again.
    whole = ask(case.named("whole"), stream=False)
    expect_seen(whole, error="APIConnectionError: Connection error.", statuses=[200, 200, 200])
    return broken_off("Only", "APIConnectionError: Connection error.")(case)


def usage_empty_choices(case):
    chunks = list(client(case).chat.completions.create(model=MODEL, messages=QUESTION, stream=True))
    metered = [chunk for chunk in chunks if chunk.usage]
    expect(len(metered) == 1 and metered[0].choices == [], f"{metered!r}")
    text = "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)
    expect(text == "Count me in.", text)
    return {"text": text}


def reasoning(case):
    chunks = list(client(case).chat.completions.create(model=MODEL, messages=QUESTION, stream=True))
    deltas = [choice.delta for chunk in chunks for choice in chunk.choices]
    thoughts = "".join(getattr(delta, "reasoning", None) or "" for delta in deltas)
    expected = "The user wants to know how many tiles there are. Three rows of four make twelve. "
    expect(thoughts == expected, thoughts)
    text = "".join(delta.content or "" for delta in deltas)
    expect(text == "There are twelve tiles.", text)
    return {"text": text}


def refusal(case):
    with client(case).chat.completions.stream(model=MODEL, messages=QUESTION) as stream:
        message = stream.get_final_completion().choices[0].message
    expect(message.refusal == "I cannot help with that." and not message.content, f"{message!r}")
    return {"refusal": message.refusal}


def tool_calls(locations, answer):
    def check(case):
        messages = list(QUESTION)
        options = {"model": MODEL, "tools": [WEATHER_TOOL]}
        with client(case).chat.completions.stream(messages=messages, **options) as stream:
            choice = stream.get_final_completion().choices[0]
        calls = choice.message.tool_calls
        expect(choice.finish_reason == "tool_calls", f"{choice!r}")
        expect([call.function.name for call in calls] == ["get_weather"] * len(locations), f"{calls!r}")
        found = [json.loads(call.function.arguments) for call in calls]
        expect(found == [{"location": location} for location in locations], f"{found!r}")
        function_calls = [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": call.function.name, "arguments": call.function.arguments},
            }
            for call in calls
        ]
        messages.append({"role": "assistant", "content": None, "tool_calls": function_calls})
        messages += [{"role": "tool", "tool_call_id": call.id, "content": "sunny"} for call in calls]
        text = client(case).chat.completions.create(messages=messages, **options).choices[0].message.content
        expect(text == answer, text)
        return {"locations": locations, "text": text}

    return check


PROVIDER_ERROR = "Provider returned error"

CHECKS = {
    "ok": answered("Everything is fine."),
    "keep-alive": answered("Sorry for the wait."),
    "keep-alive-flood": answered("Still here."),
    "slow-first-token": slow_first_token,
    "rate-limited-then-ok": rate_limited_then_ok,
    "rate-limited-no-retry-after": refused(f"RateLimitError: Error code: 429 - {PROVIDER_ERROR}", 429, True),
    "free-daily-limit": refused(
        "RateLimitError: Error code: 429 - Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 "
        "free model requests per day",
        429,
        True,
    ),
    "out-of-credits": refused(
        "APIStatusError: Error code: 402 - Insufficient credits. Add more using https://openrouter.ai/credits", 402
    ),
    "invalid-key": refused("AuthenticationError: Error code: 401 - User not found.", 401),
    "moderation": refused(
        "PermissionDeniedError: Error code: 403 - Your chosen model requires moderation and your input was flagged for "
        '"violence"',
        403,
    ),
    "guardrail-block": refused(
        "PermissionDeniedError: Error code: 403 - Request blocked: prompt injection patterns detected", 403
    ),
    "provider-fallback": answered("The second provider is happy to help."),
    "model-fallback": answered("Another model has taken over.", extra_body={"models": [FALLBACK]}),
    "all-providers-down": refused(f"InternalServerError: Error code: 502 - {PROVIDER_ERROR}", 502, True),
    "no-endpoints": refused(f"NotFoundError: Error code: 404 - No endpoints found for {MODEL}.", 404),
    "context-length": refused(
        "BadRequestError: Error code: 400 - This endpoint's maximum context length is 8192 tokens. However, you "
        "requested about 9001 tokens (8745 of text input, 256 in the output). Please reduce the length of either one, "
        "or use the context-compression plugin to compress your prompt automatically.",
        400,
    ),
    "mid-stream-error": broken_off("The answer to your question is ", "APIError: Provider disconnected"),
    "error-in-200": error_in_200,
    "cut-after-first-token": cut_after_first_token,
    "reset-mid-stream": broken_off("The first half arrives, the second ", "APIConnectionError: Connection error."),
    "stall-mid-stream": stall_mid_stream,
    "no-done": answered("Nobody says when I am done."),
    "linger-after-done": answered("I am done, but I stay."),
    "html-502": refused("InternalServerError: Error code: 502", 502, True),
    "empty-body": empty_body,
    "usage-empty-choices": usage_empty_choices,
    "tool-call-then-answer": tool_calls(["Paris"], "It is sunny in Paris."),
    "parallel-tool-calls": tool_calls(["Paris", "Tokyo"], "It is sunny in Paris and rains in Tokyo."),
    "reasoning": reasoning,
    "refusal": refusal,
    "length": answered("There are several reasons for this, of which the first is that", finish="length"),
    "warmup-no-content": answered(""),
}

if __name__ == "__main__":
    main("openai", CHECKS)
