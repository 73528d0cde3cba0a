"""Checks the API as OpenRouter's own SDK sees it. Usage: openrouter_sdk.py [CHECK…]; see CHECKS at the end.

This SDK validates every answer against the published schema, so an answer that it reads is complete.
"""

import os

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
from openrouter import OpenRouter
from openrouter.errors import BadRequestResponseError, OpenRouterError, UnauthorizedResponseError


def client(key):
    # A retry configuration of None switches retries off; without one, 5xx is retried for an hour.
    return OpenRouter(api_key=key, server_url=base_url(), retry_config=None, timeout_ms=TIMEOUT_SECONDS * 1000)


def ask(messages, **options):
    with client(api_key()) as sdk:
        return sdk.chat.send(model=MODEL, messages=messages, **options)


def chat():
    answer = ask(CHAT_QUESTION)
    expect_metered(answer)
    choice = answer.choices[0]
    expect(choice.finish_reason == "stop", f"finish_reason is {choice.finish_reason!r}")
    expect(choice.message.content, "no content")
    return {**metering(answer), "content": choice.message.content}


def stream():
    whole = ask(STREAM_QUESTION).choices[0].message.content
    with client(api_key()) as sdk, sdk.chat.send(model=MODEL, messages=STREAM_QUESTION, stream=True) as events:
        chunks = list(events)
    failures = [chunk.error for chunk in chunks if chunk.error]
    choices = [chunk.choices[0] for chunk in chunks if chunk.choices]
    deltas = [choice.delta.content for choice in choices if choice.delta.content]
    reasons = [choice.finish_reason for choice in choices if choice.finish_reason]
    expect(not failures, f"errors in the stream: {failures!r}")
    expect("".join(deltas) == whole, f"streamed {''.join(deltas)!r}, not streamed {whole!r}")
    expect(set(reasons) == {"stop"}, f"finish reasons are {reasons!r}")
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
    schema = {"name": "forecast", "strict": True, "schema": Forecast.model_json_schema()}
    answer = ask(FORECAST_QUESTION, response_format={"type": "json_schema", "json_schema": schema})
    content = answer.choices[0].message.content
    Forecast.model_validate_json(content)
    return {**metering(answer), "content": content}


def models():
    with client(api_key()) as sdk:
        listing = sdk.models.list().result
    ids = [model.id for model in listing.data]
    expect(MODEL in ids, f"{MODEL} is not among {len(ids)} models")
    expect(listing.total_count == len(ids), f"total_count is {listing.total_count}, but {len(ids)} are listed")
    return {"ids": ids}


def errors():
    no_key = raised(None, model=MODEL)
    unknown = raised(api_key(), model=UNKNOWN_MODEL)
    wrong = raised(api_key(), model=MODEL, temperature=9)
    expect(type(no_key) is UnauthorizedResponseError, f"without a key: {no_key!r}")
    expect(type(unknown) is BadRequestResponseError, f"unknown model: {unknown!r}")
    expect(type(wrong) is BadRequestResponseError, f"wrong field: {wrong!r}")
    expect(unknown.message == f"{UNKNOWN_MODEL} is not a valid model ID", unknown.message)
    expect("temperature" in wrong.message, f"does not name the field: {wrong.message}")
    for error in (no_key, unknown, wrong):
        expect(error.data.error.code == error.status_code, f"code and status differ: {error.body}")
    return {"errors": [error.body for error in (no_key, unknown, wrong)]}


def raised(key, **options):
    """The error that a chat request ends with."""
    known = os.environ.pop("OPENROUTER_API_KEY")  # Without a key the SDK would look for one here.
    try:
        with client(key) as sdk:
            sdk.chat.send(messages=REFUSED_QUESTION, **options)
    except OpenRouterError as error:
        return error
    finally:
        os.environ["OPENROUTER_API_KEY"] = known
    raise AssertionError(f"no error for {options!r}")


def account():
    """GET /key and /credits through the SDK, which wants every member that the schema requires."""
    with client(api_key()) as sdk:
        key, balance = sdk.api_keys.get_current_key_metadata().data, sdk.credits.get_credits().data
    return {"label": key.label, "usage": key.usage, "total_credits": balance.total_credits}


CHECKS = {
    "chat": chat,
    "stream": stream,
    "tools": tools,
    "json_schema": json_schema,
    "models": models,
    "errors": errors,
    "key": key_and_credits,
    "account": account,
}

if __name__ == "__main__":
    main(CHECKS)
