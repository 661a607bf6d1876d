"""With `--sandbox` nothing has to be set, and nothing but this machine is ever involved."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import Misconfigured
from bot.settings import Settings, require_identity
from bot.simulated import sandbox_settings


@pytest.fixture(autouse=True)
def _nothing_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)


def started(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def never_started(port: int) -> str:
    raise AssertionError("a tenant was started")


def test_without_settings_a_tenant_is_started_and_everything_points_to_it() -> None:
    settings = sandbox_settings(started)

    require_identity(settings)
    assert settings.graph_url == settings.login_url == "http://127.0.0.1:8180"
    assert settings.clock_url == "http://127.0.0.1:8180/_control/clock"
    assert settings.mail_from == "usher@contoso.onmicrosoft.com"


def test_what_is_set_goes_before_what_the_tenant_would_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USHER_SANDBOX_PORT", "4321")
    monkeypatch.setenv("MicrosoftAppId", "an-id")
    monkeypatch.setenv("MYAPPS_URL", "http://localhost:9/tiles")

    settings = sandbox_settings(started)

    assert (settings.app_id, settings.myapps_url) == ("an-id", "http://localhost:9/tiles")
    assert settings.myaccess_url == "http://127.0.0.1:4321/myaccess"


def test_a_tenant_that_begins_anew_gets_a_ledger_that_does_too(tmp_path: Path) -> None:
    remembered = tmp_path / "var" / "sandbox-jobs.db"
    remembered.parent.mkdir()
    remembered.touch()

    settings = sandbox_settings(started)

    assert settings.database_url == "sqlite:///var/sandbox.db"
    assert not remembered.exists()


def test_a_tenant_that_runs_already_is_attached_to_and_the_ledger_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPH_URL", "http://localhost:8180")

    settings = sandbox_settings(never_started)

    assert settings.login_url == "http://localhost:8180"
    assert settings.database_url == "sqlite:///var/usher.db"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("HOST", "0.0.0.0", "loopback only"),
        ("GRAPH_URL", "https://graph.microsoft.com", "another host"),
    ],
)
def test_another_machine_is_never_involved(name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(Misconfigured, match=said):
        sandbox_settings(never_started)
