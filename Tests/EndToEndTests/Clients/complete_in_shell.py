"""Types lines at an interactive shell, presses Tab after each, and has the shell print what it has made of the line.

complete_in_shell.py SHELL HOME ROW…: a row is what is typed and what it is to become, as JSON. HOME holds the shell's
settings, with the prompt "READY> ". Prints nothing when all is well.
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

DEADLINE_SECONDS = 60
PROMPT = "READY> "
# Colors, movements, and the settings of the terminal.
ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>])")
TO_LINE_START = b"\x01"


class Shell:
    def __init__(self, name, home):
        self.text = ""
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            environment = {"HOME": home, "ZDOTDIR": home, "PATH": os.environ["PATH"], "TERM": "xterm", "LC_ALL": "C.UTF-8"}
            os.execvpe(name, [name, "-i"], environment)
        # Wide enough for a line and its completion.
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))

    def type(self, keys):
        self.text = ""
        os.write(self.terminal, keys)

    def wait_for(self, expected):
        """Waits for a text since the last keys."""
        end = time.monotonic() + DEADLINE_SECONDS
        while expected not in ESCAPES.sub("", self.text).replace("\r", "\n"):
            ready, _, _ = select.select([self.terminal], [], [], max(0, end - time.monotonic()))
            if not ready:
                sys.exit(f"{expected!r} did not appear: {self.text!r}")
            self.text += os.read(self.terminal, 65536).decode(errors="replace")


def main():
    rows = [json.loads(row) for row in sys.argv[3:]]
    shell = Shell(sys.argv[1], sys.argv[2])
    try:
        shell.wait_for(PROMPT)
        for typed, expected in rows:
            # A line under way is redrawn in pieces; one that is printed comes whole.
            shell.type(typed.encode() + b"\t" + TO_LINE_START + b"echo : \r")
            shell.wait_for(f"\n: {expected}")
            shell.wait_for(PROMPT)
    finally:
        os.kill(shell.process, signal.SIGKILL)
        os.waitpid(shell.process, 0)


main()
