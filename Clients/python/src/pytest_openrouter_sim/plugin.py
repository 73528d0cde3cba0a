"""The pytest plugin: options, markers, fixtures, and misses that fail tests."""

import hashlib
import importlib.util
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .binary import BinaryNotFound
from .control import SimulatorError
from .pool import ServerPool, SharedFolder
from .server import Simulator, StartError
from .world import World

RECORD_MODES = ("none", "once", "new-episodes", "all")

_WORLD = pytest.StashKey[World]()
_SHARED = pytest.StashKey[SharedFolder]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("openrouter-sim", "fake OpenRouter")
    group.addoption("--openrouter-sim-binary", metavar="PATH", help="the program (else OPENROUTER_SIM_BINARY, else PATH)")
    group.addoption(
        "--openrouter-sim-url",
        metavar="URL",
        help="a running server to make worlds on (else OPENROUTER_SIM_URL, else one is started)",
    )
    group.addoption("--openrouter-sim-env", action="store_true", help="set OPENROUTER_BASE_URL and the like in all tests")
    # pytest-recording has an option of this name; then there is only the longer one.
    names = ["--openrouter-record-mode"]
    if importlib.util.find_spec("pytest_recording") is None:
        names.append("--record-mode")
    group.addoption(
        *names,
        dest="openrouter_record_mode",
        choices=RECORD_MODES,
        help="cassettes: none (default) only plays; once records where there is no file; new-episodes adds what is "
        "missing; all records anew",
    )
    group.addoption("--openrouter-upstream", metavar="URL", help="the API to record (else OpenRouter itself)")
    parser.addini("openrouter_sim_args", "arguments of 'openrouter-sim serve', files and folders included", "args", [])
    parser.addini("openrouter_sim_env", "whether all tests get OPENROUTER_BASE_URL and the like", "bool", False)
    parser.addini("openrouter_record_mode", "as --record-mode, which wins", default="none")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "scenario(source=None, *, seed, clock, credits, faults, stream): the test's world plays a scenario: a name, a path "
        "beside the test, YAML, or a dict",
    )
    config.addinivalue_line(
        "markers",
        "cassette(path=None, *, record_mode, allow_misses=False, args=[]): the test's world answers from a cassette "
        "beside the test; by default cassettes/MODULE.cassette",
    )
    if _record_mode(config) not in RECORD_MODES:
        raise pytest.UsageError(
            f"openrouter_record_mode is '{_record_mode(config)}', expected one of {', '.join(RECORD_MODES)}"
        )


def _record_mode(config: pytest.Config) -> str:
    return config.getoption("openrouter_record_mode") or config.getini("openrouter_record_mode")


# MARK: Servers


def pytest_sessionstart(session: pytest.Session) -> None:
    # Below pytest-xdist each worker has a folder of its own in the run's.
    own = getattr(session.config.option, "basetemp", None)
    if hasattr(session.config, "workerinput") and own:
        session.config.stash[_SHARED] = SharedFolder(Path(own).parent / "openrouter-sim-shared")


@pytest.fixture(scope="session")
def _openrouter_servers(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerPool]:
    pool = ServerPool(
        tmp_path_factory.mktemp("openrouter-sim"),
        shared=pytestconfig.stash.get(_SHARED, None),
        binary=pytestconfig.getoption("openrouter_sim_binary"),
    )
    yield pool
    pool.stop()


@pytest.fixture(scope="session")
def openrouter_sim(request: pytest.FixtureRequest) -> Simulator:
    """The server of tests without a cassette: the named one, or one that runs as long as the tests do."""
    url = request.config.getoption("openrouter_sim_url") or os.environ.get("OPENROUTER_SIM_URL")
    if url:
        return Simulator(url)
    pool: ServerPool = request.getfixturevalue("_openrouter_servers")
    with _explained():
        return pool.server(["serve", *request.config.getini("openrouter_sim_args")])


@contextmanager
def _explained() -> Iterator[None]:
    """What users can put right is told without a traceback through this package."""
    try:
        yield
    except (BinaryNotFound, SimulatorError, StartError) as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None


@dataclass(frozen=True)
class _Cassette:
    """What a cassette marker asks for."""

    path: Path
    record_mode: str
    allow_misses: bool
    arguments: list[str]

    @classmethod
    def of(cls, node: pytest.Item) -> "_Cassette | None":
        marker = node.get_closest_marker("cassette")
        return None if marker is None else cls._reading(node, *marker.args, **marker.kwargs)

    @classmethod
    def _reading(
        cls,
        node: pytest.Item,
        path: str | os.PathLike[str] | None = None,
        *,
        record_mode: str | None = None,
        allow_misses: bool = False,
        args: Sequence[str] = (),
    ) -> "_Cassette":
        mode = record_mode or _record_mode(node.config)
        if mode not in RECORD_MODES:
            pytest.fail(f"record_mode is '{mode}', expected one of {', '.join(RECORD_MODES)}", pytrace=False)
        named = Path(path) if path is not None else Path("cassettes", f"{node.path.stem}.cassette")
        return cls((node.path.parent / named).resolve(), mode, allow_misses, list(args))

    @property
    def has_recordings(self) -> bool:
        """A folder is a cassette in text form; an empty file is what mktemp(1) leaves."""
        return self.path.is_dir() or (self.path.exists() and self.path.stat().st_size > 0)

    def server(self, request: pytest.FixtureRequest) -> tuple[Simulator, bool]:
        """The server that plays or records, and whether it records."""
        pool: ServerPool = request.getfixturevalue("_openrouter_servers")
        if self.record_mode != "none":
            self.path.parent.mkdir(parents=True, exist_ok=True)
            upstream = request.config.getoption("openrouter_upstream")
            arguments = ["record", "--cassette", str(self.path), "--record-mode", self.record_mode, *self.arguments]
            recorder = pool.recorder(
                arguments + (["--upstream", upstream] if upstream else []),
                unless=lambda: self.record_mode == "once" and self.has_recordings,
            )
            if recorder is not None:
                if not upstream and not os.environ.get("OPENROUTER_API_KEY"):
                    pytest.fail("Recording OpenRouter needs your key in OPENROUTER_API_KEY", pytrace=False)
                return recorder, True
        elif not self.path.exists():
            pytest.fail(f"There is no cassette {self.path}. Record it with --record-mode=once", pytrace=False)
        return pool.server(["replay", "--cassette", str(self.path), *self.arguments]), False


# MARK: Worlds


@pytest.fixture
def sim_world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A world of the test's own, as its markers want it."""
    node: pytest.Item = request.node
    cassette = _Cassette.of(node)
    scenario = node.get_closest_marker("scenario")
    with _explained():
        if cassette is None:
            simulator, records = request.getfixturevalue("openrouter_sim"), False
        else:
            simulator, records = cassette.server(request)
        # What is recorded is asked with the user's own key.
        key = os.environ.get("OPENROUTER_API_KEY") if records else None
        name = _world_name(node)
        # Others may have worlds of this name on a server that is not ours.
        unique = name if simulator.is_own else f"{name}.{secrets.token_hex(6)}"
        world = World(simulator.origin, unique, api_key=key)
        world.allows_misses = cassette is not None and cassette.allow_misses
        if scenario is None:
            world.create(stream=name)
        else:
            world.create(*(_beside(node, source) for source in scenario.args), **{"stream": name, **scenario.kwargs})
    node.stash[_WORLD] = world
    yield world
    del node.stash[_WORLD]
    with _explained():
        world.delete()


@pytest.fixture
def openrouter(sim_world: World) -> World:
    """The same world."""
    return sim_world


@pytest.fixture
def openrouter_env(sim_world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The same world, with the environment leading SDKs there."""
    for name, value in sim_world.environment.items():
        monkeypatch.setenv(name, value)
    return sim_world


@pytest.fixture(autouse=True)
def _openrouter_marked(request: pytest.FixtureRequest) -> None:
    """Tests with a marker get their world and environment without naming a fixture; with an option, all do."""
    marked = any(request.node.get_closest_marker(name) for name in ("scenario", "cassette"))
    if marked or request.config.getoption("openrouter_sim_env") or request.config.getini("openrouter_sim_env"):
        request.getfixturevalue("openrouter_env")


def _world_name(node: pytest.Item) -> str:
    """The same in each run, since what is made up follows from it too."""
    readable = re.sub(r"[^A-Za-z0-9_.]+", "_", node.name)[:60]
    return f"{readable}.{hashlib.sha256(node.nodeid.encode()).hexdigest()[:12]}"


def _beside(node: pytest.Item, source: Any) -> Any:
    """Paths are those beside the test's file."""
    is_path = isinstance(source, str) and source.endswith((".yaml", ".yml", ".json")) and ":" not in source
    return node.path.parent / source if is_path or isinstance(source, os.PathLike) else source


# MARK: Reports


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Misses fail a test that has not failed yet; one that has is told them beside its journal."""
    try:
        result = yield
    except pytest.skip.Exception:
        raise
    except (Exception, pytest.fail.Exception):
        _report(item)
        raise
    world = item.stash.get(_WORLD, None)
    if world is not None and not world.allows_misses and (misses := _misses(world)):
        _report_journal(item, world)
        pytest.fail(misses, pytrace=False)
    return result


def _report(item: pytest.Item) -> None:
    world = item.stash.get(_WORLD, None)
    if world is None:
        return
    try:
        if misses := _misses(world):
            item.add_report_section("call", "openrouter-sim misses", misses)
        _report_journal(item, world)
    except SimulatorError as error:
        item.add_report_section("call", "openrouter-sim", str(error))


def _report_journal(item: pytest.Item, world: World) -> None:
    if journal := world.journal.summary():
        item.add_report_section("call", f"openrouter-sim journal of {world.name}", journal)


def _misses(world: World) -> str:
    """Why each was one, and what to do about all of them here; empty for none."""
    told = [entry["miss"] for entry in world.misses]
    if told:
        told.append("with pytest: --record-mode=new-episodes records what is missing, --record-mode=all everything anew")
    return "\n\n".join(told)
