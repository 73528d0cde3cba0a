"""Checks videos as OpenRouter's own SDK sees them. Usage: openrouter_videos.py [CHECK…]; see CHECKS at the end.

This SDK validates every answer against the published schema, so an answer that it reads is complete.
"""

import hashlib

from checking import TIMEOUT_SECONDS, UNKNOWN_MODEL, api_key, base_url, expect, main
from openrouter import OpenRouter
from openrouter.errors import BadRequestResponseError, UnauthorizedResponseError

MODEL = "google/veo-3.1"
# Where the server's clock stands still, a job ends after a few polls; else this is over at once.
MOST_POLLS = 20


def client(key=None):
    return OpenRouter(
        api_key=key or api_key(), server_url=base_url(), retry_config=None, timeout_ms=TIMEOUT_SECONDS * 1000
    )


def video():
    """A job: submitted, polled to its end, and its content fetched."""
    with client() as sdk:
        ids = [model.id for model in sdk.video_generation.list_videos_models().data]
        expect(MODEL in ids, f"models are {ids!r}")
        job = sdk.video_generation.generate(model=MODEL, prompt="waves", duration=4, resolution="720p")
        expect(job.status == "pending", f"the job is {job!r}")
        statuses = []
        while job.status in ("pending", "in_progress") and len(statuses) < MOST_POLLS:
            job = sdk.video_generation.get_generation(job_id=job.id)
            statuses.append(job.status)
        expect(job.status == "completed", f"statuses are {statuses!r}")
        expect(job.usage.cost > 0 and len(job.unsigned_urls) == 1, f"the job is {job!r}")
        content = sdk.video_generation.get_video_content(job_id=job.id).read()
    expect(content[4:8] == b"ftyp", f"not MP4: {content[:12]!r}")
    return {"statuses": statuses, "cost": job.usage.cost, "sha256": hashlib.sha256(content).hexdigest()}


def errors():
    refused = raised(UnauthorizedResponseError, key="sk-or-v1-unknown", model=MODEL)
    unknown = raised(BadRequestResponseError, model=UNKNOWN_MODEL)
    return {"errors": [error.body for error in (refused, unknown)]}


def raised(kind, key=None, **options):
    """The error that a submission ends with."""
    try:
        with client(key) as sdk:
            sdk.video_generation.generate(prompt="refused", **options)
    except kind as error:
        return error
    raise AssertionError(f"no error for {options!r}")


CHECKS = {"video": video, "errors": errors}

if __name__ == "__main__":
    main(CHECKS)
