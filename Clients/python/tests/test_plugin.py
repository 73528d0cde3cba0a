"""What the plugin makes of other people's tests: markers, options, failures, workers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_openrouter_sim import Control, ServerProcess, Simulator, SimulatorError, find_binary

PACKAGE = Path(__file__).parent.parent
SKY = "Why is the sky blue? Answer in two or three sentences."

PLAYS = f"""
    import pytest

    @pytest.mark.cassette
    def test_it(ask):
        assert ask({SKY!r})
"""

MISSES = """
    import pytest

    @pytest.mark.cassette
    def test_it(ask):
        {}
"""


@pytest.fixture
def upstream(tmp_path: Path):
    """A simulator as the API to record."""
    server = ServerProcess(find_binary(), ["serve"], log=tmp_path / "upstream.log")
    yield server
    server.stop()


def requests_of(server: ServerProcess) -> int:
    """In all worlds: the key that is passed on names one there too."""
    worlds = Simulator(server.base_url).control.call("GET", "/worlds")["worlds"]
    return sum(world["requests"] for world in worlds)


def test_a_cassette_answers(run, example_cassette):
    run(PLAYS).assert_outcomes(passed=1)


def test_a_cassette_is_named_relative_to_the_test(run, example_cassette):
    run(PLAYS.replace("cassette\n", "cassette('cassettes/test_it.cassette')\n")).assert_outcomes(passed=1)


def test_a_miss_fails_a_test_that_swallows_the_error_and_shows_the_difference(run, example_cassette):
    result = run(
        """
        import pytest

        @pytest.mark.cassette
        def test_it(ask):
            try:
                ask("Why is the sky green?")
            except Exception:
                pass
        """
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "miss: POST /api/v1/chat/completions (openai/gpt-4o-mini): this request was never recorded",
            "*looked at 10 recordings, nearest:",
            f'*/messages/0/content: recorded "{SKY}" → requested "Why is the sky green?"',
            "with pytest: --record-mode=new-episodes records what is missing, --record-mode=all everything anew",
            "*openrouter-sim journal of test_it.*",
            "#1 POST /api/v1/chat/completions → 404, by server, * bytes, complete",
        ]
    )


def test_a_miss_is_told_beside_the_error_that_it_caused(run, example_cassette):
    result = run(MISSES.format('ask("Why is the sky green?")'))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*ValueError: No recording matches: this request was never recorded*", "*openrouter-sim misses*", "miss: POST /api/v1/chat/completions*"])


def test_misses_can_be_allowed(run, example_cassette):
    text = MISSES.format('pytest.raises(Exception, ask, "Why is the sky green?")')
    run(text).assert_outcomes(failed=1)
    run(text.replace("cassette\n", "cassette(allow_misses=True)\n")).assert_outcomes(passed=1)


def test_a_missing_cassette_says_how_to_record_it(run):
    result = run(PLAYS)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["There is no cassette */cassettes/test_it.cassette. Record it with --record-mode=once"])


def test_record_modes(run, pytester, upstream):
    """once records, none plays with the upstream unasked, new-episodes adds, all asks again."""
    options = ["--openrouter-upstream", upstream.base_url]
    run(PLAYS, "--record-mode=once", *options).assert_outcomes(passed=1)
    assert (pytester.path / "cassettes/test_it.cassette").exists()
    assert requests_of(upstream) == 1
    run(PLAYS).assert_outcomes(passed=1)
    run(PLAYS, "--record-mode=once", *options).assert_outcomes(passed=1)
    assert requests_of(upstream) == 1

    more = MISSES.format('assert ask("Why is the sky green?")')
    result = run(more, "--record-mode=once", *options)
    result.assert_outcomes(failed=1)
    run(more, "--openrouter-record-mode=new-episodes", *options).assert_outcomes(passed=1)
    assert requests_of(upstream) == 2
    run(PLAYS).assert_outcomes(passed=1)
    run(more).assert_outcomes(passed=1)

    run(more, "--record-mode=all", *options).assert_outcomes(passed=1)
    assert requests_of(upstream) == 3
    run(more).assert_outcomes(passed=1)


def test_recording_openrouter_itself_needs_a_key(run):
    result = run(PLAYS, "--record-mode=once")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["Recording OpenRouter needs your key in OPENROUTER_API_KEY"])


def test_recording_asks_with_the_users_key(run, upstream, monkeypatch):
    monkeypatch.setenv("OPENROUTER_API_KEY", "sk-or-v1-" + "ab" * 32)
    text = PLAYS.replace("def test_it(ask):", "def test_it(ask, openrouter):\n        assert openrouter.api_key[-2:] == 'ab'")
    run(text, "--record-mode=once", "--openrouter-upstream", upstream.base_url).assert_outcomes(passed=1)


def test_workers_record_into_one_cassette(run, upstream):
    text = """
        import pytest

        @pytest.mark.cassette
        @pytest.mark.parametrize("number", range(8))
        def test_it(ask, number):
            assert ask(f"Question {number}")
    """
    run(text, "-n2", "--record-mode=once", "--openrouter-upstream", upstream.base_url).assert_outcomes(passed=8)
    assert requests_of(upstream) == 8
    # Whichever worker plays a recording, it is there.
    run(text, "-n2").assert_outcomes(passed=8)
    run(text).assert_outcomes(passed=8)


def test_workers_keep_their_worlds_apart(run):
    result = run(
        """
        import pytest

        @pytest.mark.scenario("rate-limited-then-ok")
        @pytest.mark.parametrize("number", range(10))
        def test_it(ask, openrouter, number):
            with pytest.raises(Exception, match="Rate limit"):
                ask("hi")
            assert ask("hi") == "Thanks for waiting."
            assert len(openrouter.journal) == 2
        """,
        "-n2",
    )
    result.assert_outcomes(passed=10)


def test_what_is_made_up_is_the_same_in_each_run_worker_and_server(run, pytester, upstream):
    text = """
        import pytest

        @pytest.mark.scenario(clock="fixed:2026-08-30T09:15:00Z")
        @pytest.mark.parametrize("number", range(2))
        def test_it(ask, openrouter, number):
            ask("hi")
            with open(f"ids-{number}", "a") as file:
                print(openrouter.journal[0]["generation_id"], file=file)
    """
    run(text).assert_outcomes(passed=2)
    run(text, "-n2").assert_outcomes(passed=2)
    run(text, "--openrouter-sim-url", upstream.origin).assert_outcomes(passed=2)
    for number in range(2):
        ids = (pytester.path / f"ids-{number}").read_text().split()
        assert len(ids) == 3 and len(set(ids)) == 1, ids


def test_a_running_server_is_used(run, upstream, monkeypatch):
    text = """
        def test_it(ask, openrouter):
            assert ask("hi")
            assert openrouter.origin == {!r}
    """.format(upstream.origin)
    run(text, "--openrouter-sim-url", upstream.base_url).assert_outcomes(passed=1)
    monkeypatch.setenv("OPENROUTER_SIM_URL", upstream.origin + "/")
    run(text, "-n2").assert_outcomes(passed=1)
    monkeypatch.setenv("OPENROUTER_SIM_URL", "http://127.0.0.1:9")
    result = run(text)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["PUT http://127.0.0.1:9/w/test_it.*/_sim/worlds/test_it.*: *refused"])


def test_scenario_files_are_beside_the_test(run, pytester):
    (pytester.path / "hello.yaml").write_text('name: hello\nrules:\n  - respond:\n      - text: "From a file."\n')
    run(
        """
        import pytest

        @pytest.mark.scenario("hello.yaml")
        def test_it(ask):
            assert ask("hi") == "From a file."
        """
    ).assert_outcomes(passed=1)
    (pytester.path / "hello.yaml").write_text("name: hello\nrule: 3\n")
    result = run("import pytest\n\n@pytest.mark.scenario('hello.yaml')\ndef test_it(): pass")
    result.stdout.fnmatch_lines(["hello.yaml:2:1: unknown key 'rule' in a scenario. Did you mean 'rules'?*"])


def test_a_scenario_also_plays_over_a_cassette(run, example_cassette):
    run(
        f"""
        import pytest

        @pytest.mark.cassette
        @pytest.mark.scenario("rate-limited-then-ok")
        def test_it(ask):
            with pytest.raises(Exception, match="Rate limit"):
                ask({SKY!r})
        """
    ).assert_outcomes(passed=1)


def test_a_wrong_scenario_is_told_without_a_traceback(run):
    result = run("import pytest\n\n@pytest.mark.scenario('okk')\ndef test_it(): pass")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["There is no scenario 'okk'. Did you mean 'ok'?*"])
    result.stdout.no_fnmatch_line("*control.py*")


ENVIRONMENT = """
    import os

    def test_it():
        assert "/w/test_it." in os.environ["OPENROUTER_BASE_URL"]
        assert os.environ["OPENAI_BASE_URL"] == os.environ["OPENROUTER_BASE_URL"]
        assert os.environ["ANTHROPIC_BASE_URL"] + "/v1" == os.environ["OPENROUTER_BASE_URL"]
        assert os.environ["OPENAI_API_KEY"] == os.environ["OPENROUTER_API_KEY"] == os.environ["ANTHROPIC_API_KEY"]
"""


def test_the_environment_is_set_by_an_option_or_the_configuration(run, pytester):
    run(ENVIRONMENT).assert_outcomes(failed=1)
    run(ENVIRONMENT, "--openrouter-sim-env").assert_outcomes(passed=1)
    pytester.makeini("[pytest]\nopenrouter_sim_env = true\nopenrouter_sim_args = --auth strict")
    run(ENVIRONMENT).assert_outcomes(passed=1)


def test_arguments_of_the_server_come_from_the_configuration(run, pytester):
    pytester.makeini("[pytest]\nopenrouter_sim_args = --clock fixed:2026-08-30T09:15:00Z")
    run("def test_it(openrouter): assert openrouter.clock.now().isoformat()[:19] == '2026-08-30T09:15:00'").assert_outcomes(
        passed=1
    )
    pytester.makeini("[pytest]\nopenrouter_sim_args = --timeing instant")
    result = run("def test_it(openrouter): pass")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*serve --timeing instant * ended with 2:", "*Unknown option*"])


def test_a_missing_binary_is_told(run, monkeypatch):
    monkeypatch.setenv("OPENROUTER_SIM_BINARY", "/nowhere/openrouter-sim")
    result = run("def test_it(openrouter): pass")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["OPENROUTER_SIM_BINARY names '/nowhere/openrouter-sim', which is no program that can be run"]
    )
    monkeypatch.delenv("OPENROUTER_SIM_BINARY")
    monkeypatch.setenv("PATH", "")
    result = run("def test_it(openrouter): pass")
    result.stdout.fnmatch_lines(["openrouter-sim was not found. Put it into PATH, name it in OPENROUTER_SIM_BINARY*"])


def test_a_wrong_record_mode_is_told(run, pytester):
    pytester.makeini("[pytest]\nopenrouter_record_mode = often")
    result = run(PLAYS)
    result.stderr.fnmatch_lines(
        ["ERROR: openrouter_record_mode is 'often', expected one of none, once, new-episodes, all"]
    )


def test_the_server_ends_with_the_tests(run, pytester):
    run(
        """
        def test_it(openrouter_sim):
            with open("ready", "w") as file:
                file.write(openrouter_sim.origin)
        """
    ).assert_outcomes(passed=1)
    with pytest.raises(SimulatorError, match="refused"):
        Control((pytester.path / "ready").read_text()).call("GET", "/health")


def test_the_installed_package_is_found_by_pytest(pytester, tmp_path):
    """Built and installed without a network, then used with nothing but its entry point."""
    source = tmp_path / "source"
    shutil.copytree(PACKAGE, source, ignore=shutil.ignore_patterns("tests", "__pycache__", "build", "*.egg-info"))
    site = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--target", str(site), str(source)], check=True, timeout=120)
    pytester.makepyfile(
        test_it="""
        import json, urllib.request

        def test_it(openrouter):
            with urllib.request.urlopen(openrouter.base_url + "/models") as answer:
                assert json.load(answer)["data"]
        """
    )
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", str(pytester.path)],
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stdout + result.stderr
