"""Checks the API as Pydantic AI sees it. Usage: pydantic_ai_sdk.py [CHECK…]; see CHECKS at the end."""

import asyncio

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
    Forecast,
    api_key,
    base_url,
    expect,
    main,
)
from pydantic_ai import Agent, NativeOutput
from pydantic_ai.exceptions import ModelHTTPError
from pydantic_ai.messages import FunctionToolCallEvent, FunctionToolResultEvent, PartDeltaEvent, TextPartDelta
from pydantic_ai.models.openrouter import OpenRouterModel
from pydantic_ai.providers.openrouter import OpenRouterProvider


def agent(model=MODEL, key=None, **options):
    client = openai.AsyncOpenAI(
        base_url=base_url(), api_key=key or api_key(), max_retries=0, timeout=TIMEOUT_SECONDS
    )
    return Agent(OpenRouterModel(model, provider=OpenRouterProvider(openai_client=client)), **options)


def prompt(messages):
    return messages[0]["content"]


def chat():
    result = agent().run_sync(prompt(CHAT_QUESTION))
    response = result.response
    expect(result.output, "no output")
    expect(response.finish_reason == "stop", f"finish_reason is {response.finish_reason!r}")
    expect(response.provider_response_id.startswith("gen-"), f"id is {response.provider_response_id!r}")
    return {**metering(response), "id": response.provider_response_id, "output": result.output}


def stream():
    whole = agent().run_sync(prompt(STREAM_QUESTION)).output
    deltas, response = asyncio.run(streamed(prompt(STREAM_QUESTION)))
    expect(len(deltas) > 1, f"the text came in {len(deltas)} pieces")
    expect("".join(deltas) == whole, f"streamed {''.join(deltas)!r}, not streamed {whole!r}")
    return {**metering(response), "deltas": deltas}


async def streamed(question):
    async with agent().run_stream(question) as result:
        deltas = [delta async for delta in result.stream_text(delta=True, debounce_by=None)]
        return deltas, result.response


def tools():
    """The agent loop: both model turns are streamed, and the agent calls the function in between."""
    calls = []
    weather_agent = agent()

    @weather_agent.tool_plain
    def get_weather(location: str, unit: str) -> dict:
        """The current weather at a place."""
        calls.append({"location": location, "unit": unit})
        return WEATHER

    events = asyncio.run(all_events(weather_agent, prompt(WEATHER_QUESTION)))
    called = [event for event in events if isinstance(event, FunctionToolCallEvent)]
    answered = [event for event in events if isinstance(event, FunctionToolResultEvent)]
    expect(calls, "the agent did not call the function")
    expect(len(called) == len(answered) == len(calls), f"{len(called)} calls and {len(answered)} results: {calls!r}")
    texts = [event.delta for event in events if isinstance(event, PartDeltaEvent)]
    expect(any(isinstance(delta, TextPartDelta) for delta in texts), "no streamed text after the tool's result")
    result = events[-1].result
    expect(result.output, "no output")
    expect(result.usage.requests == 2, f"usage is {result.usage!r}")
    return {"calls": calls, "output": result.output}


async def all_events(weather_agent, question):
    async with weather_agent.run_stream_events(question) as events:
        return [event async for event in events]


def json_schema():
    forecast = agent(output_type=NativeOutput(Forecast)).run_sync(prompt(FORECAST_QUESTION)).output
    expect(isinstance(forecast, Forecast), f"not a forecast: {forecast!r}")
    return {"forecast": forecast.model_dump()}


def errors():
    unknown = raised(400, model=UNKNOWN_MODEL)
    wrong = raised(400, model_settings={"temperature": 9})
    expect(unknown.body["message"] == f"{UNKNOWN_MODEL} is not a valid model ID", f"body is {unknown.body!r}")
    expect("temperature" in wrong.body["message"], f"does not name the field: {wrong.body!r}")
    return {"errors": [unknown.body, wrong.body]}


def refused():
    """An unknown key; only --auth strict knows which ones those are."""
    return {"error": raised(401, key="sk-or-v1-unknown").body}


def raised(status, **options):
    """The error that a run ends with."""
    try:
        agent(**options).run_sync(prompt(REFUSED_QUESTION))
    except ModelHTTPError as error:
        expect(error.status_code == status, f"{status} was expected: {error!r}")
        return error
    raise AssertionError(f"no error for {options!r}")


def metering(response):
    """Tokens and cost of a model's answer."""
    cost = response.provider_details["cost"]
    expect(cost > 0, f"cost is {cost!r}")
    expect(response.usage.output_tokens > 0, f"usage is {response.usage!r}")
    usage = response.usage
    return {"input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens, "cost": cost}


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
