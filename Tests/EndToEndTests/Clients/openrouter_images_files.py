"""Checks images and files as OpenRouter's own SDK sees them.

Usage: openrouter_images_files.py [CHECK…]; see CHECKS at the end.
This SDK validates every answer against the published schema, so an answer that it reads is complete.
"""

import base64
import hashlib

from checking import TIMEOUT_SECONDS, UNKNOWN_MODEL, api_key, base_url, expect, main
from openrouter import OpenRouter
from openrouter.errors import BadRequestResponseError, NotFoundResponseError, UnauthorizedResponseError

IMAGE_MODEL = "google/gemini-2.5-flash-image"
STREAMING_MODEL = "openai/gpt-5-image"
VIDEO_MODEL = "google/veo-3.1"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def client(key=None):
    return OpenRouter(
        api_key=key or api_key(), server_url=base_url(), retry_config=None, timeout_ms=TIMEOUT_SECONDS * 1000
    )


def image():
    with client() as sdk:
        answer = sdk.images.generate(model=IMAGE_MODEL, prompt="a red boat on a calm sea")
    expect(len(answer.data) == 1, f"{len(answer.data)} images")
    expect(answer.usage.cost > 0, f"usage is {answer.usage!r}")
    return {"image": digest(answer.data[0].b64_json), "cost": answer.usage.cost}


def stream():
    asked = {"model": STREAMING_MODEL, "prompt": "a green boat on a calm sea"}
    with client() as sdk:
        whole = sdk.images.generate(**asked).data[0].b64_json
        with sdk.images.generate(stream=True, **asked) as stream_events:
            events = list(stream_events)
    types = [event.type for event in events]
    expect(types[-1] == "image_generation.completed", f"events are {types!r}")
    expect(events[-1].b64_json == whole, "the streamed image is another one")
    return {"types": types, "image": digest(whole), "cost": events[-1].usage.cost}


def image_models():
    with client() as sdk:
        ids = [model.id for model in sdk.images.list_models().data]
        author, slug = IMAGE_MODEL.split("/")
        endpoints = sdk.images.list_model_endpoints(author=author, slug=slug)
    expect(IMAGE_MODEL in ids, f"models are {ids!r}")
    expect(endpoints.id == IMAGE_MODEL and endpoints.endpoints, f"endpoints are {endpoints!r}")
    return {"ids": ids, "endpoints": len(endpoints.endpoints)}


def files():
    """A file from its upload to its end."""
    content = b"# Notes\n\nThe sea is salty.\n"
    with client() as sdk:
        made = sdk.files.upload(file={"file_name": "notes.md", "content": content, "content_type": "text/plain"})
        expect((made.filename, made.size_bytes) == ("notes.md", len(content)), f"the file is {made!r}")
        expect(made.mime_type == "text/markdown", f"the type is not sniffed: {made.mime_type!r}")
        expect(sdk.files.retrieve(file_id=made.id) == made, "retrieved is another one than uploaded")
        listed = [file.id for file in sdk.files.list().result.data]
        expect(listed == [made.id], f"files are {listed!r}")
        raised(BadRequestResponseError, lambda: sdk.files.download(file_id=made.id))
        deleted = sdk.files.delete(file_id=made.id)
        expect(deleted.id == made.id, f"deleted is {deleted!r}")
        raised(NotFoundResponseError, lambda: sdk.files.delete(file_id=made.id))
    return {"id": made.id, "created_at": made.created_at, "mime_type": made.mime_type}


def errors():
    with client("sk-or-v1-unknown") as sdk:
        refused = raised(UnauthorizedResponseError, lambda: sdk.images.generate(model=IMAGE_MODEL, prompt="refused"))
    with client() as sdk:
        unknown = raised(BadRequestResponseError, lambda: sdk.images.generate(model=UNKNOWN_MODEL, prompt="refused"))
        video_model = raised(BadRequestResponseError, lambda: sdk.images.generate(model=VIDEO_MODEL, prompt="refused"))
    return {"errors": [error.body for error in (refused, unknown, video_model)]}


def raised(kind, call):
    """The error that a call ends with."""
    try:
        answer = call()
    except kind as error:
        return error
    raise AssertionError(f"no error, but {answer!r}")


def digest(encoded):
    content = base64.b64decode(encoded, validate=True)
    expect(content.startswith(PNG_SIGNATURE), f"not PNG: {content[:8]!r}")
    return hashlib.sha256(content).hexdigest()


CHECKS = {
    "image": image,
    "stream": stream,
    "image_models": image_models,
    "files": files,
    "errors": errors,
}

if __name__ == "__main__":
    main(CHECKS)
