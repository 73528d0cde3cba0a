"""The openai SDK's responses stream; fuzz with --api responses."""
import sys

import openai

from shared import LIMIT, PARAMETERS, run

TOOLS = [{"type": "function", "name": "get_weather", "parameters": PARAMETERS, "strict": False}]


def answer():
    client = openai.OpenAI(timeout=LIMIT, max_retries=0)
    text, calls, status = "", {}, None
    stream = client.responses.create(model="openai/gpt-4.1-mini", input="How is the weather?", tools=TOOLS, stream=True)
    for event in stream:
        if event.type == "response.output_text.delta":
            text += event.delta
        elif event.type == "response.output_item.added" and event.item.type == "function_call":
            calls[event.output_index] = {"name": event.item.name, "arguments": ""}
        elif event.type == "response.function_call_arguments.delta":
            calls[event.output_index]["arguments"] += event.delta
        elif event.type in ("response.failed", "error"):
            raise RuntimeError(f"the answer failed: {event}")
        elif event.type in ("response.completed", "response.incomplete"):
            status = event.type
    if status is None:
        raise RuntimeError("the answer is not complete")
    return text, [calls[index] for index in sorted(calls)]


sys.exit(run(answer))
