"""Checks /responses as the OpenAI SDK sees it. Usage: openai_responses.py [CHECK…]; see CHECKS at the end."""

import json

import openai
from checking import (
    CHAT_QUESTION,
    FORECAST_QUESTION,
    MODEL,
    REFUSED_QUESTION,
    STREAM_QUESTION,
    TIMEOUT_SECONDS,
    UNKNOWN_MODEL,
    WEATHER,
    WEATHER_QUESTION,
    WEATHER_TOOL,
    Forecast,
    WeatherArguments,
    api_key,
    base_url,
    expect,
    main,
)

REASONING_MODEL = "openai/gpt-5.5"
REASONING_QUESTION = [{"role": "user", "content": "Which is larger, 9.11 or 9.9? Think first."}]
TOOL = {"type": "function", "strict": True, **WEATHER_TOOL["function"]}


def client(key=None):
    return openai.OpenAI(base_url=base_url(), api_key=key or api_key(), max_retries=0, timeout=TIMEOUT_SECONDS)


def create(items, **options):
    return client().responses.create(**{"model": MODEL, "input": items, **options})


def response():
    answer = create(CHAT_QUESTION)
    expect(answer.output_text, "no text")
    return {**metering(answer), "text": answer.output_text}


def stream():
    """The SDK puts the streamed response together and compares snapshots on the way."""
    whole = create(STREAM_QUESTION).output_text
    with client().responses.stream(model=MODEL, input=STREAM_QUESTION) as events:
        seen = list(events)
        final = events.get_final_response()
    expect_numbered(seen)
    deltas = [event.delta for event in seen if event.type == "response.output_text.delta"]
    expect("".join(deltas) == whole, f"streamed {''.join(deltas)!r}, not streamed {whole!r}")
    expect(final.output_text == whole, f"the final response says {final.output_text!r}")
    return {**metering(final), "deltas": deltas}


def raw_stream():
    """The events as sent, without the SDK's own ones."""
    seen = list(create(STREAM_QUESTION, stream=True, max_output_tokens=5000))
    expect_numbered(seen)
    types = [event.type for event in seen]
    expect(types[:2] == ["response.created", "response.in_progress"], f"begins with {types[:2]!r}")
    expect(types[-1] == "response.completed", f"ends with {types[-1]!r}")
    return {**metering(seen[-1].response), "types": types}


def tools():
    """The call and the text that follows its result are both streamed."""
    asked = streamed(WEATHER_QUESTION, tools=[TOOL], tool_choice="required")
    calls = [item for item in asked.output if item.type == "function_call"]
    expect(len(calls) == 1, f"calls are {calls!r}")
    call = calls[0]
    expect(call.name == "get_weather" and call.call_id and call.status == "completed", f"the call is {call!r}")
    WeatherArguments.model_validate_json(call.arguments)
    result = {"type": "function_call_output", "call_id": call.call_id, "output": json.dumps(WEATHER)}
    items = [*WEATHER_QUESTION, call.model_dump(mode="json", include=CALL_MEMBERS), result]
    answered = streamed(items, tools=[TOOL])
    expect(answered.output_text, "no text after the tool's result")
    return {"call": call.call_id, "arguments": call.arguments, "text": answered.output_text}


CALL_MEMBERS = {"type", "id", "call_id", "name", "arguments", "status"}


def streamed(items, **options):
    with client().responses.stream(model=MODEL, input=items, **options) as events:
        return events.get_final_response()


def reasoning():
    answer = create(REASONING_QUESTION, model=REASONING_MODEL, reasoning={"effort": "low", "summary": "auto"})
    items = [item for item in answer.output if item.type == "reasoning"]
    expect(len(items) == 1, f"reasoning items are {items!r}")
    tokens = answer.usage.output_tokens_details.reasoning_tokens
    expect(0 < tokens <= answer.usage.output_tokens, f"usage is {answer.usage!r}")
    return {**metering(answer), "reasoning_tokens": tokens, "text": answer.output_text}


def json_schema():
    answer = client().responses.parse(model=MODEL, input=FORECAST_QUESTION, text_format=Forecast)
    expect(isinstance(answer.output_parsed, Forecast), f"not parsed: {answer.output_text!r}")
    return {**metering(answer), "forecast": answer.output_parsed.model_dump()}


def errors():
    refused = raised(openai.AuthenticationError, key="sk-or-v1-unknown")
    unknown = raised(openai.BadRequestError, model=UNKNOWN_MODEL)
    wrong = raised(openai.BadRequestError, temperature=9)
    expect(unknown.body["message"] == f"{UNKNOWN_MODEL} is not a valid model ID", f"body is {unknown.body!r}")
    expect("temperature" in wrong.body["message"], f"does not name the field: {wrong.body!r}")
    return {"errors": [error.body for error in (refused, unknown, wrong)]}


def raised(kind, key=None, **options):
    """The error that a request ends with."""
    try:
        client(key).responses.create(**{"model": MODEL, "input": REFUSED_QUESTION, **options})
    except kind as error:
        return error
    raise AssertionError(f"no error for {options!r}")


def expect_numbered(events):
    numbers = [event.sequence_number for event in events]
    expect(numbers == list(range(len(numbers))), f"sequence numbers are {numbers!r}")


def metering(answer):
    """The part of a completed response that its recording must give back."""
    usage = answer.usage
    expect(answer.status == "completed", f"status is {answer.status!r}")
    expect(answer.model.split(":")[0].startswith("openai/"), f"model is {answer.model!r}")
    expect(usage.cost > 0, f"cost is {usage.cost!r}")
    expect(usage.total_tokens == usage.input_tokens + usage.output_tokens, f"usage does not add up: {usage!r}")
    return {
        "id": answer.id,
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cost": usage.cost,
    }


CHECKS = {
    "response": response,
    "stream": stream,
    "raw_stream": raw_stream,
    "tools": tools,
    "reasoning": reasoning,
    "json_schema": json_schema,
    "errors": errors,
}

if __name__ == "__main__":
    main(CHECKS)
