"""Calls every method of OpenRouter's own SDK that maps to an operation of the official document.

The methods are enumerated from the SDK: one that is neither called nor known to be beyond the document fails the run.
The SDK validates every answer against its own models. Prints how many methods were called.
"""

import inspect
import os

from openrouter import OpenRouter

MODEL = "openai/gpt-4o-mini"
MESSAGES = [{"role": "user", "content": "Hello"}]

# Newer than the official document of August 2026, or outside of it.
BEYOND = {
    "alpha.decisions", "containers", "external_users", "private_endpoints", "system_one", "tools", "vault",
    "batch", "o_auth.create_oauth_token", "o_auth.list_oauth_jwks",
    "organization.get_settings", "organization.update_settings", "scim.create_sync_job", "scim.get_sync_job",
}


def methods(sdk):
    """Names of all methods, `chat.send`, with the asynchronous twins left out."""
    found = {}

    def visit(part, prefix):
        for name, method in inspect.getmembers(type(part), inspect.isfunction):
            if not name.startswith("_") and not name.endswith("_async") and name != "do_request":
                found[prefix + name] = getattr(part, name)
        for name in getattr(type(part), "__annotations__", {}):
            if not name.startswith("_") and name != "sdk_configuration":
                visit(getattr(part, name), f"{prefix}{name}.")

    for name in type(sdk)._sub_sdk_map:
        visit(getattr(sdk, name), name + ".")
    return found


def is_beyond(name):
    return any(name == prefix or name.startswith(prefix + ".") for prefix in BEYOND)


class Run:
    def __init__(self, sdk):
        self.methods = methods(sdk)
        self.called = set()

    def __call__(self, method_name, **arguments):
        self.called.add(method_name)
        try:
            return self.methods[method_name](**arguments)
        except Exception as error:
            raise SystemExit(f"{method_name}: {type(error).__name__}: {error}") from error


def run_all(call, base_url):
    # Inference
    answer = call("chat.send", model=MODEL, messages=MESSAGES)
    generation = answer.id
    call("responses.send", model=MODEL, input="Hello")
    call("beta.responses.send", model=MODEL, input="Hello")
    call("embeddings.generate", model="openai/text-embedding-3-small", input="Hello")
    call("embeddings.list_models")
    call("rerank.rerank", model="cohere/rerank-v3.5", query="cat", documents=["a cat", "a dog"])
    call("images.generate", model="google/gemini-2.5-flash-image", prompt="A lake")
    call("images.list_models")
    call("images.list_model_endpoints", author="google", slug="gemini-2.5-flash-image")
    call("tts.create_speech", model="hexgrad/kokoro-82m", input="Hello", voice="af_bella").read()
    sound = "UklGRjQAAABXQVZFZm10IBAAAAABAAEAgD4AAAB9AAACABAAZGF0YRAAAAAAAAAAAAAAAAAAAAAAAAAA"
    call("stt.create_transcription", model="openai/whisper-large-v3", input_audio={"data": sound, "format": "wav"})
    call(
        "stt.create_transcription_multipart",
        model="openai/whisper-large-v3",
        file={"file_name": "a.wav", "content": b"RIFF" + bytes(60), "content_type": "audio/wav"},
    )
    job = call("video_generation.generate", model="google/veo-3.1", prompt="A lake", duration=4).id
    for _ in range(4):
        call("video_generation.get_generation", job_id=job)
    call("video_generation.get_video_content", job_id=job).read()
    call("video_generation.list_videos_models")
    # Files
    file = call("files.upload", file={"file_name": "notes.txt", "content": b"Hello\n", "content_type": "text/plain"})
    call("files.list")
    call("files.retrieve", file_id=file.id)
    try:
        call.methods["files.download"](file_id=file.id)
        raise SystemExit("files.download: an upload can be downloaded")
    except Exception as error:
        if getattr(error, "status_code", None) != 400:
            raise
        call.called.add("files.download")
    call("files.delete", file_id=file.id)
    # Models
    call("models.list")
    call("models.count")
    call("models.get", author="openai", slug="gpt-4o-mini")
    call("models.list_for_user", security={"bearer": os.environ["OPENROUTER_API_KEY"]})
    call("endpoints.list", author="openai", slug="gpt-4o-mini")
    call("endpoints.list_zdr_endpoints")
    call("providers.list")
    # Generations and money
    call("generations.get_generation", id=generation)
    call("generations.list_generation_content", id=generation)
    call("generations.submit_feedback", generation_id=generation, category="latency")
    call("credits.get_credits")
    call("analytics.get_analytics_meta")
    call("analytics.get_user_activity")
    call("analytics.query_analytics", metrics=["request_count"], dimensions=["model"])
    # Public data
    call("benchmarks.get_benchmarks")
    call("classifications.get_task_classifications")
    call("datasets.get_app_rankings")
    call("datasets.get_rankings_daily")
    call("datasets.get_session_cost")
    # Presets
    call("presets.create_presets_chat_completions", slug="brief", model=MODEL, messages=MESSAGES)
    call("presets.create_presets_messages", slug="brief", model=MODEL, messages=MESSAGES, max_tokens=50)
    call("presets.create_presets_responses", slug="brief", model=MODEL, input="Hello")
    call("presets.list")
    call("presets.get", slug="brief")
    call("presets.list_versions", slug="brief")
    call("presets.get_version", slug="brief", version="1")
    # Workspaces
    workspace = call("workspaces.create", name="Team", slug="team").data.id
    call("workspaces.list")
    call("workspaces.get", id=workspace)
    call("workspaces.update", id=workspace, description="Ours")
    call("workspaces.set_budget", workspace_ref=workspace, interval="monthly", limit_usd=50)
    call("workspaces.list_budgets", workspace_ref=workspace)
    call("workspaces.get_budget", workspace_ref=workspace, interval="monthly")
    call("workspaces.delete_budget", workspace_ref=workspace, interval="monthly")
    members = call("organization.list_members").result.data
    member = members[-1].id
    call("workspaces.bulk_add_members", id=workspace, user_ids=[member])
    call("workspaces.list_members", id=workspace)
    call("workspaces.bulk_remove_members", id=workspace, user_ids=[member])
    groups = call("scim.list_groups").result.data
    mapping = call("scim.create", scim_group_id=groups[0].id, workspace_id=workspace, role="member").data.id
    call("scim.list_mappings")
    call("scim.read", id=mapping)
    call("scim.update", id=mapping, role="admin")
    call("scim.delete", id=mapping, keep_members="false")
    # Keys
    key = call("api_keys.create", name="ci", limit=5).data.hash
    call("api_keys.list")
    call("api_keys.get", hash=key)
    call("api_keys.update", hash=key, name="renamed")
    call("api_keys.get_current_key_metadata")
    provider_key = call("byok.create", provider="openai", key="sk-own-key-of-a-test").data.id
    call("byok.list")
    call("byok.get", id=provider_key)
    call("byok.update", id=provider_key, name="ours")
    call("byok.delete", id=provider_key)
    # Guardrails
    guardrail = call("guardrails.create", name="Careful", limit_usd=5).data.id
    call("guardrails.list")
    call("guardrails.get", id=guardrail)
    call("guardrails.update", id=guardrail, description="Of a test")
    call("guardrails.bulk_assign_keys", id=guardrail, key_hashes=[key])
    call("guardrails.list_guardrail_key_assignments", id=guardrail)
    call("guardrails.list_key_assignments")
    call("guardrails.bulk_unassign_keys", id=guardrail, key_hashes=[key])
    call("guardrails.bulk_assign_members", id=guardrail, member_user_ids=[member])
    call("guardrails.list_guardrail_member_assignments", id=guardrail)
    call("guardrails.list_member_assignments")
    call("guardrails.bulk_unassign_members", id=guardrail, member_user_ids=[member])
    call("guardrails.delete", id=guardrail)
    # Observability
    destination = call(
        "observability.create", type_="webhook", name="ours", config={"url": "https://example.org/traces"}
    ).data.id
    call("observability.list")
    call("observability.get", id=destination)
    call("observability.update", id=destination, name="renamed")
    call("observability.delete", id=destination)
    # Sign-in
    code = call("o_auth.create_auth_code", callback_url="https://example.org/callback").data.id
    call("o_auth.exchange_auth_code_for_api_key", code=code)
    # Ends
    call("api_keys.delete", hash=key)
    call("workspaces.delete", id=workspace)


def main():
    base_url = os.environ["OPENROUTER_BASE_URL"]
    with OpenRouter(
        api_key=os.environ["OPENROUTER_API_KEY"], server_url=base_url, retry_config=None, timeout_ms=30_000
    ) as sdk:
        call = Run(sdk)
        run_all(call, base_url)
        mapped = {name for name in call.methods if not is_beyond(name)}
    if mapped != call.called:
        raise SystemExit(f"not called: {sorted(mapped - call.called)}; unknown: {sorted(call.called - mapped)}")
    print(f"{len(call.called)} of {len(call.methods)} methods called, {len(call.methods) - len(mapped)} beyond the document")


if __name__ == "__main__":
    main()
