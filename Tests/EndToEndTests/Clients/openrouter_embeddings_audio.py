"""Checks embeddings, rerank and audio as OpenRouter's own SDK sees them.

Usage: openrouter_embeddings_audio.py [CHECK…]; see CHECKS at the end.
This SDK validates every answer against the published schema, so an answer that it reads is complete.
"""

import base64
import hashlib
import struct

from audio_files import tone
from checking import MODEL, TIMEOUT_SECONDS, UNKNOWN_MODEL, api_key, base_url, expect, main
from openrouter import OpenRouter
from openrouter.errors import BadRequestResponseError, UnauthorizedResponseError

EMBEDDING_MODEL = "openai/text-embedding-3-small"
DIMENSIONS = 1536
RERANK_MODEL = "cohere/rerank-v3.5"
SPEECH_MODEL = "hexgrad/kokoro-82m"
VOICE = "af_bella"
TRANSCRIPTION_MODEL = "openai/whisper-large-v3"


def client(key=None):
    return OpenRouter(
        api_key=key or api_key(), server_url=base_url(), retry_config=None, timeout_ms=TIMEOUT_SECONDS * 1000
    )


def embeddings():
    asked = {"model": EMBEDDING_MODEL, "input": ["a calm sea", "a rough sea"]}
    with client() as sdk:
        answer = sdk.embeddings.generate(**asked)
        encoded = sdk.embeddings.generate(encoding_format="base64", **asked)
    expect([len(item.embedding) for item in answer.data] == [DIMENSIONS] * 2, "the vectors have another length")
    for item, same in zip(answer.data, encoded.data):
        decoded = struct.unpack(f"<{DIMENSIONS}f", base64.b64decode(same.embedding))
        expect(all(abs(a - b) < 1e-6 for a, b in zip(item.embedding, decoded)), "base64 and float differ")
    expect(answer.usage.cost > 0, f"usage is {answer.usage!r}")
    return {"id": answer.id, "tokens": answer.usage.total_tokens, "first": answer.data[0].embedding[:3]}


def rerank():
    documents = ["the price of oranges", "a recipe with sea salt", "why the sea is salty"]
    asked = {"model": RERANK_MODEL, "query": "Why is the sea salty?", "documents": documents}
    with client() as sdk:
        answer = sdk.rerank.rerank(**asked)
        best = sdk.rerank.rerank(top_n=1, **asked)
    scores = [result.relevance_score for result in answer.results]
    expect(scores == sorted(scores, reverse=True), f"scores are {scores!r}")
    expect(sorted(result.index for result in answer.results) == [0, 1, 2], f"results are {answer.results!r}")
    for result in answer.results:
        expect(result.document.text == documents[result.index], f"the document is {result.document!r}")
    expect([result.index for result in best.results] == [answer.results[0].index], f"the best is {best.results!r}")
    expect(answer.usage.cost > 0, f"usage is {answer.usage!r}")
    return {"id": answer.id, "order": [result.index for result in answer.results], "scores": scores}


def speech():
    """The audio says nothing about its cost; the generation does."""
    with client() as sdk:
        answer = sdk.tts.create_speech(
            model=SPEECH_MODEL, voice=VOICE, input="Good morning, and welcome.", response_format="mp3"
        )
        content = answer.read()
        identifier = answer.headers["x-generation-id"]
        generation = sdk.generations.get_generation(id=identifier).data
    expect(answer.headers["content-type"] == "audio/mpeg", f"type is {answer.headers['content-type']!r}")
    expect(generation.api_type == "tts", f"api_type is {generation.api_type!r}")
    expect(generation.id == identifier and generation.total_cost > 0, f"the generation is {generation!r}")
    return {"id": identifier, "cost": generation.total_cost, "sha256": hashlib.sha256(content).hexdigest()}


def transcription():
    """The same recording in JSON and in a form."""
    recording = tone(330, seconds=2)
    with client() as sdk:
        answer = sdk.stt.create_transcription(
            model=TRANSCRIPTION_MODEL,
            input_audio={"data": base64.b64encode(recording).decode(), "format": "wav"},
        )
        form = sdk.stt.create_transcription_multipart(
            model=TRANSCRIPTION_MODEL,
            file={"file_name": "tone.wav", "content": recording, "content_type": "audio/wav"},
        )
    expect(answer.text and answer.text == form.text, f"JSON gives {answer.text!r}, a form {form.text!r}")
    expect(answer.usage.cost > 0, f"usage is {answer.usage!r}")
    expect(abs(answer.usage.seconds - 2) < 0.1, f"usage is {answer.usage!r}")
    return {"text": answer.text, "cost": answer.usage.cost}


def errors():
    refused = raised(UnauthorizedResponseError, key="sk-or-v1-unknown", model=EMBEDDING_MODEL)
    unknown = raised(BadRequestResponseError, model=UNKNOWN_MODEL)
    chat = raised(BadRequestResponseError, model=MODEL)
    return {"errors": [error.body for error in (refused, unknown, chat)]}


def raised(kind, key=None, **options):
    """The error that a request for an embedding ends with."""
    try:
        with client(key) as sdk:
            sdk.embeddings.generate(input="refused", **options)
    except kind as error:
        return error
    raise AssertionError(f"no error for {options!r}")


CHECKS = {
    "embeddings": embeddings,
    "rerank": rerank,
    "speech": speech,
    "transcription": transcription,
    "errors": errors,
}

if __name__ == "__main__":
    main(CHECKS)
