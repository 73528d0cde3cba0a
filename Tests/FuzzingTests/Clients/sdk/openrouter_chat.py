"""The openrouter SDK's chat stream."""
import os
import sys

from openrouter import OpenRouter

from shared import LIMIT, MESSAGES, TOOLS, run


def answer():
    text, calls, reason = "", {}, None
    with OpenRouter(
        api_key=os.environ["OPENROUTER_API_KEY"], server_url=os.environ["OPENROUTER_BASE_URL"],
        timeout_ms=int(LIMIT * 1000), retry_config=None,
    ) as client:
        stream = client.chat.send(model="openai/gpt-4.1-mini", messages=MESSAGES, tools=TOOLS, stream=True)
        for chunk in stream:
            if getattr(chunk, "error", None):
                raise RuntimeError(f"error in the stream: {chunk.error}")
            for choice in chunk.choices or []:
                content = choice.delta.content
                text += content if isinstance(content, str) else ""
                for fragment in choice.delta.tool_calls or []:
                    call = calls.setdefault(int(fragment.index), {"name": "", "arguments": ""})
                    if fragment.function is not None:
                        call["name"] = call["name"] or fragment.function.name or ""
                        call["arguments"] += fragment.function.arguments or ""
                reason = choice.finish_reason or reason
    if reason is None or reason == "error":
        raise RuntimeError(f"the answer is not complete: {reason}")
    return text, [calls[index] for index in sorted(calls)]


sys.exit(run(answer))
