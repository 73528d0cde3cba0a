"""What the clients of all SDKs need to see what a library makes of each built-in scenario."""

import json
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit, urlunsplit

import httpx
from checking import TIMEOUT_SECONDS, base_url

QUESTION = [{"role": "user", "content": "Why is the sky blue?"}]


def origin():
    parts = urlsplit(base_url())
    return urlunsplit((parts.scheme, parts.netloc, "", "", ""))


def control(method, path, **options):
    """The answer of the control API."""
    answer = httpx.request(method, f"{origin()}/_sim{path}", timeout=TIMEOUT_SECONDS, trust_env=False, **options)
    answer.raise_for_status()
    return answer.json()


class Case:
    """One scenario in a world of its own."""

    def __init__(self, prefix, scenario, suffix=None):
        self.scenario = scenario
        self.world = f"{prefix}-{suffix or scenario}"
        # Of the API; what stands before /v1 is what some libraries want.
        self.root = f"{origin()}/w/{self.world}/s/{scenario}/api"

    def named(self, suffix):
        """The same in another world."""
        return Case(self.world, self.scenario, suffix)

    def journal(self):
        return control("GET", "/journal", params={"world": self.world})["entries"]

    def wait_for(self, condition):
        """The journal's entries once the condition holds for them."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while True:
            # The world is there with its first request.
            try:
                entries = self.journal()
            except httpx.HTTPStatusError:
                entries = []
            if condition(entries):
                return entries
            if time.monotonic() > deadline:
                raise AssertionError(f"the journal of {self.world} says {entries!r}")

    def advance(self, duration):
        """Moves the clock once a request waits."""
        self.wait_for(len)
        control("POST", "/clock", params={"world": self.world}, json={"advance": duration})


def attempts(entries):
    """Of the entries the statuses, and for those that repeat another how long they waited at least, in seconds."""
    waits = [entry["retry"]["wait_us"] / 1e6 for entry in entries if entry["retry"]]
    return [entry["status"] for entry in entries], waits


def main(library, checks):
    """Runs all checks at once, each in a world of its own, and prints what came of each as a line of JSON.

    A check is a function of its case. Exit status: 0 when all hold, 1 with a traceback on stderr for each that does
    not.
    """
    names = sys.argv[1:] or list(checks)

    def run(name):
        try:
            return json.dumps({"check": name, **(checks[name](Case(library, name)) or {})}, ensure_ascii=False), True
        except Exception:
            return f"{sys.argv[0]} {name}:\n{traceback.format_exc()}", False

    with ThreadPoolExecutor(len(names)) as threads:
        results = list(threads.map(run, names))
    for text, is_fine in results:
        print(text, file=sys.stdout if is_fine else sys.stderr)
    sys.exit(not all(is_fine for _, is_fine in results))
