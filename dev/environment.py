"""Make the project's own virtual environment and keep it in step with the pinned requirements."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements-dev.txt"
STAMP = VENV / "usher-requirements.sha256"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")


class SetupFailed(Exception):
    """Something this machine lacks; the message says what and how to get it."""


def executable(name: str) -> Path:
    """The path of a program inside the virtual environment, whether it exists or not."""
    return BIN / (f"{name}.exe" if os.name == "nt" else name)


def ensure_environment() -> Path:
    """Afterwards `.venv` holds exactly the pinned versions; returns its Python.

    Nothing is done, in milliseconds, while requirements and Python are those of the last time.
    Raises SetupFailed when the environment cannot be made.
    """
    python = executable("python")
    wanted = _fingerprint()
    if python.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return python
    if not _runs(python):
        _create()
    _install(REQUIREMENTS)
    STAMP.write_text(wanted)
    return python


def install(requirements: Path) -> None:
    """Afterwards the packages pinned in one more file are in the environment as well."""
    _install(requirements)


def _fingerprint() -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return hashlib.sha256(REQUIREMENTS.read_bytes() + version.encode()).hexdigest()


def _runs(python: Path) -> bool:
    """False for a missing, half-made or orphaned environment, and for one of another Python."""
    code = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    try:
        return subprocess.run([python, "-c", code], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _create() -> None:
    announce(f"Making {VENV.name} with Python {sys.version.split()[0]}")
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False, capture_output=True, text=True)
    if made.returncode == 0:
        return
    uv = shutil.which("uv")
    if uv and _call([uv, "venv", "--seed", "--python", sys.executable, str(VENV)]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    raise SetupFailed(
        f"{sys.executable} cannot make a virtual environment:\n{(made.stdout + made.stderr).strip()}\n"
        "On Debian and Ubuntu: apt-get install python3-venv"
    )


def _install(requirements: Path) -> None:
    announce(f"Installing {requirements.relative_to(ROOT)} (once; a minute or so)")
    python = str(executable("python"))
    quick = _uv()
    if quick and _call(
        [quick, "pip", "install", "-q", "--compile-bytecode", "--python", python, "-r", str(requirements)]
    ):
        return
    announce("Falling back to pip")
    if not _call([python, "-m", "pip", "install", "-q", "-r", str(requirements)]):
        raise SetupFailed("The packages could not be installed; the lines above say why.")


def _uv() -> str | None:
    """uv installs ten times faster than pip; without it pip does the same work."""
    uv = executable("uv")
    if not uv.exists():
        _call([str(executable("python")), "-m", "pip", "install", "-q", f"uv=={_pinned('uv')}"])
    return str(uv) if uv.exists() else None


def _pinned(package: str) -> str:
    found = re.search(rf"^{re.escape(package)}==(\S+)", REQUIREMENTS.read_text(), re.MULTILINE)
    if found is None:
        raise SetupFailed(f"{REQUIREMENTS.name} pins no {package}")
    return found.group(1)


def _call(command: list[str]) -> bool:
    return subprocess.run(command, check=False, cwd=ROOT, stdin=subprocess.DEVNULL).returncode == 0


def announce(text: str) -> None:
    """Tell the person at the terminal, at once and in order with the children's own lines."""
    sys.stderr.write(f"· {text}\n")
    sys.stderr.flush()
