"""Checks /messages as Anthropic's SDK sees it. Usage: anthropic_sdk.py [CHECK…]; see CHECKS at the end."""

import json

import anthropic
from checking import (
    CHAT_QUESTION,
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

MODEL = "anthropic/claude-sonnet-4.5"
MAX_TOKENS = 4000
THINKING_QUESTION = [{"role": "user", "content": "Which is larger, 9.11 or 9.9? Think first."}]
BY_API_KEY_QUESTION = [{"role": "user", "content": "Why is snow white?"}]
TOOL = {
    "name": WEATHER_TOOL["function"]["name"],
    "description": WEATHER_TOOL["function"]["description"],
    "input_schema": WEATHER_TOOL["function"]["parameters"],
}


def client(**credentials):
    # The SDK adds /v1 itself. OpenRouter documents the bearer token for it.
    return anthropic.Anthropic(
        base_url=base_url().removesuffix("/v1"),
        max_retries=0,
        timeout=TIMEOUT_SECONDS,
        **(credentials or {"auth_token": api_key()}),
    )


def create(messages, sdk=None, **options):
    options = {"model": MODEL, "max_tokens": MAX_TOKENS, **options}
    return (sdk or client()).messages.create(messages=messages, **options)


def message():
    answer = create(CHAT_QUESTION)
    expect(answer.type == "message" and answer.role == "assistant", f"the answer is {answer!r}")
    expect(answer.stop_reason == "end_turn", f"stop_reason is {answer.stop_reason!r}")
    expect(answer.usage.cost > 0, f"cost is {answer.usage.cost!r}")
    return {**metering(answer), "cost": answer.usage.cost, "text": text(answer)}


def stream():
    """The SDK puts the streamed message together on the way."""
    whole = text(create(STREAM_QUESTION))
    with client().messages.stream(model=MODEL, max_tokens=MAX_TOKENS, messages=STREAM_QUESTION) as events:
        deltas = list(events.text_stream)
        final = events.get_final_message()
    expect("".join(deltas) == whole, f"streamed {''.join(deltas)!r}, not streamed {whole!r}")
    expect(text(final) == whole, f"the final message says {text(final)!r}")
    expect(final.stop_reason == "end_turn", f"stop_reason is {final.stop_reason!r}")
    return {**metering(final), "deltas": deltas}


def raw_stream():
    """The events as sent."""
    seen = list(create(STREAM_QUESTION, stream=True, max_tokens=MAX_TOKENS + 1))
    types = [event.type for event in seen]
    expect(types[0] == "message_start", f"begins with {types[0]!r}")
    expect(types[-2:] == ["message_delta", "message_stop"], f"ends with {types[-2:]!r}")
    starts = [event.index for event in seen if event.type == "content_block_start"]
    stops = [event.index for event in seen if event.type == "content_block_stop"]
    expect(starts == stops == list(range(len(starts))), f"blocks start {starts!r} and stop {stops!r}")
    usage = seen[-2].usage
    expect(usage.cost > 0, f"cost is {usage.cost!r}")
    return {"types": types, "usage": usage.model_dump(mode="json")}


def tools():
    """The call and the text that follows its result are both streamed."""
    asked = streamed(WEATHER_QUESTION, tools=[TOOL], tool_choice={"type": "any"})
    expect(asked.stop_reason == "tool_use", f"stop_reason is {asked.stop_reason!r}")
    calls = [block for block in asked.content if block.type == "tool_use"]
    expect(len(calls) == 1, f"calls are {calls!r}")
    call = calls[0]
    expect(call.id and call.name == "get_weather", f"the call is {call!r}")
    WeatherArguments.model_validate(call.input)
    result = {"type": "tool_result", "tool_use_id": call.id, "content": json.dumps(WEATHER)}
    turns = [
        *WEATHER_QUESTION,
        {"role": "assistant", "content": asked.content},
        {"role": "user", "content": [result]},
    ]
    answered = streamed(turns, tools=[TOOL])
    expect(answered.stop_reason == "end_turn", f"stop_reason is {answered.stop_reason!r}")
    return {"call": call.id, "input": call.input, "text": text(answered)}


def thinking():
    """Thought and text come in blocks of their own, and the thought can go back with its signature."""
    options = {"thinking": {"type": "enabled", "budget_tokens": 2000}}
    answer = streamed(THINKING_QUESTION, **options)
    kinds = [block.type for block in answer.content]
    expect(kinds == ["thinking", "text"], f"blocks are {kinds!r}")
    thought = answer.content[0]
    expect(thought.thinking and thought.signature, f"the thought is {thought!r}")
    follow_up = {"role": "user", "content": "Are you sure?"}
    sure = create([*THINKING_QUESTION, {"role": "assistant", "content": answer.content}, follow_up], **options)
    return {**metering(answer), "thinking": thought.thinking, "text": text(answer), "follow_up": text(sure)}


def streamed(messages, **options):
    options = {"model": MODEL, "max_tokens": MAX_TOKENS, **options}
    with client().messages.stream(messages=messages, **options) as events:
        return events.get_final_message()


def by_api_key():
    """The SDK's own way to say who asks, in x-api-key."""
    return {"text": text(create(BY_API_KEY_QUESTION, sdk=client(api_key=api_key())))}


def errors():
    refused = raised(anthropic.AuthenticationError, sdk=client(auth_token="sk-or-v1-unknown"))
    unknown = raised(anthropic.BadRequestError, model=UNKNOWN_MODEL)
    wrong = raised(anthropic.BadRequestError, extra_body={"temperature": 9})
    # The documented envelope of this API, with Anthropic's names for the kinds.
    expect(refused.body["error"]["type"] == "authentication_error", f"body is {refused.body!r}")
    for error in (unknown, wrong):
        expect(error.body["type"] == "error", f"body is {error.body!r}")
        expect(error.body["error"]["type"] == "invalid_request_error", f"body is {error.body!r}")
    expect(UNKNOWN_MODEL in unknown.body["error"]["message"], f"body is {unknown.body!r}")
    expect("temperature" in wrong.body["error"]["message"], f"does not name the field: {wrong.body!r}")
    return {"errors": [error.body for error in (refused, unknown, wrong)]}


def raised(kind, **options):
    """The error that a request ends with."""
    try:
        create(REFUSED_QUESTION, **options)
    except kind as error:
        return error
    raise AssertionError(f"no error for {options!r}")


def text(answer):
    whole = "".join(block.text for block in answer.content if block.type == "text")
    expect(whole, f"no text in {answer.content!r}")
    return whole


def metering(answer):
    """The part of a message that its recording must give back.

    The SDK leaves the cost out of messages that it puts together from a stream.
    """
    usage = answer.usage
    expect(answer.model.startswith("anthropic/claude-"), f"model is {answer.model!r}")
    expect(usage.input_tokens > 0 and usage.output_tokens > 0, f"usage is {usage!r}")
    return {"id": answer.id, "input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens}


CHECKS = {
    "message": message,
    "stream": stream,
    "raw_stream": raw_stream,
    "tools": tools,
    "thinking": thinking,
    "by_api_key": by_api_key,
    "errors": errors,
}

if __name__ == "__main__":
    main(CHECKS)
