"""The prompts' recognizers cost nothing until one is used, and work then."""

import subprocess
import sys

LAZY = """
import sys, bot.teams.dialogs
loaded = [name for name in sys.modules if name.startswith("recognizers") and "." in name]
assert not loaded, loaded
from botbuilder.dialogs.choices import ChoiceRecognizers
found = ChoiceRecognizers.recognize_choices("the second one", ["red", "green", "blue"])
assert found[0].resolution.value == "green", found
assert any(name.startswith("recognizers_number.") for name in sys.modules)
"""


def test_recognizers_are_loaded_on_first_use_and_then_recognize() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", LAZY], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
