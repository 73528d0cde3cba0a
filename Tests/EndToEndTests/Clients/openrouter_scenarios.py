"""What OpenRouter's own SDK makes of built-in scenarios. Usage: openrouter_scenarios.py [SCENARIO…].

Its retries are switched off: by default it asks again for up to an hour.
"""

from checking import MODEL, TIMEOUT_SECONDS, api_key, expect
from openrouter import OpenRouter
from scenarios import QUESTION, attempts, main


def seen_by(case, timeout):
    """What the application sees: text, finish reason, error in the stream, error raised; and all statuses."""
    seen = {"text": "", "finish": None, "in_band": None, "error": None}
    client = OpenRouter(
        api_key=api_key(), server_url=f"{case.root}/v1", retry_config=None, timeout_ms=timeout * 1000
    )
    try:
        with client as sdk, sdk.chat.send(model=MODEL, messages=QUESTION, stream=True) as events:
            for event in events:
                if event.error:
                    seen["in_band"] = f"{event.error.code}: {event.error.message}"
                for choice in event.choices:
                    seen["text"] += choice.delta.content or ""
                    seen["finish"] = choice.finish_reason or seen["finish"]
    # What ends a stream in the middle is the error of httpx.
    except Exception as error:
        seen["error"] = type(error).__name__
    seen["statuses"], _ = attempts(case.journal())
    return seen


def check(text="", finish=None, in_band=None, error=None, status=200, timeout=TIMEOUT_SECONDS):
    expected = {"text": text, "finish": finish, "in_band": in_band, "error": error, "statuses": [status]}

    def run(case):
        seen = seen_by(case, timeout)
        expect(seen == expected, f"{seen!r} and not {expected!r}")
        return seen

    return run


CHECKS = {
    "ok": check("Everything is fine.", "stop"),
    "rate-limited-then-ok": check(error="TooManyRequestsResponseError", status=429),
    "all-providers-down": check(error="BadGatewayResponseError", status=502),
    "html-502": check(error="OpenRouterDefaultError", status=502),
    "invalid-key": check(error="UnauthorizedResponseError", status=401),
    "out-of-credits": check(error="PaymentRequiredResponseError", status=402),
    "error-in-200": check(error="ResponseValidationError"),
    "mid-stream-error": check("The answer to your question is ", "error", "502: Provider disconnected"),
    "reset-mid-stream": check("The first half arrives, the second ", error="ReadError"),
    "cut-after-first-token": check("Only", error="RemoteProtocolError"),
    "stall-mid-stream": check("Let me think about ", error="ReadTimeout", timeout=5),
    "no-done": check("Nobody says when I am done.", "stop"),
    "length": check("There are several reasons for this, of which the first is that", "length"),
}

if __name__ == "__main__":
    main("openrouter", CHECKS)
