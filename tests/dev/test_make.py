"""The two doors to the project, make and make.py, open onto the same verbs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dev.environment import ROOT

VERBS = ("run", "test", "lint", "bench", "package", "check", "pin")


def _make_py(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, ROOT / "make.py", *arguments], capture_output=True, text=True, check=False)


def test_help_names_every_verb() -> None:
    said = _make_py("help")

    assert said.returncode == 0
    assert all(f"  {verb}" in said.stdout for verb in VERBS)


def test_unknown_verb_is_refused_with_the_list_of_verbs() -> None:
    said = _make_py("rnu")

    assert said.returncode == 2
    assert "  run" in said.stdout


@pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")
@pytest.mark.parametrize("verb", VERBS)
def test_make_target_is_one_line_over_make_py(verb: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "ARGS"))}

    planned = subprocess.run(
        ["make", "-n", verb], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout

    assert planned.split(maxsplit=1)[1].strip() == f"make.py {verb}"


def test_tools_on_the_machine_s_own_python_need_nothing_installed(tmp_path: Path) -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import make"

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(ROOT)], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
