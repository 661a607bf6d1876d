"""Set-up is skipped while nothing changed and done again when requirements do."""

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


def test_changed_requirements_are_installed_and_what_is_missing_is_said(project: Path) -> None:
    (project / "requirements-dev.txt").write_text("msal\n")

    with pytest.raises(SetupFailed, match="pins no uv"):
        ensure_environment()

    assert (project / ".venv" / "pyvenv.cfg").exists()
