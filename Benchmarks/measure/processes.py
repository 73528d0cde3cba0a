"""Starts servers and the load generator, and asks the kernel about them."""

import json
import os
import signal
import subprocess
import tempfile
import time

TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A server that prints a line of JSON with its port once it is bound; stopped when the `with` block ends."""

    def __init__(self, *command, env=None):
        self.log = tempfile.TemporaryFile("w+")
        started = time.perf_counter()
        self.process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            env={**os.environ, **(env or {})},
        )
        line = self.process.stdout.readline()
        self.seconds_until_ready = time.perf_counter() - started
        if not line:
            self.process.wait()
            self.log.seek(0)
            raise RuntimeError(f"{' '.join(map(str, command))}: {self.log.read()}")
        self.port = json.loads(line)["port"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.communicate()
        self.log.close()

    @property
    def cpu_seconds(self):
        """User and system time until now, in steps of 1/100 s."""
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def resident_mib(self):
        return self._memory_mib("VmRSS:")

    @property
    def peak_mib(self):
        """The most resident memory until now."""
        return self._memory_mib("VmHWM:")

    def _memory_mib(self, name):
        with open(f"/proc/{self.process.pid}/status") as status:
            for line in status:
                if line.startswith(name):
                    return int(line.split()[1]) / 1024


class Tools:
    """The executables of this package."""

    def __init__(self, folder):
        self.folder = folder

    def bare(self, answer_file, env=None):
        return Server(self.folder / "bare-responder", "--answer", answer_file, env=env)

    def upstream(self):
        return Server(self.folder / "upstream")

    def load(self, mode, **options):
        command = [str(self.folder / "load"), mode]
        for name, value in options.items():
            command += ["--" + name.replace("_", "-"), str(value)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
        return json.loads(done.stdout)


class Simulator:
    """The binary under test."""

    def __init__(self, binary):
        self.binary = binary

    def serve(self, *options, env=None):
        return Server(self.binary, "serve", "--port", 0, *options, env=env)

    def replay(self, cassette, *options, env=None):
        return Server(self.binary, "replay", "--cassette", cassette, "--port", 0, *options, env=env)

    def record(self, cassette, upstream):
        url = f"http://127.0.0.1:{upstream.port}/api/v1"
        return Server(self.binary, "record", "--cassette", cassette, "--upstream", url, "--port", 0)
