"""Keep requirements*.txt fully pinned: compile them from the .in files and check that nothing floats."""

import re
import subprocess
from pathlib import Path

from dev.environment import ROOT, executable

FILES = ("requirements.txt", "requirements-dev.txt", "dev/playground/requirements.txt")
_PIN = re.compile(r"^[A-Za-z0-9._-]+(\[[A-Za-z0-9,._-]+\])?==[A-Za-z0-9.+!]+(\s*;.*)?$")


def compile_pins() -> int:
    """Afterwards the .txt files hold the newest versions that fit the .in files, for Python 3.11 and later."""
    for name in ("requirements", "requirements-dev"):
        command = [
            *(str(executable("uv")), "pip", "compile", "-q", "--universal", "--upgrade", "--python-version", "3.11"),
            *("--no-header", "--no-emit-index-url", "--no-emit-find-links", "-o", f"{name}.txt", f"{name}.in"),
        ]
        done = subprocess.run(command, cwd=ROOT, check=False)
        if done.returncode != 0:
            return done.returncode
    return 0


def floating(text: str) -> list[str]:
    """The lines of one requirements file that do not name exactly one version."""
    lines = (line.split(" #")[0].strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#") and not _PIN.match(line)]


def unpinned(root: Path = ROOT) -> list[str]:
    """All findings over the project's requirement files, each as `file: line`."""
    return [f"{name}: {line}" for name in FILES for line in floating((root / name).read_text())]
