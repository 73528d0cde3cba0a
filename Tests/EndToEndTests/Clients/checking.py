"""What the checks of all clients share: the requests, the rules for answers, and the command line."""

import json
import os
import sys
import traceback
from typing import Literal

import httpx
from pydantic import BaseModel, ConfigDict

MODEL = "openai/gpt-4o-mini"
UNKNOWN_MODEL = "acme/imaginary-1"
# Generous: the tests share few cores with many others.
TIMEOUT_SECONDS = 120

# Each check asks something of its own, so that no check replays what another one recorded.
CHAT_QUESTION = [{"role": "user", "content": "Why is the sky blue? Answer in two or three sentences."}]
STREAM_QUESTION = [{"role": "user", "content": "Why is the sea salty? Answer in two or three sentences."}]
REFUSED_QUESTION = [{"role": "user", "content": "Why is the grass green?"}]
WEATHER_QUESTION = [{"role": "user", "content": "What is the weather in Paris, in celsius?"}]
FORECAST_QUESTION = [{"role": "user", "content": "Give me a forecast for Lisbon as JSON."}]

WEATHER_TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "The current weather at a place.",
        "parameters": {
            "type": "object",
            "properties": {
                "location": {"type": "string"},
                "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
            },
            "required": ["location", "unit"],
            "additionalProperties": False,
        },
    },
}
WEATHER = {"temperature": 18, "conditions": "sunny"}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class WeatherArguments(Strict):
    """The arguments that the schema of WEATHER_TOOL allows."""

    location: str
    unit: Literal["celsius", "fahrenheit"]


class Wind(Strict):
    speed: float
    direction: Literal["north", "east", "south", "west"]


class Forecast(Strict):
    city: str
    temperature: int
    rain: bool
    wind: Wind
    advice: list[str]


def base_url():
    return os.environ["OPENROUTER_BASE_URL"].rstrip("/")


def api_key():
    return os.environ["OPENROUTER_API_KEY"]


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def expect_metered(answer):
    """An answer, or the last chunk of one, says who it is and what it cost."""
    expect(answer.id.startswith("gen-"), f"id is {answer.id!r}")
    expect(answer.model.startswith(MODEL), f"model is {answer.model!r}")
    usage = answer.usage
    expect(usage is not None, "no usage")
    expect(usage.cost > 0, f"cost is {usage.cost!r}")
    expect(usage.total_tokens == usage.prompt_tokens + usage.completion_tokens, f"usage does not add up: {usage!r}")


def metering(answer):
    """The part of an answer that its recording must give back."""
    usage = answer.usage
    return {
        "id": answer.id,
        "model": answer.model,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "cost": usage.cost,
    }


def tool_exchange(call):
    """The two messages that answer a tool call."""
    function = {"name": call.function.name, "arguments": call.function.arguments}
    tool_call = {"id": call.id, "type": "function", "function": function}
    return [
        {"role": "assistant", "content": None, "tool_calls": [tool_call]},
        {"role": "tool", "tool_call_id": call.id, "content": json.dumps(WEATHER)},
    ]


def expect_weather_call(choice):
    """The one tool call of a choice, once it is as the schema of WEATHER_TOOL wants it."""
    expect(choice.finish_reason == "tool_calls", f"finish_reason is {choice.finish_reason!r}")
    expect(len(choice.message.tool_calls or []) == 1, f"tool calls are {choice.message.tool_calls!r}")
    call = choice.message.tool_calls[0]
    expect(call.id, "the tool call has no id")
    expect(call.function.name == "get_weather", f"the tool is {call.function.name!r}")
    WeatherArguments.model_validate_json(call.function.arguments)
    return call


def key_and_credits():
    """GET /key and /credits, as plain HTTP."""
    key, balance = _get_data("key"), _get_data("credits")
    expect(isinstance(key["label"], str), f"label is {key['label']!r}")
    expect(key["usage"] >= 0, f"usage is {key['usage']!r}")
    expect(balance["total_credits"] >= balance["total_usage"] >= 0, f"credits are {balance!r}")
    return {"key": key, "credits": balance}


def _get_data(path):
    headers = {"Authorization": f"Bearer {api_key()}"}
    answer = httpx.get(f"{base_url()}/{path}", headers=headers, timeout=TIMEOUT_SECONDS)
    expect(answer.status_code == 200, f"GET /{path} is {answer.status_code}: {answer.text}")
    return answer.json()["data"]


def main(checks):
    """Runs the checks named by the arguments, or all, and prints the result of each as a line of JSON.

    Exit status: 0 when all hold, 1 with a traceback on stderr for each that does not, 2 for an unknown name.
    """
    names = sys.argv[1:] or list(checks)
    if not set(names) <= set(checks):
        print(f"usage: {sys.argv[0]} [{'|'.join(checks)}]…", file=sys.stderr)
        sys.exit(2)
    os.environ["NO_PROXY"] = "*"  # The checks talk to this machine only.
    failed = False
    for name in names:
        try:
            print(json.dumps({"check": name, **checks[name]()}, ensure_ascii=False))
        except Exception:
            failed = True
            print(f"{sys.argv[0]} {name}:\n{traceback.format_exc()}", file=sys.stderr)
    sys.exit(failed)
