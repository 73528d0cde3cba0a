"""litellm's chat stream with its openrouter provider."""
import os
import sys

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # No call to the network for prices.
import litellm

litellm.suppress_debug_info = True  # Without it every error prints "Give Feedback" to standard output.

from shared import LIMIT, MESSAGES, TOOLS, run


def answer():
    text, calls, reason = "", {}, None
    stream = litellm.completion(
        model="openrouter/openai/gpt-4.1-mini", messages=MESSAGES, tools=TOOLS, stream=True, timeout=LIMIT,
        api_base=os.environ["OPENROUTER_BASE_URL"], api_key=os.environ["OPENROUTER_API_KEY"], num_retries=0, max_retries=0,
    )
    for chunk in stream:
        for choice in chunk.choices or []:
            text += choice.delta.content or ""
            for fragment in choice.delta.tool_calls or []:
                call = calls.setdefault(fragment.index or 0, {"name": "", "arguments": ""})
                call["name"] = call["name"] or fragment.function.name or ""
                call["arguments"] += fragment.function.arguments or ""
            reason = choice.finish_reason or reason
    if reason is None or reason == "error":
        raise RuntimeError(f"the answer is not complete: {reason}")
    return text, [calls[index] for index in sorted(calls)]


sys.exit(run(answer))
