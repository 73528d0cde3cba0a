"""Both how these tests run the plugin on themselves and how they run it on tests that they write."""

import importlib.metadata
import os
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent
REPOSITORY = PACKAGE.parent.parent

# `pip install ./Clients/python` leaves metadata beside the sources, by which pytest finds the plugin on its own.
IS_FOUND = any(point.name == "openrouter_sim" for point in importlib.metadata.entry_points(group="pytest11"))
PLUGIN = [] if IS_FOUND else ["pytest_openrouter_sim.plugin"]
pytest_plugins = ["pytester", *PLUGIN]


def pytest_configure(config: pytest.Config) -> None:
    # `make test` names the binary that it has built.
    os.environ.setdefault("OPENROUTER_SIM_BINARY", str(REPOSITORY / ".build/debug/openrouter-sim"))
    # A run below must find the plugin where it is not installed, and nothing of the run above.
    os.environ["PYTHONPATH"] = str(PACKAGE / "src")
    for name in ("OPENROUTER_SIM_URL", "PYTEST_ADDOPTS"):
        os.environ.pop(name, None)


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    """Runs pytest with the plugin in a process of its own, on a file test_it.py of this text."""
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_TESTRUNUID", "OPENROUTER_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    pytester.makeconftest(
        '''
        import json
        import urllib.error
        import urllib.request

        import pytest

        @pytest.fixture
        def ask(openrouter):
            """What a client does, without the second that an SDK takes to be imported."""

            def ask(text):
                body = {"model": "openai/gpt-4o-mini", "messages": [{"role": "user", "content": text}]}
                request = urllib.request.Request(
                    openrouter.base_url + "/chat/completions", json.dumps(body).encode(), openrouter.headers
                )
                try:
                    with urllib.request.urlopen(request) as answer:
                        return json.load(answer)["choices"][0]["message"]["content"]
                except urllib.error.HTTPError as error:
                    raise ValueError(json.load(error)["error"]["message"]) from None

            return ask
        '''
    )

    def run(text: str, *arguments: str) -> pytest.RunResult:
        pytester.makepyfile(test_it=text)
        return pytester.runpytest_subprocess(*(f"-p{name}" for name in PLUGIN), *arguments, timeout=120)

    return run


@pytest.fixture
def example_cassette(pytester: pytest.Pytester) -> Path:
    """The cassette of the repository's examples, beside test_it.py."""
    path = pytester.path / "cassettes" / "test_it.cassette"
    path.parent.mkdir()
    path.write_bytes((REPOSITORY / "cassettes/example.cassette").read_bytes())
    return path
