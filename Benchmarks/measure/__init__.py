"""Measures openrouter-sim from outside; see ../run."""
