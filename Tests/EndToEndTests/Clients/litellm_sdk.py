"""Checks the API as LiteLLM sees it. Usage: litellm_sdk.py [CHECK…]; see CHECKS at the end."""

import os

# LiteLLM would fetch its price list from GitHub when it is imported.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

import litellm  # noqa: E402
from checking import (  # noqa: E402
    CHAT_QUESTION,
    MODEL,
    REFUSED_QUESTION,
    STREAM_QUESTION,
    TIMEOUT_SECONDS,
    UNKNOWN_MODEL,
    WEATHER_QUESTION,
    WEATHER_TOOL,
    api_key,
    base_url,
    expect,
    expect_metered,
    expect_weather_call,
    main,
    metering,
    tool_exchange,
)

litellm.telemetry = False
litellm.suppress_debug_info = True


def ask(messages, model=MODEL, key=None, **options):
    return litellm.completion(
        model=f"openrouter/{model}",
        messages=messages,
        api_base=base_url(),
        api_key=key or api_key(),
        num_retries=0,
        timeout=TIMEOUT_SECONDS,
        **options,
    )


def chat():
    answer = ask(CHAT_QUESTION)
    expect_metered(answer)
    choice = answer.choices[0]
    expect(choice.finish_reason == "stop", f"finish_reason is {choice.finish_reason!r}")
    expect(choice.message.content, "no content")
    # The cost is OpenRouter's and not one from LiteLLM's own price list.
    reported = answer._hidden_params["response_cost"]
    expect(reported == answer.usage.cost, f"LiteLLM reports {reported!r}, the answer cost {answer.usage.cost!r}")
    return {**metering(answer), "content": choice.message.content}


def stream():
    whole = ask(STREAM_QUESTION).choices[0].message.content
    chunks = list(ask(STREAM_QUESTION, stream=True, stream_options={"include_usage": True}))
    deltas = [choice.delta.content for chunk in chunks for choice in chunk.choices if choice.delta.content]
    reasons = [choice.finish_reason for chunk in chunks for choice in chunk.choices if choice.finish_reason]
    expect("".join(deltas) == whole, f"streamed {''.join(deltas)!r}, not streamed {whole!r}")
    expect(reasons == ["stop"], f"finish reasons are {reasons!r}")
    metered = [chunk for chunk in chunks if getattr(chunk, "usage", None)]
    expect(len(metered) == 1, f"{len(metered)} chunks with usage")
    usage = metered[0].usage
    expect(usage.cost > 0, f"cost is {usage.cost!r}")
    return {"id": chunks[0].id, "deltas": deltas, "cost": usage.cost, "total_tokens": usage.total_tokens}


def tools():
    """The call and the text that follows its result are both streamed."""
    asked = streamed(WEATHER_QUESTION, tools=[WEATHER_TOOL], tool_choice="required")
    call = expect_weather_call(asked.choices[0])
    answered = streamed([*WEATHER_QUESTION, *tool_exchange(call)], tools=[WEATHER_TOOL])
    choice = answered.choices[0]
    expect(choice.finish_reason == "stop", f"finish_reason is {choice.finish_reason!r}")
    expect(choice.message.content, "no text after the tool's result")
    return {"call": call.id, "arguments": call.function.arguments, "content": choice.message.content}


def streamed(messages, **options):
    """A streamed answer, put together by LiteLLM."""
    return litellm.stream_chunk_builder(list(ask(messages, stream=True, **options)), messages=messages)


def errors():
    unknown = raised(litellm.BadRequestError, model=UNKNOWN_MODEL)
    wrong = raised(litellm.BadRequestError, temperature=9)
    expect(f"{UNKNOWN_MODEL} is not a valid model ID" in unknown.message, unknown.message)
    expect("temperature" in wrong.message, f"does not name the field: {wrong.message}")
    return {"errors": [unknown.message, wrong.message]}


def refused():
    """An unknown key; only --auth strict knows which ones those are."""
    error = raised(litellm.AuthenticationError, key="sk-or-v1-unknown")
    return {"error": error.message}


def raised(kind, **options):
    """The error that a chat request ends with."""
    try:
        ask(REFUSED_QUESTION, **options)
    except litellm.exceptions.APIError as error:
        raise AssertionError(f"not mapped: {error!r}") from error
    except kind as error:
        expect(type(error) is kind, f"{type(error)} and not {kind}: {error!r}")
        return error
    raise AssertionError(f"no error for {options!r}")


CHECKS = {"chat": chat, "stream": stream, "tools": tools, "errors": errors, "refused": refused}

if __name__ == "__main__":
    main(CHECKS)
