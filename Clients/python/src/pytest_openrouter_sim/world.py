"""A world: everything that a test can change, apart from those of all other tests."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from .control import Control


class VerificationError(AssertionError):
    """The requests of a world are not those that were expected; says which."""


class World:
    """An isolated OpenRouter on a server that has others.

    Point a client at ``base_url`` with ``api_key``, or give ``environment`` to a program. A client whose base URL
    cannot be changed is led here by the header ``X-Sim-World``, or by the key alone.
    """

    def __init__(self, origin: str, name: str, *, api_key: str | None = None):
        self.origin = origin
        self.name = name
        self._control = Control(origin, f"/w/{name}")
        #: For clients that want OpenRouter's or OpenAI's base URL.
        self.base_url = f"{origin}/w/{name}/api/v1"
        #: For Anthropic's SDK, which adds /v1 itself.
        self.anthropic_base_url = f"{origin}/w/{name}/api"
        #: Names the world too; in a recording it is the real key.
        self.api_key = api_key or f"sk-or-v1-world-{name}-test"
        self.headers = {"Authorization": f"Bearer {self.api_key}", "X-Sim-World": name}
        #: Misses do not fail the test.
        self.allows_misses = False
        self.clock = Clock(self._control)
        self.faults = Faults(self._control)
        self.journal = Journal(self._control)

    def __repr__(self) -> str:
        return f"<World {self.name} at {self.base_url}>"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that SDKs read."""
        return {
            "OPENROUTER_BASE_URL": self.base_url,
            "OPENROUTER_API_KEY": self.api_key,
            "OPENAI_BASE_URL": self.base_url,
            "OPENAI_API_KEY": self.api_key,
            "ANTHROPIC_BASE_URL": self.anthropic_base_url,
            "ANTHROPIC_API_KEY": self.api_key,
        }

    def create(
        self,
        scenario: str | Path | dict[str, Any] | None = None,
        *,
        seed: int | None = None,
        clock: str | None = None,
        credits: float | None = None,
        faults: list[Any] | None = None,
        stream: str | None = None,
    ) -> dict[str, Any]:
        """Makes the world, in the place of what there is of it.

        ``scenario`` is the name of one that the server has, a path that ends in .yaml or .json, YAML, or a dict; one
        that the server does not have is this world's alone. ``clock`` is ``system`` or ``fixed:2026-08-30T09:15:00Z``,
        ``credits`` are US dollars, ``faults`` are as in a scenario's rule. Worlds of one ``stream`` and one ``seed``
        make up the same; the stream is the name where nothing is said.
        """
        birth = {"seed": seed, "clock": clock, "credits": credits, "faults": faults, "stream": stream}
        world = self._control.call(
            "PUT", f"/worlds/{self.name}", {key: value for key, value in birth.items() if value is not None}
        )
        if scenario is not None:
            name = self._known_scenario(scenario)
            world = self._control.call("PATCH", f"/worlds/{self.name}", {"scenario": name})
        return world

    def _known_scenario(self, scenario: str | Path | dict[str, Any]) -> str:
        """Its name; one that the server does not have is put into the world."""
        if isinstance(scenario, dict):
            return self._put(json.dumps({"name": "scenario", **scenario}), "scenario")
        text = str(scenario)
        # YAML has a colon, while names and paths have none.
        if not isinstance(scenario, Path) and ":" in text:
            return self._put(text, "scenario")
        if text.endswith((".yaml", ".yml", ".json")):
            return self._put(Path(text).read_text(encoding="utf-8"), Path(text).name)
        return text

    def _put(self, text: str, file: str) -> str:
        return self._control.call("POST", "/scenarios", text=text, query={"world": self.name, "file": file})["name"]

    def delete(self) -> None:
        """Throws the world away."""
        self._control.call("DELETE", f"/worlds/{self.name}")

    def reset(self) -> dict[str, int]:
        """Makes the world as new and returns what was thrown away; seed, clock and scenario stay."""
        return self._control.call("POST", "/reset")["reset"]

    @property
    def misses(self) -> list[dict[str, Any]]:
        """The journal's entries that no recording answered; ``miss`` explains each."""
        return self._control.call("GET", "/misses")["misses"]

    def verify(
        self,
        expect: list[dict[str, Any]] | None = None,
        *,
        order: list[dict[str, Any]] | None = None,
        no_misses: bool = True,
        no_unused_rules: bool = False,
        no_unused_recordings: bool = False,
    ) -> dict[str, Any]:
        """Holds the world's requests against expectations; returns the report.

        ``expect`` are objects of ``match`` (as in a scenario's rule) with ``count``, ``min`` or ``max``; ``order`` are
        matches that follow each other. Raises VerificationError, which is an AssertionError.
        """
        report = self._control.call(
            "POST",
            "/verify",
            {
                "expect": expect or [],
                "order": order or [],
                "no_misses": no_misses,
                "no_unused_rules": no_unused_rules,
                "no_unused_recordings": no_unused_recordings,
            },
        )
        if not report["passed"]:
            raise VerificationError("\n".join(report["failures"]))
        return report


class Clock:
    """A world's clock; waiting streams go on as if the time had passed."""

    def __init__(self, control: Control):
        self._control = control

    def now(self) -> datetime:
        return datetime.fromisoformat(self._control.call("GET", "/clock")["time"])

    def advance(self, by: str | float | timedelta) -> datetime:
        """By ``"90s"``, ``"24h"``, seconds, or a timedelta."""
        if isinstance(by, timedelta):
            by = by.total_seconds()
        return self._change("advance", by if isinstance(by, str) else f"{round(by * 1_000_000)}us")

    def set(self, time: str | datetime) -> datetime:
        """Stands still at a time; one without a zone is UTC."""
        if isinstance(time, datetime):
            time = time.isoformat() + ("Z" if time.tzinfo is None else "")
        return self._change("fixed", time)

    def freeze(self) -> datetime:
        return self._change("freeze", True)

    def resume(self) -> datetime:
        return self._change("resume", True)

    def system(self) -> datetime:
        """The machine's time again."""
        return self._change("system", True)

    def _change(self, name: str, value: Any) -> datetime:
        return datetime.fromisoformat(self._control.call("POST", "/clock", {name: value})["time"])


class Faults:
    """Faults that are on in a world: a name, or an object of a name and its parameters."""

    def __init__(self, control: Control):
        self._control = control

    def add(self, *faults: Any, match: dict[str, Any] | None = None) -> list[Any]:
        """After those that are on, for the requests that ``match``, as in a scenario's rule; returns all."""
        return self._switch("POST", faults, match)

    def replace(self, *faults: Any, match: dict[str, Any] | None = None) -> list[Any]:
        return self._switch("PUT", faults, match)

    def clear(self) -> None:
        self._control.call("DELETE", "/faults")

    @property
    def active(self) -> list[Any]:
        return self._control.call("GET", "/faults")["faults"]

    def _switch(self, method: str, faults: tuple[Any, ...], match: dict[str, Any] | None) -> list[Any]:
        body: dict[str, Any] = {"faults": list(faults)}
        if match is not None:
            body["match"] = match
        return self._control.call(method, "/faults", body)["faults"]


class Journal:
    """What was received and what was played."""

    def __init__(self, control: Control):
        self._control = control

    def entries(self, **filters: Any) -> list[dict[str, Any]]:
        """Oldest first; filters are ``method``, ``path``, ``model``, ``status``, ``origin``, ``rule``, ``after``, …"""
        return self._control.call("GET", "/journal", query=filters)["entries"]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.entries())

    def __len__(self) -> int:
        return len(self.entries())

    def __getitem__(self, index: int) -> dict[str, Any]:
        return self.entries()[index]

    def clear(self) -> int:
        return self._control.call("DELETE", "/journal")["forgotten"]

    def summary(self) -> str:
        """A line for each entry, for people."""
        return "\n".join(map(_line, self.entries()))


def _line(entry: dict[str, Any]) -> str:
    parts = [f"#{entry['id']} {entry['method']} {entry['path']}", entry["model"], f"→ {entry['status']}"]
    parts += [f"by {entry['origin']}", entry["rule"] and f"rule {entry['rule']}"]
    parts += [entry["faults"] and "faults " + ", ".join(entry["faults"])]
    played = entry["played"]
    parts += [f"{played['bytes']} bytes, {entry['ending']}" if played else "not played yet"]
    if played and played["outcome"] != "played":
        parts += [played["outcome"]]
    if entry["retry"]:
        parts += [f"attempt {entry['retry']['attempt']} of #{entry['retry']['of']}"]
    return ", ".join(part for part in parts if part).replace(", →", " →")
