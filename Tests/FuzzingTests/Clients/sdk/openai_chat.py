"""The openai SDK's chat stream, used as its documentation shows, with care for what a caller can care for."""
import os
import sys

import openai

from shared import LIMIT, MESSAGES, TOOLS, run


def answer():
    client = openai.OpenAI(timeout=LIMIT, max_retries=0)
    text, calls, reason = "", {}, None
    stream = client.chat.completions.create(model="openai/gpt-4.1-mini", messages=MESSAGES, tools=TOOLS, stream=True)
    for chunk in stream:
        for choice in chunk.choices or []:
            delta = choice.delta
            if delta is not None:
                text += delta.content or ""
                for fragment in delta.tool_calls or []:
                    call = calls.setdefault(fragment.index or 0, {"name": "", "arguments": ""})
                    if fragment.function is not None:
                        call["name"] = call["name"] or fragment.function.name or ""
                        call["arguments"] += fragment.function.arguments or ""
            reason = choice.finish_reason or reason
    # The SDK does not tell whether it saw [DONE].
    if reason is None or reason == "error":
        raise RuntimeError(f"the answer is not complete: {reason}")
    return text, [calls[index] for index in sorted(calls)]


sys.exit(run(answer))
