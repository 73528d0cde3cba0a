"""The anthropic SDK's messages stream, raw events; fuzz with --api messages."""
import sys

import anthropic

from shared import LIMIT, MESSAGES, PARAMETERS, run

TOOLS = [{"name": "get_weather", "description": "Weather", "input_schema": PARAMETERS}]


def answer():
    client = anthropic.Anthropic(timeout=LIMIT, max_retries=0)
    text, calls, stopped = "", {}, False
    stream = client.messages.create(
        model="anthropic/claude-sonnet-4.6", max_tokens=200, messages=MESSAGES, tools=TOOLS, stream=True
    )
    for event in stream:
        if event.type == "content_block_start" and event.content_block.type == "tool_use":
            calls[event.index] = {"name": event.content_block.name, "arguments": ""}
        elif event.type == "content_block_delta" and event.delta.type == "text_delta":
            text += event.delta.text
        elif event.type == "content_block_delta" and event.delta.type == "input_json_delta":
            calls[event.index]["arguments"] += event.delta.partial_json
        elif event.type == "message_stop":
            stopped = True
    if not stopped:
        raise RuntimeError("the answer is not complete")
    return text, [calls[index] for index in sorted(calls)]


sys.exit(run(answer))
