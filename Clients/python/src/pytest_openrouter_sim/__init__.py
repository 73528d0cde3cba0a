"""A fake OpenRouter for tests: the server, its worlds, and what a test does with one.

The pytest plugin is ``pytest_openrouter_sim.plugin``; what is exported here also works without pytest.
"""

from .binary import BinaryNotFound, find_binary
from .control import Control, SimulatorError
from .server import ServerProcess, Simulator, StartError
from .world import Clock, Faults, Journal, VerificationError, World

__all__ = [
    "BinaryNotFound",
    "Clock",
    "Control",
    "Faults",
    "Journal",
    "ServerProcess",
    "Simulator",
    "SimulatorError",
    "StartError",
    "VerificationError",
    "World",
    "find_binary",
]
