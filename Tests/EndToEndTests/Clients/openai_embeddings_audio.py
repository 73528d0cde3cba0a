"""Checks /embeddings and /audio as the OpenAI SDK sees them. Usage: openai_embeddings_audio.py [CHECK…]."""

import hashlib

import openai
from audio_files import tone
from checking import MODEL, TIMEOUT_SECONDS, UNKNOWN_MODEL, api_key, base_url, expect, main

EMBEDDING_MODEL = "openai/text-embedding-3-small"
DIMENSIONS = 1536
SPEECH_MODEL = "hexgrad/kokoro-82m"
VOICE = "af_bella"
TRANSCRIPTION_MODEL = "openai/whisper-large-v3"


def client(key=None):
    return openai.OpenAI(base_url=base_url(), api_key=key or api_key(), max_retries=0, timeout=TIMEOUT_SECONDS)


def embed(texts, **options):
    return client().embeddings.create(**{"model": EMBEDDING_MODEL, "input": texts, **options})


def embeddings():
    """The SDK asks for base64 unless told, and decodes it."""
    texts = ["a calm sea", "a rough sea", "tax law"]
    answer = embed(texts)
    vectors = [item.embedding for item in answer.data]
    expect([item.index for item in answer.data] == [0, 1, 2], f"indices are {[item.index for item in answer.data]!r}")
    expect({len(vector) for vector in vectors} == {DIMENSIONS}, f"lengths are {[len(v) for v in vectors]!r}")
    expect(answer.model.startswith(EMBEDDING_MODEL), f"model is {answer.model!r}")
    expect(answer.usage.total_tokens == answer.usage.prompt_tokens > 0, f"usage is {answer.usage!r}")
    expect(answer.usage.cost > 0, f"usage is {answer.usage!r}")
    floats = [item.embedding for item in embed(texts, encoding_format="float").data]
    for vector, same in zip(vectors, floats):
        expect(all(abs(a - b) < 1e-6 for a, b in zip(vector, same)), "base64 and float differ")
        expect(abs(sum(a * a for a in same) - 1) < 1e-3, "not of length one")
    return {"usage": answer.usage.to_dict(), "vectors": [vector[:3] for vector in vectors]}


def fewer_dimensions():
    answer = embed("one text", dimensions=256)
    expect([len(item.embedding) for item in answer.data] == [256], "the dimensions are not those asked for")
    return {"vector": answer.data[0].embedding}


def embedding_errors():
    refused = raised(openai.AuthenticationError, embed_with, key="sk-or-v1-unknown")
    unknown = raised(openai.BadRequestError, embed_with, model=UNKNOWN_MODEL)
    chat = raised(openai.BadRequestError, embed_with, model=MODEL)
    wrong = raised(openai.BadRequestError, embed_with, dimensions=0)
    expect("dimensions" in wrong.body["message"], f"does not name the field: {wrong.body!r}")
    return {"errors": [error.body for error in (refused, unknown, chat, wrong)]}


def embed_with(key=None, **options):
    client(key).embeddings.create(**{"model": EMBEDDING_MODEL, "input": "refused", **options})


def speech():
    asked = {"model": SPEECH_MODEL, "voice": VOICE, "input": "Good morning, and welcome."}
    mp3 = client().audio.speech.with_raw_response.create(response_format="mp3", **asked)
    expect(mp3.headers["content-type"] == "audio/mpeg", f"type is {mp3.headers['content-type']!r}")
    expect(mp3.headers["x-generation-id"].startswith("gen-"), f"id is {mp3.headers['x-generation-id']!r}")
    begin = mp3.content[:3]
    expect(begin == b"ID3" or (begin[0] == 0xFF and begin[1] & 0xE0 == 0xE0), f"not MP3: {begin!r}")
    # OpenRouter's default is pcm and not mp3 as OpenAI's.
    with client().audio.speech.with_streaming_response.create(**asked) as streamed:
        expect(streamed.headers["content-type"].startswith("audio/pcm"), f"{streamed.headers['content-type']!r}")
        pcm = b"".join(streamed.iter_bytes())
    expect(len(pcm) > 10_000 and len(pcm) % 2 == 0, f"{len(pcm)} bytes are not 16-bit samples")
    return {"id": mp3.headers["x-generation-id"], "mp3": digest(mp3.content), "pcm": digest(pcm)}


def digest(content):
    return {"byte_count": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def speech_errors():
    asked = {"model": SPEECH_MODEL, "voice": VOICE, "input": "refused"}
    form = raised(openai.BadRequestError, client().audio.speech.create, response_format="opus", **asked)
    chat = raised(openai.BadRequestError, client().audio.speech.create, **{**asked, "model": MODEL})
    expect("response_format" in form.body["message"], f"does not name the field: {form.body!r}")
    return {"errors": [error.body for error in (form, chat)]}


def transcription():
    """A form with a file; its boundary is another one each time."""
    answer = transcribe(tone(440, seconds=2))
    expect(answer.text, "no text")
    usage = answer.to_dict()["usage"]
    expect(usage["cost"] > 0, f"usage is {usage!r}")
    expect(abs(usage["seconds"] - 2) < 0.1, f"usage is {usage!r}")
    other = transcribe(tone(440, seconds=3))
    return {"text": answer.text, "usage": usage, "other": other.text}


def transcribe(recording, **options):
    file = ("tone.wav", recording, "audio/wav")
    return client().audio.transcriptions.create(model=TRANSCRIPTION_MODEL, file=file, **options)


def transcription_errors():
    form = raised(openai.BadRequestError, transcribe, recording=tone(220, seconds=1), response_format="srt")
    expect("response_format" in form.body["message"], f"does not name the field: {form.body!r}")
    return {"errors": [form.body]}


def raised(kind, call, **options):
    """The error that a call ends with."""
    try:
        call(**options)
    except kind as error:
        return error
    raise AssertionError(f"no error for {options!r}")


CHECKS = {
    "embeddings": embeddings,
    "fewer_dimensions": fewer_dimensions,
    "embedding_errors": embedding_errors,
    "speech": speech,
    "speech_errors": speech_errors,
    "transcription": transcription,
    "transcription_errors": transcription_errors,
}

if __name__ == "__main__":
    main(CHECKS)
