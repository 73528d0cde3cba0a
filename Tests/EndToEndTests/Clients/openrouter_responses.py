"""Checks /responses as OpenRouter's own SDK sees it. Usage: openrouter_responses.py [CHECK…]; see CHECKS at the end.

This SDK validates every answer and event against the published schema, so an answer that it reads is complete.
"""

import json

from checking import (
    CHAT_QUESTION,
    MODEL,
    REFUSED_QUESTION,
    STREAM_QUESTION,
    TIMEOUT_SECONDS,
    UNKNOWN_MODEL,
    WEATHER,
    WEATHER_QUESTION,
    WEATHER_TOOL,
    WeatherArguments,
    api_key,
    base_url,
    expect,
    main,
)
from openrouter import OpenRouter
from openrouter.errors import BadRequestResponseError, UnauthorizedResponseError

TOOL = {"type": "function", "strict": True, **WEATHER_TOOL["function"]}


def client(key=None):
    return OpenRouter(
        api_key=key or api_key(), server_url=base_url(), retry_config=None, timeout_ms=TIMEOUT_SECONDS * 1000
    )


def send(items, **options):
    with client() as sdk:
        return sdk.responses.send(model=MODEL, input=items, **options)


def response():
    answer = send(CHAT_QUESTION)
    return {**metering(answer), "text": text(answer)}


def stream():
    whole = text(send(STREAM_QUESTION))
    seen = events(STREAM_QUESTION)
    numbers = [event.sequence_number for event in seen]
    expect(numbers == list(range(len(numbers))), f"sequence numbers are {numbers!r}")
    deltas = [event.delta for event in seen if event.type == "response.output_text.delta"]
    expect("".join(deltas) == whole, f"streamed {''.join(deltas)!r}, not streamed {whole!r}")
    expect(seen[-1].type == "response.completed", f"ends with {seen[-1].type!r}")
    return {**metering(seen[-1].response), "types": [event.type for event in seen], "deltas": deltas}


def tools():
    """The call and the text that follows its result are both streamed."""
    asked = events(WEATHER_QUESTION, tools=[TOOL], tool_choice="required")
    done = [event for event in asked if event.type == "response.function_call_arguments.done"]
    calls = [item for item in asked[-1].response.output if item.type == "function_call"]
    expect(len(calls) == len(done) == 1, f"calls are {calls!r}, events are {done!r}")
    call = calls[0]
    expect(call.name == "get_weather" and call.arguments == done[0].arguments, f"the call is {call!r}")
    WeatherArguments.model_validate_json(call.arguments)
    made = {
        "type": "function_call",
        "id": call.id,
        "call_id": call.call_id,
        "name": call.name,
        "arguments": call.arguments,
    }
    result = {"type": "function_call_output", "call_id": call.call_id, "output": json.dumps(WEATHER)}
    answered = events([*WEATHER_QUESTION, made, result], tools=[TOOL])[-1].response
    return {"call": call.call_id, "arguments": call.arguments, "text": text(answered)}


def events(items, **options):
    with client() as sdk, sdk.responses.send(model=MODEL, input=items, stream=True, **options) as stream_events:
        return list(stream_events)


def errors():
    refused = raised(UnauthorizedResponseError, key="sk-or-v1-unknown", model=MODEL)
    unknown = raised(BadRequestResponseError, model=UNKNOWN_MODEL)
    wrong = raised(BadRequestResponseError, model=MODEL, temperature=9)
    expect(unknown.message == f"{UNKNOWN_MODEL} is not a valid model ID", unknown.message)
    expect("temperature" in wrong.message, f"does not name the field: {wrong.message}")
    return {"errors": [error.body for error in (refused, unknown, wrong)]}


def raised(kind, key=None, **options):
    """The error that a request ends with."""
    try:
        with client(key) as sdk:
            sdk.responses.send(input=REFUSED_QUESTION, **options)
    except kind as error:
        return error
    raise AssertionError(f"no error for {options!r}")


def text(answer):
    parts = [part.text for item in answer.output if item.type == "message" for part in item.content]
    expect("".join(parts), f"no text in {answer.output!r}")
    return "".join(parts)


def metering(answer):
    """The part of a completed response that its recording must give back."""
    usage = answer.usage
    expect(answer.status == "completed", f"status is {answer.status!r}")
    expect(usage.cost > 0, f"cost is {usage.cost!r}")
    expect(usage.total_tokens == usage.input_tokens + usage.output_tokens, f"usage does not add up: {usage!r}")
    return {
        "id": answer.id,
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cost": usage.cost,
    }


CHECKS = {"response": response, "stream": stream, "tools": tools, "errors": errors}

if __name__ == "__main__":
    main(CHECKS)
