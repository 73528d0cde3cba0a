"""What the README shows works."""

import re
from pathlib import Path

import pytest

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"```python[^\n]*\n# (test_\w+\.py)\n(.*?)```", README, re.DOTALL))


def test_there_are_examples():
    assert sorted(EXAMPLES) == ["test_chat.py", "test_scenarios.py"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_of_the_readme_passes(run, name):
    run(EXAMPLES[name]).assert_outcomes(passed=EXAMPLES[name].count("def test_"))
