"""Checks the API as the OpenAI SDK sees it. Usage: openai_sdk.py [CHECK…]; see CHECKS at the end."""

import openai
from checking import (
    CHAT_QUESTION,
    FORECAST_QUESTION,
    MODEL,
    REFUSED_QUESTION,
    STREAM_QUESTION,
    TIMEOUT_SECONDS,
    UNKNOWN_MODEL,
    WEATHER_QUESTION,
    WEATHER_TOOL,
    Forecast,
    api_key,
    base_url,
    expect,
    expect_metered,
    expect_weather_call,
    key_and_credits,
    main,
    metering,
    tool_exchange,
)


def client():
    return openai.OpenAI(base_url=base_url(), api_key=api_key(), max_retries=0, timeout=TIMEOUT_SECONDS)


def ask(messages, **options):
    return client().chat.completions.create(model=MODEL, messages=messages, **options)


def chat():
    answer = ask(CHAT_QUESTION)
    expect_metered(answer)
    choice = answer.choices[0]
    expect(choice.finish_reason == "stop", f"finish_reason is {choice.finish_reason!r}")
    expect(choice.message.role == "assistant", f"role is {choice.message.role!r}")
    expect(choice.message.content, "no content")
    return {**metering(answer), "content": choice.message.content}


def stream():
    whole = ask(STREAM_QUESTION).choices[0].message.content
    chunks = list(ask(STREAM_QUESTION, stream=True, stream_options={"include_usage": True}))
    choices = [chunk.choices[0] for chunk in chunks if chunk.choices]
    deltas = [choice.delta.content for choice in choices if choice.delta.content]
    reasons = [choice.finish_reason for choice in choices if choice.finish_reason]
    expect("".join(deltas) == whole, f"streamed {''.join(deltas)!r}, not streamed {whole!r}")
    expect(set(reasons) == {"stop"}, f"finish reasons are {reasons!r}")
    expect({chunk.id for chunk in chunks} == {chunks[0].id}, "the id changes within the stream")
    metered = [chunk for chunk in chunks if chunk.usage]
    expect(len(metered) == 1, f"{len(metered)} chunks with usage")
    expect_metered(metered[0])
    return {**metering(metered[0]), "deltas": deltas}


def tools():
    asked = ask(WEATHER_QUESTION, tools=[WEATHER_TOOL], tool_choice="required")
    call = expect_weather_call(asked.choices[0])
    answered = ask([*WEATHER_QUESTION, *tool_exchange(call)], tools=[WEATHER_TOOL])
    choice = answered.choices[0]
    expect(choice.finish_reason == "stop", f"finish_reason is {choice.finish_reason!r}")
    expect(choice.message.content, "no text after the tool's result")
    return {"call": call.id, "arguments": call.function.arguments, "content": choice.message.content}


def json_schema():
    answer = client().chat.completions.parse(model=MODEL, messages=FORECAST_QUESTION, response_format=Forecast)
    message = answer.choices[0].message
    expect(isinstance(message.parsed, Forecast), f"not parsed: {message.content!r}")
    return {**metering(answer), "content": message.content}


def models():
    ids = [model.id for model in client().models.list()]
    expect(MODEL in ids, f"{MODEL} is not among {len(ids)} models")
    expect(len(set(ids)) == len(ids), "an id is listed twice")
    return {"ids": ids}


def errors():
    no_key = raised(model=MODEL, extra_headers={"Authorization": openai.omit})
    unknown = raised(model=UNKNOWN_MODEL)
    wrong = raised(model=MODEL, temperature="hot")
    expect(type(no_key) is openai.AuthenticationError, f"without a key: {no_key!r}")
    expect(type(unknown) is openai.BadRequestError, f"unknown model: {unknown!r}")
    expect(type(wrong) is openai.BadRequestError, f"wrong field: {wrong!r}")
    expect(unknown.body["message"] == f"{UNKNOWN_MODEL} is not a valid model ID", unknown.body["message"])
    expect("temperature" in wrong.body["message"], f"does not name the field: {wrong.body['message']}")
    for error in (no_key, unknown, wrong):
        expect(error.body["code"] == error.status_code, f"code and status differ: {error!r}")
    return {"errors": [error.body for error in (no_key, unknown, wrong)]}


def raised(**options):
    """The error that a chat request ends with."""
    try:
        client().chat.completions.create(messages=REFUSED_QUESTION, **options)
    except openai.APIStatusError as error:
        return error
    raise AssertionError(f"no error for {options!r}")


CHECKS = {
    "chat": chat,
    "stream": stream,
    "tools": tools,
    "json_schema": json_schema,
    "models": models,
    "errors": errors,
    "key": key_and_credits,
}

if __name__ == "__main__":
    main(CHECKS)
