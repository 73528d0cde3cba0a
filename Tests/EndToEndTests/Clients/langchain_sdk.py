"""Checks the API as langchain-openrouter sees it. Usage: langchain_sdk.py [CHECK…]; see CHECKS at the end."""

import json
import os

os.environ["LANGSMITH_TRACING"] = "false"

from checking import (  # noqa: E402
    CHAT_QUESTION,
    FORECAST_QUESTION,
    MODEL,
    REFUSED_QUESTION,
    STREAM_QUESTION,
    TIMEOUT_SECONDS,
    UNKNOWN_MODEL,
    WEATHER,
    WEATHER_QUESTION,
    Forecast,
    WeatherArguments,
    api_key,
    base_url,
    expect,
    main,
)
from langchain_core.messages import HumanMessage, ToolMessage  # noqa: E402
from langchain_core.tools import tool  # noqa: E402
from langchain_openrouter import ChatOpenRouter  # noqa: E402
from openrouter.errors import BadRequestResponseError, UnauthorizedResponseError  # noqa: E402


@tool(args_schema=WeatherArguments)
def get_weather(location, unit):
    """The current weather at a place."""
    return json.dumps(WEATHER)


def model(**options):
    settings = {"model": MODEL, "api_key": api_key(), **options}
    return ChatOpenRouter(base_url=base_url(), timeout=TIMEOUT_SECONDS * 1000, max_retries=0, **settings)


def chat():
    answer = model().invoke(CHAT_QUESTION)
    expect(answer.response_metadata["finish_reason"] == "stop", f"metadata is {answer.response_metadata!r}")
    expect(answer.text, "no content")
    return {**metering(answer), "content": answer.text}


def stream():
    whole = model().invoke(STREAM_QUESTION).text
    chunks = list(model().stream(STREAM_QUESTION))
    deltas = [chunk.text for chunk in chunks if chunk.text]
    expect("".join(deltas) == whole, f"streamed {''.join(deltas)!r}, not streamed {whole!r}")
    metered = [chunk for chunk in chunks if chunk.usage_metadata]
    expect(len(metered) == 1, f"{len(metered)} chunks with usage")
    return {**metering(metered[0]), "deltas": deltas}


def tools():
    """The call and the text that follows its result are both streamed."""
    question = HumanMessage(WEATHER_QUESTION[0]["content"])
    asked = streamed(model().bind_tools([get_weather], tool_choice="required"), [question])
    expect(len(asked.tool_calls) == 1, f"tool calls are {asked.tool_calls!r}")
    call = asked.tool_calls[0]
    result = get_weather.invoke(call)
    expect(isinstance(result, ToolMessage), f"the tool gave {result!r}")
    answered = streamed(model().bind_tools([get_weather]), [question, asked, result])
    expect(not answered.tool_calls, f"called again: {answered.tool_calls!r}")
    expect(answered.text, "no text after the tool's result")
    return {"call": call["id"], "arguments": call["args"], "content": answered.text}


def streamed(runnable, messages):
    chunks = list(runnable.stream(messages))
    whole = chunks[0]
    for chunk in chunks[1:]:
        whole += chunk
    return whole


def json_schema():
    forecast = model().with_structured_output(Forecast, method="json_schema", strict=True).invoke(FORECAST_QUESTION)
    expect(isinstance(forecast, Forecast), f"not a forecast: {forecast!r}")
    return {"forecast": forecast.model_dump()}


def errors():
    unknown = raised(BadRequestResponseError, model=UNKNOWN_MODEL)
    wrong = raised(BadRequestResponseError, temperature=9)
    expect(unknown.message == f"{UNKNOWN_MODEL} is not a valid model ID", unknown.message)
    expect("temperature" in wrong.message, f"does not name the field: {wrong.message}")
    return {"errors": [unknown.message, wrong.message]}


def refused():
    """An unknown key; only --auth strict knows which ones those are."""
    error = raised(UnauthorizedResponseError, api_key="sk-or-v1-unknown")
    return {"error": error.message}


def raised(kind, **options):
    """The error that a chat request ends with."""
    try:
        model(**options).invoke(REFUSED_QUESTION)
    except kind as error:
        return error
    raise AssertionError(f"no error for {options!r}")


def metering(message):
    """Tokens and cost of an answer, or of the last chunk of one."""
    usage, cost = message.usage_metadata, message.response_metadata["cost"]
    expect(cost > 0, f"cost is {cost!r}")
    tokens = usage["input_tokens"] + usage["output_tokens"]
    expect(usage["total_tokens"] == tokens, f"usage does not add up: {usage!r}")
    return {"input_tokens": usage["input_tokens"], "output_tokens": usage["output_tokens"], "cost": cost}


CHECKS = {
    "chat": chat,
    "stream": stream,
    "tools": tools,
    "json_schema": json_schema,
    "errors": errors,
    "refused": refused,
}

if __name__ == "__main__":
    main(CHECKS)
