"""What Anthropic's SDK makes of built-in scenarios on /messages. Usage: anthropic_scenarios.py [SCENARIO…].

The client has the SDK's own settings: two retries, and none once a stream has begun.
"""

import anthropic
from checking import TIMEOUT_SECONDS, api_key, expect
from scenarios import QUESTION, attempts, main

MODEL = "anthropic/claude-sonnet-4.5"


def seen_by(case, timeout):
    """What the application sees: text, stop reason, kinds of content, error; and the statuses of all attempts."""
    seen = {"text": "", "stop": None, "blocks": None, "error": None}
    client = anthropic.Anthropic(base_url=case.root, auth_token=api_key(), timeout=timeout)
    try:
        with client.messages.stream(model=MODEL, max_tokens=100, messages=QUESTION) as stream:
            for event in stream:
                if event.type == "text":
                    seen["text"] += event.text
                elif event.type == "message_stop":
                    seen["stop"] = event.message.stop_reason
                    seen["blocks"] = [block.type for block in event.message.content]
    # What ends a stream in the middle is the error of the library below, whose name differs by version.
    except Exception as error:
        seen["error"] = type(error).__name__
    entries = case.journal()
    seen["statuses"], waits = attempts(entries)
    return seen, waits


def check(
    text="", stop=None, blocks=None, error=None, statuses=(200,), timeout=TIMEOUT_SECONDS, least_wait=0
):
    expected = {"text": text, "stop": stop, "blocks": blocks, "error": error, "statuses": list(statuses)}

    def run(case):
        seen, waits = seen_by(case, timeout)
        expect(seen == expected, f"{seen!r} and not {expected!r}")
        expect(all(wait >= least_wait for wait in waits), f"waited {waits!r}")
        return seen

    return run


CHECKS = {
    "ok": check("Everything is fine.", "end_turn", ["text"]),
    "rate-limited-then-ok": check("Thanks for waiting.", "end_turn", ["text"], statuses=[429, 200], least_wait=1),
    "all-providers-down": check(error="InternalServerError", statuses=[502] * 3),
    "html-502": check(error="InternalServerError", statuses=[502] * 3),
    "invalid-key": check(error="AuthenticationError", statuses=[401]),
    "out-of-credits": check(error="PaymentRequiredError", statuses=[402]),
    "mid-stream-error": check("The answer to your question is ", error="APIStatusError"),
    "reset-mid-stream": check("The first half arrives, the second ", error="ReadError"),
    "cut-after-first-token": check("Only", error="RemoteProtocolError"),
    "stall-mid-stream": check("Let me think about ", error="ReadTimeout", timeout=5),
    "reasoning": check("There are twelve tiles.", "end_turn", ["thinking", "text"]),
    "tool-call-then-answer": check(stop="tool_use", blocks=["tool_use"]),
    "refusal": check("I cannot help with that.", "refusal", ["text"]),
    "length": check("There are several reasons for this, of which the first is that", "max_tokens", ["text"]),
}

if __name__ == "__main__":
    main("anthropic", CHECKS)
