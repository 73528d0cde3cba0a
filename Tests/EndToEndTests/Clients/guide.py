"""Runs the code blocks of a page of the documentation, as a reader would who copies them one after the other.

Usage: guide.py PAGE.md [TRANSCRIPT.md]. The program is named by OPENROUTER_SIM_BINARY; all else that blocks call is found
in PATH, with this Python's folder first. The page gets an empty folder, and free ports in place of 6464 to 6469. With a
second argument, what was run and what it said is written down there with the times.

Each fenced block has a language. What is done with it follows from that, and from words after it:

    sh               a shell runs it; it has to end with status 0. Variables that it exports stay for the blocks after it
    sh exits=N       … with status N; `exits=some` for any but 0
    sh background    … and goes on while the next blocks run, until one takes its port; it has to say that it is ready
    sh seconds=N     … and is stopped after so long
    python, js       Python or Node runs it
    json             has to be JSON
    yaml             has to be a scenario without errors and warnings
    … file=NAME      is only put into a file of that name; a later block has to name it
    console          `$ ` goes before each command, and what it says follows, `…` for anything; `exits=N` as above
    text output      is what the block before it has said; `…` stands for anything
    text             is nothing to run
    … norun: WHY     is not run, for this reason

A block in a comment, `<!-- sh` up to `-->`, is run like any other and not shown: what a reader has in place by then.
With `note=WORDS-OF-A-HEADING` the transcript tells what it said.
"""

import json
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
PORTS = range(6464, 6470)
SECONDS_A_BLOCK = 180
# Of a transcript: what a block said is cut to so many lines of so many characters.
LINES, LINE_LENGTH = 16, 160
# Where fences and comments begin and end, as far as these pages write them.
OPENING = re.compile(r"^(?:(?P<fence>```+)|<!-- (?=(?:sh|python|js|yaml|text)\b))(?P<info>.*)$")


class PageError(Exception):
    """What a reader of the page would stumble over, with the line."""


class Block:
    def __init__(self, line, info, text, hidden):
        self.line, self.text, self.hidden = line, text, hidden
        info, marker, reason = info.partition("norun:")
        self.is_run, self.reason = not marker, reason.strip()
        self.language, *words = info.split() or [""]
        self.words = dict(word.partition("=")[::2] for word in words)

    def complain(self, what):
        raise PageError(f"line {self.line}: {what}\n{self.text}")


def blocks(page):
    """The blocks of a page, in order."""
    found, opened, lines = [], None, []
    for number, line in enumerate(page.splitlines(), 1):
        if opened is None:
            match = OPENING.match(line)
            if match:
                opened, lines = (number, match), []
        elif line == (opened[1]["fence"] or "-->"):
            start, match = opened
            found.append(Block(start, match["info"].strip(), "\n".join(lines) + "\n", not match["fence"]))
            opened = None
        else:
            lines.append(line)
    if opened:
        raise PageError(f"line {opened[0]}: the block is not closed")
    return found


def free_ports(count):
    """Ports that nobody listens on, below those that the kernel gives out by itself."""
    chosen = []
    while len(chosen) < count:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in chosen:
            chosen.append(port)
    return chosen


def pattern(expected):
    """A regular expression for an output in which `…` stands for anything."""
    return ".*?".join(re.escape(part.strip("\n")) for part in expected.strip().split("…"))


class Reader:
    """Does what the page says, in a folder of its own."""

    def __init__(self, folder, binary):
        self.folder = folder
        self.ports = dict(zip(map(str, PORTS), map(str, free_ports(len(PORTS)))))
        self.running = {}
        self.said = None
        self.checked = 0
        self.events = []
        self.start = time.monotonic()
        tools = folder / ".tools"
        tools.mkdir()
        (tools / "openrouter-sim").symlink_to(binary)
        # curl's exit status is to tell of errors of HTTP, and its progress is nothing to compare.
        (tools / ".curlrc").write_text('silent\nshow-error\nfail-with-body\nnoproxy = "*"\nmax-time = 60\n')
        (tools / "node_modules").mkdir()
        kept = {name: value for name, value in os.environ.items() if not re.match(r"OPENROUTER|OPENAI|ANTHROPIC", name)}
        path = [str(tools), str(pathlib.Path(sys.executable).parent), os.environ.get("PATH", "/usr/bin:/bin")]
        self.environment = kept | {
            "PATH": os.pathsep.join(path),
            "HOME": str(tools),
            "CURL_HOME": str(tools),
            "REPOSITORY": str(REPOSITORY),
            "OPENROUTER_SIM_BINARY": str(binary),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(REPOSITORY / "Clients/python/src"),
            "NO_COLOR": "1",
        }

    def real(self, text):
        return re.sub(r"\b646[4-9]\b", lambda match: self.ports[match[0]], text)

    def shown(self, text):
        for shown, real in self.ports.items():
            text = text.replace(real, shown)
        return text.replace(str(self.folder.resolve()), "~").replace(str(self.folder), "~")

    def read(self, block):
        if block.words.get("file") is not None and block.is_run:
            (self.folder / block.words["file"]).write_text(self.real(block.text))
            self.events.append((block, 0, ""))
            self.checked += 1
            return
        if not block.language:
            block.complain("the block has no language; 'text' is for what is no code")
        act = getattr(self, f"read_{block.language}", None)
        if not block.is_run:
            if not block.reason:
                block.complain("'norun:' has no reason")
        elif act:
            act(block)
            self.checked += block.language != "text" or "output" in block.words
        else:
            block.complain(f"nothing is known about how to run '{block.language}'; say 'norun: WHY'")

    def read_text(self, block):
        if "output" not in block.words:
            return
        if self.said is None:
            block.complain("no block before it has said anything")
        if not re.search(pattern(block.text), self.said, re.DOTALL):
            block.complain(f"what was said instead:\n{self.said}")

    def read_console(self, block):
        first, *commands = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
        if first or not commands:
            block.complain("a console begins with '$ '")
        for text in commands:
            command, _, expected = text.partition("\n")
            self.run(block, self.shell(self.real(command)))
            if not re.search(pattern(expected), self.said, re.DOTALL):
                block.complain(f"what '{command}' said instead:\n{self.said}")

    def read_json(self, block):
        try:
            json.loads(block.text)
        except ValueError as error:
            block.complain(f"no JSON: {error}")

    def read_yaml(self, block):
        file = self.folder / ".tools" / "scenario.yaml"
        file.write_text(block.text)
        outcome = subprocess.run(
            ["openrouter-sim", "scenario", "check", str(file)],
            env=self.environment, capture_output=True, text=True, timeout=SECONDS_A_BLOCK,
        )
        if outcome.returncode or "warning" in outcome.stdout + outcome.stderr:
            block.complain(f"no scenario, say 'file=NAME' or 'norun: WHY':\n{outcome.stdout}{outcome.stderr}")

    def read_python(self, block):
        self.run(block, [sys.executable, "-c", self.real(block.text)])

    def read_js(self, block):
        self.run(block, ["node", "--input-type=module", "--eval", self.real(block.text)])

    def read_sh(self, block):
        text = self.real(block.text)
        if "background" in block.words:
            self.launch(block, text)
            return
        self.run(block, self.shell(text))

    def shell(self, text):
        """A shell that knows the variables of those before it."""
        session = self.folder / ".tools" / "session"
        known = f". '{session}'\n" if session.exists() else ""
        return ["bash", "-ec", f"{known}trap \"export -p >'{session}'\" EXIT\n{text}"]

    def run(self, block, command):
        """A block to its end, or for the time that it says."""
        seconds = float(block.words.get("seconds", 0))
        start = time.monotonic()
        with (self.folder / ".tools" / "said").open("w+") as said:
            process = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=said, stderr=subprocess.STDOUT, start_new_session=True,
            )
            try:
                status = process.wait(seconds or SECONDS_A_BLOCK)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                status = None
            said.seek(0)
            self.said = self.shown(said.read())
        expected = block.words.get("exits", "0")
        # What was stopped says nothing by its status, but must have said something by then.
        right = bool(self.said) if seconds else status not in (0, None) if expected == "some" else str(status) == expected
        if not right:
            block.complain(f"exit status {status}, expected {expected}. It said:\n{self.said}")
        self.events.append((block, time.monotonic() - start, self.said))

    def launch(self, block, text):
        """A server that goes on; one before it on the same port is stopped as by Ctrl-C."""
        named = re.search(r"--port[ =](\d+)", text)
        port = named[1] if named else self.ports["6464"]
        self.stop(port)
        start = time.monotonic()
        out, errors = (self.folder / ".tools" / f"{port}.{kind}" for kind in ("out", "err"))
        with out.open("w") as to_out, errors.open("w") as to_errors:
            process = subprocess.Popen(
                ["bash", "-ec", f"exec {text}"], cwd=self.folder, stdin=subprocess.DEVNULL,
                env=self.environment | {"OPENROUTER_SIM_PORT": self.ports["6464"]}, stdout=to_out, stderr=to_errors, start_new_session=True,
            )
        self.running[port] = (process, errors)
        # Each round asks the server, which gives up the processor to it.
        while '"event":"ready"' not in out.read_text():
            if process.poll() is not None or time.monotonic() - start > SECONDS_A_BLOCK:
                block.complain(f"it never said that it is ready:\n{errors.read_text()}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", int(port))) != 0:
                    time.sleep(0.01)
        if f'"port":{port}' not in out.read_text():
            block.complain(f"it has another port: {out.read_text()}")
        self.said = None
        self.events.append((block, time.monotonic() - start, self.shown(out.read_text())))

    def stop(self, port):
        """What the server said until it had ended."""
        process, errors = self.running.pop(port, (None, None))
        if process is None:
            return
        process.send_signal(signal.SIGINT)
        try:
            status = process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise PageError(f"a server did not end on SIGINT: {errors.read_text()}") from None
        if status not in (0, 1):
            raise PageError(f"a server ended with {status}: {errors.read_text()}")

    def stop_all(self):
        for port in list(self.running):
            self.stop(port)


def check_files(found):
    """A file that no later block names is not used by a reader either."""
    for index, block in enumerate(found):
        name = block.words.get("file")
        if name is not None and not any(pathlib.Path(name).stem in later.text for later in found[index + 1 :]):
            block.complain(f"no later block names {name}")


def transcript(reader):
    """What was done and said, with the time of each since the start."""
    lines, clock = [], 0.0
    for block, seconds, said in reader.events:
        head = f"## {int(clock) // 60}:{clock % 60:04.1f}"
        clock += seconds
        note = block.words.get("note", "").replace("-", " ")
        if block.hidden and not note:
            continue
        said = [line for line in said.splitlines() if line]
        half = LINE_LENGTH // 2
        said = [line if len(line) <= LINE_LENGTH else f"{line[:half]} … {line[-half:]}" for line in said]
        if len(said) > LINES:
            said[LINES // 2 : -LINES // 2] = [f"… {len(said) - LINES} lines …"]
        command = block.text.rstrip().splitlines()
        if "file" in block.words:
            head, shown = f"{head}, {block.words['file']} is written", command
        elif block.hidden:
            head, shown = f"{head}, {note}", said
        else:
            kind = {"python": "in Python, ", "js": "in Node, "}.get(block.language, "")
            head = f"{head}, {kind}{'ready' if 'background' in block.words else 'done'} after {seconds:.2f} s"
            prompt = "$ " if block.language == "sh" else ""
            shown = [prompt + command[0], *command[1:], *said]
        lines += [head, "", "```text", *shown, "```", ""]
    return "\n".join([*lines, f"The end, after {clock:.0f} s of the machine's time.", ""])


def main():
    page = pathlib.Path(sys.argv[1])
    binary = pathlib.Path(os.environ["OPENROUTER_SIM_BINARY"]).resolve()
    found = blocks(page.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="openrouter-sim-guide-") as name:
        reader = Reader(pathlib.Path(name), binary)
        (reader.folder / ".tools" / "node_modules" / "openrouter-sim-testing").symlink_to(REPOSITORY / "Clients/javascript")
        try:
            check_files(found)
            for block in found:
                reader.read(block)
        except PageError as error:
            sys.exit(f"{page}: {error}")
        finally:
            reader.stop_all()
        if len(sys.argv) > 2:
            pathlib.Path(sys.argv[2]).write_text(transcript(reader), encoding="utf-8")
        print(f"{page.name}: {reader.checked} of {len(found)} blocks hold")


if __name__ == "__main__":
    main()
