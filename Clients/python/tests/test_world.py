"""What a test does with its world, through the real SDKs and the real server."""

import os
from datetime import datetime, timedelta, timezone

import openai
import pytest
from anthropic import Anthropic
from openai import OpenAI
from pytest_openrouter_sim import SimulatorError, VerificationError, World

MODEL = "openai/gpt-4o-mini"
QUESTION = [{"role": "user", "content": "Why is the sky blue?"}]

WEATHER = """\
name: weather
rules:
  - match: { last_message: { contains: weather } }
    respond:
      - text: "It rains."
"""


def client(world: World, **options) -> OpenAI:
    options = {"base_url": world.base_url, "api_key": world.api_key, "max_retries": 0, **options}
    return OpenAI(**options)


def ask(openai: OpenAI, text: str = "Why is the sky blue?") -> str:
    answer = openai.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": text}])
    return answer.choices[0].message.content


def test_a_fresh_world_answers_and_keeps_a_journal(openrouter):
    assert len(openrouter.journal) == 0
    assert ask(client(openrouter))
    assert [entry["model"] for entry in openrouter.journal] == [MODEL]
    assert openrouter.journal[0]["status"] == 200
    assert openrouter.journal.summary().startswith(f"#1 POST /api/v1/chat/completions, {MODEL} → 200, by synthetic")
    assert openrouter.journal.entries(status="4xx") == []
    assert openrouter.journal.clear() == 1


def test_both_fixtures_are_one_world(openrouter, sim_world):
    assert openrouter is sim_world


@pytest.mark.parametrize("number", [1, 2])
def test_each_test_has_a_world_of_its_own(openrouter, number):
    ask(client(openrouter))
    assert openrouter.journal[0]["id"] == 1
    assert len(openrouter.journal) == 1


def test_the_header_leads_a_client_with_another_base_url_here(openrouter):
    header = {"X-Sim-World": openrouter.name}
    ask(client(openrouter, base_url=f"{openrouter.origin}/api/v1", api_key="x", default_headers=header))
    assert len(openrouter.journal) == 1


def test_the_key_alone_leads_here(openrouter):
    ask(client(openrouter, base_url=f"{openrouter.origin}/api/v1"))
    assert len(openrouter.journal) == 1


def test_the_environment_leads_sdks_here(openrouter_env):
    assert ask(OpenAI(max_retries=0))
    message = Anthropic(max_retries=0).messages.create(
        model="anthropic/claude-sonnet-4.5", max_tokens=50, messages=QUESTION
    )
    assert message.content
    assert [entry["path"] for entry in openrouter_env.journal] == ["/api/v1/chat/completions", "/api/v1/messages"]


def test_without_a_marker_or_the_fixture_the_environment_stays(openrouter):
    assert os.environ.get("OPENROUTER_BASE_URL") != openrouter.base_url


@pytest.mark.scenario("rate-limited-then-ok")
def test_a_scenario_by_name(openrouter):
    assert os.environ["OPENAI_BASE_URL"] == openrouter.base_url
    with pytest.raises(openai.RateLimitError):
        ask(client(openrouter))
    assert ask(client(openrouter)) == "Thanks for waiting."
    assert openrouter.journal[1]["retry"]["of"] == 1


@pytest.mark.scenario(WEATHER)
def test_a_scenario_by_text(openrouter):
    assert ask(client(openrouter), "the weather?") == "It rains."
    assert openrouter.journal[0]["rule"] == "weather:3"
    openrouter.verify([{"match": {"last_message": {"contains": "weather"}}, "count": 1}], no_unused_rules=True)


@pytest.mark.scenario({"rules": [{"respond": [{"text": "Made in Python."}]}]})
def test_a_scenario_by_dict(openrouter):
    assert ask(client(openrouter)) == "Made in Python."


@pytest.mark.scenario(clock="fixed:2026-08-30T09:15:00Z", seed=7, credits=0.5)
def test_a_world_is_born_as_the_marker_says(openrouter):
    assert openrouter.clock.now() == datetime(2026, 8, 30, 9, 15, tzinfo=timezone.utc)
    credits = client(openrouter).get("/credits", cast_to=object)
    assert credits["data"]["total_credits"] == 0.5


def test_the_clock_moves(openrouter):
    clock = openrouter.clock
    start = clock.set("2026-08-30T09:15:00Z")
    assert clock.advance("90s") - start == timedelta(seconds=90)
    assert clock.advance(0.25) - start == timedelta(seconds=90.25)
    assert clock.advance(timedelta(days=1)) - start == timedelta(days=1, seconds=90.25)
    assert clock.set(datetime(2027, 1, 1)) == datetime(2027, 1, 1, tzinfo=timezone.utc)
    assert clock.system() < datetime(2100, 1, 1, tzinfo=timezone.utc)
    assert clock.freeze() == clock.now()


def test_faults_go_on_and_off(openrouter):
    stream = client(openrouter).chat.completions.create
    assert openrouter.faults.add({"status": 502}, match={"stream": True}) == [{"status": {"code": 502}}]
    assert ask(client(openrouter))
    with pytest.raises(openai.InternalServerError):
        stream(model=MODEL, messages=QUESTION, stream=True)
    assert openrouter.faults.replace("bom") == [{"bom": {}}] == openrouter.faults.active
    openrouter.faults.clear()
    assert openrouter.faults.active == []
    assert list(stream(model=MODEL, messages=QUESTION, stream=True))


def test_verify_says_what_is_wrong(openrouter):
    ask(client(openrouter))
    openrouter.verify([{"match": {"endpoint": "chat"}, "count": 1}], order=[{"model": MODEL}])
    with pytest.raises(VerificationError, match=r"^expect\[0\]: 1 of 1 requests match, expected 2$"):
        openrouter.verify([{"match": {"endpoint": "chat"}, "count": 2}])


def test_reset_says_what_it_threw_away(openrouter):
    ask(client(openrouter))
    assert openrouter.reset()["journal_entries"] == 1
    assert len(openrouter.journal) == 0


def test_errors_are_the_servers_words(openrouter):
    with pytest.raises(SimulatorError, match=r"There is no scenario 'rate-limitd-then-ok'\. Did you mean 'rate-lim"):
        openrouter.create("rate-limitd-then-ok")
    with pytest.raises(SimulatorError, match=r"(?m)^scenario:2:1: unknown key 'rule' in a scenario\. Did you mean 'rules'\?"):
        openrouter.create("name: x\nrule: 3\n")


def test_worlds_can_be_made_by_hand(openrouter_sim):
    world = openrouter_sim.world("by-hand", scenario="out-of-credits")
    with pytest.raises(openai.APIStatusError) as caught:
        ask(client(world))
    assert caught.value.status_code == 402
    world.delete()
    with pytest.raises(SimulatorError, match="There is no world"):
        world.journal.entries()
