"""Checks /images as the OpenAI SDK sees it, through its client for any path.

Usage: openai_images.py [CHECK…]; see CHECKS at the end.
"""

import base64
import hashlib

import openai
from checking import MODEL, TIMEOUT_SECONDS, UNKNOWN_MODEL, api_key, base_url, expect, main
from openai.types import ImageGenStreamEvent, ImagesResponse

IMAGE_MODEL = "google/gemini-2.5-flash-image"
STREAMING_MODEL = "openai/gpt-5-image"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def post(key=None, **body):
    """The SDK's own images.generate posts to /images/generations, which OpenRouter does not have."""
    client = openai.OpenAI(base_url=base_url(), api_key=key or api_key(), max_retries=0, timeout=TIMEOUT_SECONDS)
    if body.get("stream"):
        events = openai.Stream[ImageGenStreamEvent]
        return client.post("/images", body=body, cast_to=ImageGenStreamEvent, stream=True, stream_cls=events)
    return client.post("/images", body=body, cast_to=ImagesResponse)


def image():
    answer = post(model=IMAGE_MODEL, prompt="a red boat on a calm sea")
    expect(len(answer.data) == 1, f"{len(answer.data)} images")
    expect(answer.usage.cost > 0, f"usage is {answer.usage!r}")
    return {"image": digest(answer.data[0].b64_json), "cost": answer.usage.cost}


def stream():
    asked = {"model": STREAMING_MODEL, "prompt": "a green boat on a calm sea"}
    whole = post(**asked).data[0].b64_json
    events = list(post(stream=True, **asked))
    types = [event.type for event in events]
    expect(types[-1] == "image_generation.completed", f"events are {types!r}")
    expect(types.count("image_generation.completed") == 1, f"events are {types!r}")
    for event in events:
        digest(event.b64_json)
    expect(events[-1].b64_json == whole, "the streamed image is another one")
    expect(events[-1].usage.cost > 0, f"usage is {events[-1].usage!r}")
    return {"types": types, "image": digest(whole), "cost": events[-1].usage.cost}


def errors():
    refused = raised(openai.AuthenticationError, key="sk-or-v1-unknown", model=IMAGE_MODEL)
    unknown = raised(openai.BadRequestError, model=UNKNOWN_MODEL)
    chat = raised(openai.BadRequestError, model=MODEL)
    wrong = raised(openai.BadRequestError, model=IMAGE_MODEL, n=0)
    expect("n:" in wrong.body["message"], f"does not name the field: {wrong.body!r}")
    return {"errors": [error.body for error in (refused, unknown, chat, wrong)]}


def raised(kind, **options):
    """The error that a request ends with."""
    try:
        post(prompt="refused", **options)
    except kind as error:
        return error
    raise AssertionError(f"no error for {options!r}")


def digest(encoded):
    content = base64.b64decode(encoded, validate=True)
    expect(content.startswith(PNG_SIGNATURE), f"not PNG: {content[:8]!r}")
    return hashlib.sha256(content).hexdigest()


CHECKS = {"image": image, "stream": stream, "errors": errors}

if __name__ == "__main__":
    main(CHECKS)
