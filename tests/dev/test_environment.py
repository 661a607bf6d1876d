"""Set-up is skipped while nothing changed and done again when requirements do."""

import os
import sys
from pathlib import Path

import pytest

from dev import environment
from dev.environment import SetupFailed, ensure_environment


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment that is up to date, whose Python is a file that cannot run: any set-up would show."""
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "BIN", tmp_path / ".venv" / "bin")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.setattr(environment, "REQUIREMENTS", tmp_path / "requirements-dev.txt")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").write_text("not a program")
    (tmp_path / "requirements-dev.txt").write_text("msal==1.0\n")
    (tmp_path / ".venv" / "stamp").write_text(environment._fingerprint())
    return tmp_path


def test_nothing_is_done_while_requirements_are_the_same(project: Path) -> None:
    assert ensure_environment() == project / ".venv" / "bin" / "python"

    assert (project / ".venv" / "bin" / "python").read_text() == "not a program"


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for uv is a shell script")
def test_changed_requirements_are_installed_once(project: Path) -> None:
    (project / ".venv" / "bin" / "python").unlink()
    (project / ".venv" / "bin" / "python").symlink_to(sys.executable)
    _script(project / ".venv" / "bin" / "uv", 'echo "$@" >> calls')
    (project / "requirements-dev.txt").write_text("msal==1.1\n")

    ensure_environment()
    ensure_environment()

    calls = (project / "calls").read_text().splitlines()
    assert len(calls) == 1
    assert calls[0].endswith(f"-r {project / 'requirements-dev.txt'}")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for uv is a shell script")
def test_failed_installation_is_said_and_tried_again_next_time(project: Path) -> None:
    _script(project / ".venv" / "bin" / "uv", "exit 1")
    _script(project / ".venv" / "bin" / "python", '[ "$1" = -c ]')
    (project / "requirements-dev.txt").write_text("nowhere==1.1\n")

    for _ in range(2):
        with pytest.raises(SetupFailed, match="could not be installed"):
            ensure_environment()


def _script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
