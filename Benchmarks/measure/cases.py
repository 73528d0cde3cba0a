"""What is measured. Each case compares sides in interleaved rounds; a row is the median over the rounds."""

import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from . import requests
from .recordings import MANY

CONNECTIONS = 16


class Measurement:
    """Rows by name: what was measured, in which unit, and all rounds."""

    def __init__(self, tools, simulator, recordings, rounds, seconds):
        self.tools = tools
        self.simulator = simulator
        self.recordings = recordings
        self.rounds = rounds
        self.seconds = seconds
        self.rows = {}

    def add(self, name, text, unit, values):
        values = list(values)
        self.rows[name] = {"text": text, "unit": unit, "value": statistics.median(values), "rounds": values}

    def throughput(self):
        """Requests each second of all sides, taken in turn."""
        r = self.recordings
        with ExitStack() as stack:
            start = stack.enter_context
            bare_json, bare_stream = start(self.tools.bare(r.one_answer)), start(self.tools.bare(r.stream_answer))
            one, many = start(self.simulator.replay(r.one)), start(self.simulator.replay(r.many))
            stream, serve = start(self.simulator.replay(r.stream)), start(self.simulator.serve())
            json_bytes, stream_bytes = r.one_answer.stat().st_size, r.stream_answer.stat().st_size
            cycle = {"request": r.many_requests, "request_count": MANY, "answer_bytes": json_bytes}
            same = {"request": r.one_request, "answer_bytes": json_bytes}
            sides = {
                "bare_json": (bare_json, same),
                "replay_json": (one, same),
                "bare_json_lean": (bare_json, {**same, "request": r.lean_request}),
                "replay_json_lean": (one, {**same, "request": r.lean_request}),
                "bare_stream": (bare_stream, {"request": r.stream_request, "answer_bytes": stream_bytes}),
                "replay_stream": (stream, {"request": r.stream_request, "answer_bytes": stream_bytes}),
                "replay_many": (many, cycle),
                "synthetic_json": (serve, {"request": r.synthetic_request}),
                "synthetic_stream": (serve, {"request": r.synthetic_stream_request}),
            }
            idle = {"idle_replay": one.resident_mib, "idle_many": many.resident_mib, "idle_serve": serve.resident_mib}
            runs = {name: [] for name in sides}
            # Once around before counting: ten thousand answers are read from the cassette on first use.
            for server, options in sides.values():
                length = {"answers": MANY} if "request_count" in options else {"seconds": 1}
                self.tools.load("closed", port=server.port, connections=CONNECTIONS, **length, **options)
            for number in range(self.rounds):
                names = list(sides)
                for name in names if number % 2 == 0 else reversed(names):
                    runs[name].append(self._run(*sides[name]))
            loaded = {"rss_replay": one.resident_mib, "rss_many": many.resident_mib, "rss_serve": serve.resident_mib}
        for name, values in runs.items():
            self.add(f"{name}_per_second", f"{name}: answers", "1/s", (v["per_second"] for v in values))
            self.add(f"{name}_cpu_us", f"{name}: server CPU each", "us", (v["server_cpu_us"] for v in values))
            self.add(f"{name}_p50_us", f"{name}: latency, median", "us", (v["p50_us"] for v in values))
            self.add(f"{name}_p99_us", f"{name}: latency, p99", "us", (v["p99_us"] for v in values))
        for name, over, under in (
            ("replay_json", "replay_json", "bare_json"),
            ("replay_json_lean", "replay_json_lean", "bare_json_lean"),
            ("replay_stream", "replay_stream", "bare_stream"),
            ("replay_many", "replay_many", "replay_json"),
            ("synthetic_json", "synthetic_json", "bare_json"),
            ("synthetic_stream", "synthetic_stream", "bare_stream"),
        ):
            pairs = list(zip(runs[over], runs[under]))
            self.add(f"{name}_ratio", f"{over} / {under}: answers", "",
                     (a["per_second"] / b["per_second"] for a, b in pairs))
            self.add(f"{name}_cpu_ratio", f"{under} / {over}: server CPU each", "",
                     (b["server_cpu_us"] / a["server_cpu_us"] for a, b in pairs))
        for name, mib in {**idle, **loaded}.items():
            self.add(f"{name}_mib", f"{name}: resident memory", "MiB", [mib])

    def _run(self, server, options):
        before = server.cpu_seconds
        result = self.tools.load(
            "closed", port=server.port, connections=CONNECTIONS, seconds=self.seconds, warm_up=0.5, **options
        )
        result["server_cpu_us"] = (server.cpu_seconds - before) / result["answers"] * 1e6
        return result

    def paced(self):
        """A thousand slow streams at once: how much later than recorded they end."""
        r = self.recordings
        ideal = r.paced_ideal_us()
        self.add("paced_ideal_us", "paced stream as recorded", "us", [ideal])
        runs = {"replay": [], "burst": [], "upstream": []}
        with self.simulator.replay(r.paced, "--timing", "recorded") as replay, self.tools.upstream() as upstream:
            byte_count = r.paced_answer.stat().st_size
            upstream_bytes = len(requests.answer(upstream.port, r.paced_request.read_bytes()))
            for _ in range(self.rounds):
                spread = {"streams_each": 3, "spread_ms": 950}
                runs["replay"].append(self._paced(replay, byte_count, **spread))
                runs["upstream"].append(self._paced(upstream, upstream_bytes, **spread))
                runs["burst"].append(self._paced(replay, byte_count))
        for name, values in runs.items():
            base = 950_000 if name == "upstream" else ideal
            for percentile in ("p50", "p99", "max"):
                self.add(f"paced_{name}_{percentile}_late_ms", f"1,000 paced streams ({name}): {percentile} lateness",
                         "ms", ((v[f"{percentile}_us"] - base) / 1000 for v in values))
            self.add(f"paced_{name}_server_cpu", f"1,000 paced streams ({name}): server CPU", "cores",
                     (v["server_cpu"] for v in values))
            self.add(f"paced_{name}_client_cpu", f"1,000 paced streams ({name}): client CPU", "cores",
                     (v["client_cpu"] for v in values))

    def _paced(self, server, byte_count, **options):
        before = server.cpu_seconds
        result = self.tools.load("paced", port=server.port, request=self.recordings.paced_request, connections=1000,
                                 answer_bytes=byte_count, **options)
        result["server_cpu"] = (server.cpu_seconds - before) / result["seconds"]
        return result

    def startup(self):
        """From spawning the process to its ready line."""
        runs = {"empty": [], "many": [], "bare": []}
        for _ in range(20):
            for name, start in (
                ("empty", lambda: self.simulator.replay(self.recordings.empty)),
                ("many", lambda: self.simulator.replay(self.recordings.many)),
                ("bare", lambda: self.tools.bare(self.recordings.one_answer)),
            ):
                with start() as server:
                    runs[name].append(server.seconds_until_ready * 1000)
        for name, values in runs.items():
            self.add(f"startup_{name}_ms", f"spawn to ready ({name})", "ms", values)

    def accounts(self):
        """What counts and lists, over much and over little: latency of `/key`, analytics, `/activity`, `/keys`."""
        sizes = {"few": (100, 100), "many": (100_000, 10_000)}
        asked = {
            "key": requests.call("GET", "/api/v1/key"),
            "analytics": requests.call("POST", "/api/v1/analytics/query", {
                "metrics": ["request_count", "total_usage"], "dimensions": ["model", "api_key_id"],
            }),
            "activity": requests.call("GET", "/api/v1/activity"),
        }
        chat = self.recordings.synthetic_request
        runs = {}
        with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
            servers = {}
            for size, (generations, keys) in sizes.items():
                server = servers[size] = stack.enter_context(self.simulator.serve())
                requests.create_keys(server.port, keys)
                self.tools.load("closed", port=server.port, connections=CONNECTIONS, request=chat, answers=generations)
                # `/activity` is of completed days.
                if not self._is_next_day(server):
                    asked.pop("activity", None)
            for _ in range(self.rounds):
                for size, server in servers.items():
                    last_page = requests.call("GET", f"/api/v1/keys?offset={sizes[size][1] - 100}")
                    for name, request in {**asked, "keys_page": last_page}.items():
                        result = self._ask(server, folder, request, seconds=self.seconds, warm_up=0.2)
                        runs.setdefault(name, {}).setdefault(size, []).append(result["p50_us"])
            self.add("rss_accounts_mib", "resident memory after 100,000 generations and 10,000 keys", "MiB",
                     [servers["many"].resident_mib])
        for name, sides in runs.items():
            for size, values in sides.items():
                self.add(f"{name}_{size}_p50_us", f"{name} ({size}): latency, median", "us", values)
            self.add(f"{name}_ratio", f"{name}: latency over many / over few", "",
                     (many / few for many, few in zip(sides["many"], sides["few"])))

    def scenarios(self):
        """Rules, worlds and a moved clock: what a thousand rules add, what ten thousand worlds cost, how soon a stream
        that waits for an hour goes on once the hour is moved away."""
        chat = requests.call("POST", "/api/v1/chat/completions", requests.BODY)
        in_world = requests.call("POST", "/w/w9999/api/v1/chat/completions", requests.BODY)
        runs = {name: [] for name in ("no_rules", "one_rule", "many_rules", "one_world", "many_worlds")}
        with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
            files = {}
            for count in (1, 1000):
                files[count] = Path(folder) / f"{count}.yaml"
                files[count].write_text(requests.rules(count))
            start = stack.enter_context
            servers = {
                "no_rules": (start(self.simulator.serve()), chat),
                "one_rule": (start(self.simulator.serve(files[1])), chat),
                "many_rules": (start(self.simulator.serve(files[1000])), chat),
                "one_world": (start(self.simulator.serve()), in_world),
                "many_worlds": (start(self.simulator.serve()), in_world),
            }
            worlds = servers["many_worlds"][0]
            before = worlds.resident_mib
            requests.visit_worlds(worlds.port, 10_000)
            self.add("rss_world_kib", "resident memory of a world with one request", "KiB",
                     [(worlds.resident_mib - before) * 1024 / 10_000])
            for _ in range(self.rounds):
                for name, (server, request) in servers.items():
                    result = self._ask(server, folder, request, seconds=self.seconds, warm_up=0.2)
                    runs[name].append(result["p50_us"])
            moved = [requests.moved_stream_ms(servers["no_rules"][0].port, number) for number in range(20)]
        for name, values in runs.items():
            self.add(f"{name}_p50_us", f"chat, {name.replace('_', ' ')}: latency, median", "us", values)
        self.add("rule_us", "each of a thousand rules adds", "us",
                 ((many - none) / 1000 for many, none in zip(runs["many_rules"], runs["no_rules"])))
        self.add("worlds_ratio", "a world among 10,000 / alone: latency", "",
                 (many / one for many, one in zip(runs["many_worlds"], runs["one_world"])))
        self.add("moved_stream_ms", "from moving the clock to the end of a stream that waited", "ms", moved)

    def _ask(self, server, folder, request, **options):
        """One connection with a request again and again."""
        file = Path(folder) / "request"
        file.write_bytes(request)
        return self.tools.load("closed", port=server.port, connections=1, request=file, **options)

    @staticmethod
    def _is_next_day(server):
        """Moves the world's clock by a day; false where the control API cannot do that."""
        try:
            requests.answer(server.port, requests.call("POST", "/_sim/clock", {"advance": "24h"}))
        except RuntimeError:
            return False
        return True

    def recorder(self):
        """What the recorder adds to a small answer: the same requests straight to the upstream and through it."""
        direct, through = [], []
        with self.tools.upstream() as upstream, tempfile.TemporaryDirectory() as folder:
            for number in range(self.rounds):
                with self.simulator.record(Path(folder) / f"{number}.cassette", upstream) as recorder:
                    result = self.tools.load("alternate", port=upstream.port, other_port=recorder.port, pairs=3000,
                                             request=self.recordings.many_requests, request_count=MANY)
                direct.append(result["first_p50_us"])
                through.append(result["second_p50_us"])
        self.add("recorder_direct_us", "upstream alone: latency, median", "us", direct)
        self.add("recorder_through_us", "through the recorder: latency, median", "us", through)
        self.add("recorder_added_ms", "the recorder adds at the median", "ms",
                 ((b - a) / 1000 for a, b in zip(direct, through)))
