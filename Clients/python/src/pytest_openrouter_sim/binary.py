"""Where the program is."""

import os
import shutil
from pathlib import Path

VARIABLE = "OPENROUTER_SIM_BINARY"


class BinaryNotFound(Exception):
    """No openrouter-sim was found; says where it was looked for."""


def find_binary(path: str | os.PathLike[str] | None = None) -> str:
    """The program's path: the one that is given, else the one in OPENROUTER_SIM_BINARY, else the one in PATH."""
    for origin, named in (("the option", path), (VARIABLE, os.environ.get(VARIABLE))):
        if named:
            if not os.access(named, os.X_OK) or Path(named).is_dir():
                raise BinaryNotFound(f"{origin} names '{named}', which is no program that can be run")
            return str(Path(named).absolute())
    found = shutil.which("openrouter-sim")
    if found is None:
        raise BinaryNotFound(
            "openrouter-sim was not found. Put it into PATH, name it in OPENROUTER_SIM_BINARY or with "
            "--openrouter-sim-binary, or name a running server in OPENROUTER_SIM_URL"
        )
    return found
