"""Two replicas behind nginx with deploy/nginx.conf: 100 worlds, no cross-talk, one replica killed and replaced.

Reads the program's path from OPENROUTER_SIM_BINARY. Needs nginx.
"""

import collections
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

REPOSITORY = Path(__file__).parents[3]
sys.path.insert(0, str(REPOSITORY / "Clients/python/src"))

from pytest_openrouter_sim import Control, ServerProcess, Simulator, World, find_binary  # noqa: E402

WORLDS = 100
MODEL = "openai/gpt-4o-mini"
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def find_nginx() -> str:
    # Debian puts it where users without privileges do not look.
    found = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")
    expect(found, "nginx is installed (scripts/bootstrap --test does that)")
    return found


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Balancer:
    """nginx with the configuration that is shipped; only names, ports and folders are this test's."""

    def __init__(self, folder: Path, ports: list[int]):
        text = (REPOSITORY / "deploy/nginx.conf").read_text()
        for number, port in enumerate(ports, 1):
            text, count = re.subn(rf"sim-{number}:6464", f"127.0.0.1:{port}", text)
            expect(count == 1, f"deploy/nginx.conf names replica sim-{number} once")
        self.port = free_port()
        text = text.replace("listen 8080;", f"listen 127.0.0.1:{self.port};").replace("/tmp/", f"{folder}/")
        file = folder / "nginx.conf"
        file.write_text(text)
        self._log = folder / "nginx.log"
        command = [find_nginx(), "-p", str(folder), "-c", str(file), "-g", "daemon off; worker_processes 2;"]
        subprocess.run([*command, "-t"], check=True, capture_output=True)
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.origin = f"http://127.0.0.1:{self.port}"
        self._wait()

    def _wait(self) -> None:
        """Until it listens: a connection is refused at once, so each round gives up the processor to nginx."""
        while self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=60).close()
                return
            except ConnectionRefusedError:
                os.sched_yield()
        raise AssertionError(f"nginx ended: {self._log.read_text()}")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)


def expect(condition: object, what: str) -> None:
    if not condition:
        raise AssertionError(what)


def ask(world: World, text: str, *, url: str | None = None, headers: dict[str, str] | None = None, stream: bool = False):
    """One question, to the world's chat unless told otherwise: status and what was said."""
    body = {"model": MODEL, "max_tokens": 50, "messages": [{"role": "user", "content": text}], "stream": stream}
    request = urllib.request.Request(
        url or f"{world.base_url}/chat/completions",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", **(headers or world.headers)},
    )
    try:
        with OPENER.open(request, timeout=120) as answer:
            content = answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    if stream:
        return 200, content
    said = json.loads(content)
    return 200, said["choices"][0]["message"]["content"] if "choices" in said else said["content"][0]["text"]


def scenario(number: int) -> str:
    """Says which world it is, after one rate limit: state that must stay in one place."""
    return f"""\
name: numbered
rules:
  - match: {{ call: 1 }}
    respond:
      - error: {{ status: 429, type: rate_limit_exceeded }}
  - respond:
      - text: "I am world {number}."
"""


def live(world: World, number: int) -> None:
    """A test's life in its world, by each way that leads there."""
    world.create(scenario(number), clock="fixed:2026-08-30T09:15:00Z")
    said = f"I am world {number}."
    expect(ask(world, "first")[0] == 429, f"world {number}: its first call is the first")
    expect(ask(world, "second") == (200, said), f"world {number}: by path")
    chat, messages = (f"{world.origin}/api/v1/{path}" for path in ("chat/completions", "messages"))
    by_header = {"Authorization": "Bearer x", "X-Sim-World": world.name}
    expect(ask(world, "third", url=chat, headers=by_header) == (200, said), f"world {number}: by header")
    by_key = {"Authorization": f"Bearer {world.api_key}"}
    expect(ask(world, "fourth", url=chat, headers=by_key) == (200, said), f"world {number}: by key")
    by_key = {"x-api-key": world.api_key}
    expect(ask(world, "fifth", url=messages, headers=by_key) == (200, said), f"world {number}: by Anthropic's key")
    status, events = ask(world, "sixth", stream=True)
    expect(status == 200 and events.endswith("data: [DONE]\n\n"), f"world {number}: streamed through nginx")
    world.clock.advance(f"{number + 1}s")


def inspect(world: World, number: int) -> None:
    """All that was done is there, and nothing else."""
    texts = [json.loads(entry["body"])["messages"][0]["content"] for entry in world.journal]
    expect(texts == ["first", "second", "third", "fourth", "fifth", "sixth"], f"world {number}: its journal has {texts}")
    passed = (world.clock.now() - world.clock.now().replace(minute=15, second=0)).total_seconds()
    expect(passed == number + 1, f"world {number}: its clock has moved by {passed} s")


def names_on(replica: ServerProcess) -> set[str]:
    worlds = Simulator(replica.origin).control.call("GET", "/worlds")["worlds"]
    return {world["name"] for world in worlds} - {"main"}


def each(worlds: list[World], act) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, worlds, range(len(worlds))))


def check(folder: Path) -> None:
    binary = find_binary()
    replicas = [ServerProcess(binary, ["serve"], log=folder / f"replica-{number}.log") for number in (1, 2)]
    ports = [int(replica.origin.rsplit(":", 1)[1]) for replica in replicas]
    balancer = Balancer(folder, ports)
    try:
        worlds = [World(balancer.origin, f"world-{number}") for number in range(WORLDS)]
        each(worlds, live)
        each(worlds, inspect)
        homes = [names_on(replica) for replica in replicas]
        expect(not homes[0] & homes[1], "no world is on both replicas")
        expect(homes[0] | homes[1] == {world.name for world in worlds}, "each world is on one of them")
        expect(min(map(len, homes)) >= WORLDS // 5, f"both have a fair share, {list(map(len, homes))}")
        print(f"{WORLDS} worlds, {len(homes[0])} and {len(homes[1])} on the replicas: no cross-talk")

        # One replica dies as a node does. Its worlds are lost with it and are born anew on the other; no request fails.
        os.kill(replicas[0].pid, 9)
        replicas[0].stop()
        statuses = collections.Counter(ask(world, "after")[0] for world in worlds if world.name in homes[0])
        expect(statuses == {200: len(homes[0])}, f"worlds of the dead replica answer anew: {statuses}")
        kept = [(world, number) for number, world in enumerate(worlds) if world.name in homes[1]]
        for world, number in kept:
            inspect(world, number)
        print(f"one replica killed: the {len(kept)} worlds of the other are as they were, the rest answer anew there")

        # A new one takes its place, and its share of the worlds.
        replicas[0] = ServerProcess(binary, ["serve"], log=folder / "replica-3.log", port=ports[0])
        again = [World(balancer.origin, name) for name in sorted(homes[0])]
        until_back(replicas[0], again[0])
        each(again, live)
        each(again, inspect)
        expect(names_on(replicas[0]) >= homes[0], "the new replica has the worlds of the one that it replaces")
        for world, number in kept:
            inspect(world, number)
        print("replaced: its worlds are on the new replica, those of the other are as they were")
    finally:
        balancer.stop()
        for replica in replicas:
            replica.stop()


def until_back(replica: ServerProcess, world: World) -> None:
    """Asks who has a world until it is the replica: nginx tries it again after fail_timeout of deploy/nginx.conf."""
    deadline = time.monotonic() + 60
    while Control(world.origin, f"/w/{world.name}").call("GET", "/ready")["base_url"] != replica.base_url:
        expect(time.monotonic() < deadline, "nginx goes back to a replica that was replaced")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="openrouter-sim-replicas-") as name:
        check(Path(name))
