"""Settings come from the environment or a `.env` file under agreed names, and a wrong one is refused in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, SettingsError, is_loopback, read_settings, require_identity

WHOLE = {"MicrosoftAppId": "an-id", "MicrosoftAppPassword": "a-secret", "MicrosoftAppTenantId": "a-tenant"}
AGREED = {
    "PORT": (3978, "4000", 4000),
    "HOST": ("localhost", "0.0.0.0", "0.0.0.0"),
    "MicrosoftAppId": ("", "an-id", "an-id"),
    "MicrosoftAppPassword": ("", "a-secret", "a-secret"),
    "MicrosoftAppType": ("SingleTenant", "UserAssignedMSI", "UserAssignedMSI"),
    "MicrosoftAppTenantId": ("", "a-tenant", "a-tenant"),
    "GRAPH_URL": ("https://graph.microsoft.com", "https://graph.microsoft.us/", "https://graph.microsoft.us"),
    "LOGIN_URL": ("https://login.microsoftonline.com", "http://127.0.0.1:8180", "http://127.0.0.1:8180"),
    "MYACCESS_URL": ("https://myaccess.microsoft.com", "http://[::1]:1/myaccess", "http://[::1]:1/myaccess"),
    "MYAPPS_URL": ("https://myapplications.microsoft.com", "https://x.org/apps/", "https://x.org/apps"),
    "DATABASE_URL": ("sqlite:///var/usher.db", "postgresql://db/usher", "postgresql://db/usher"),
    "BOT_OPENID_METADATA_URL": (
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        "http://localhost:8180/openid",
        "http://localhost:8180/openid",
    ),
    "USHER_MAIL_FROM": ("", "usher@contoso.com", "usher@contoso.com"),
    "USHER_NOTICE_DAYS": ("30,14,7,1,0", " 7, 1 ", "7,1"),
    "USHER_SWEEP_SECONDS": (900.0, "2.5", 2.5),
    "USHER_CLOCK_URL": ("", "http://localhost:8180", "http://localhost:8180"),
}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No `.env` of a developer is near."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)


def by_name(settings: Settings) -> dict[str, object]:
    return settings.model_dump(by_alias=True)


@pytest.mark.parametrize("name", AGREED)
def test_an_agreed_name_has_its_default_and_is_read_from_the_environment(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    default, given, read = AGREED[name]
    before = by_name(read_settings())[name]
    monkeypatch.setenv(name, given)

    after = by_name(read_settings())[name]

    assert (before, after) == (default, read)


@pytest.mark.parametrize("name", AGREED)
def test_an_empty_variable_is_as_good_as_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "")

    assert by_name(read_settings())[name] == AGREED[name][0]


def test_a_dotenv_file_works_and_the_environment_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("PORT=4001\nUSHER_MAIL_FROM=usher@contoso.com\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("PORT", "4002")

    settings = read_settings()

    assert (settings.port, settings.mail_from) == (4002, "usher@contoso.com")


def test_what_is_given_in_code_goes_before_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "4002")

    assert read_settings(PORT=4003).port == 4003


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("GRAPH_URL", "http://graph.microsoft.com", "loopback only"),
        ("LOGIN_URL", "http://login.example.org", "loopback only"),
        ("MYACCESS_URL", "http://localhost.example.org", "loopback only"),
        ("MYAPPS_URL", "http://127.0.0.1@example.org", "loopback only"),
        ("BOT_OPENID_METADATA_URL", "http://10.0.0.1/openid", "loopback only"),
        ("GRAPH_URL", "https://graph.microsoft.com/v1.0", "without a path"),
        ("LOGIN_URL", "https://login.microsoftonline.com/common", "without a path"),
        ("GRAPH_URL", "graph.microsoft.com", "not an address"),
        ("GRAPH_URL", "ftp://localhost", "not an address"),
        ("GRAPH_URL", "https://[::1", "GRAPH_URL"),
        ("USHER_CLOCK_URL", "https://clock.example.org", "loopback only"),
        ("MicrosoftAppType", "MultiTenant", "MicrosoftAppType"),
        ("MicrosoftAppType", "SingelTenant", "MicrosoftAppType"),
        ("PORT", "65536", "PORT"),
        ("PORT", "http", "PORT"),
        ("USHER_SWEEP_SECONDS", "0", "USHER_SWEEP_SECONDS"),
        ("USHER_SWEEP_SECONDS", "inf", "USHER_SWEEP_SECONDS"),
        ("USHER_NOTICE_DAYS", "30,soon", "30,soon is no list of days"),
        ("USHER_NOTICE_DAYS", "-1", "no list of days"),
        ("USHER_LOG_LEVEL", "LOUD", "USHER_LOG_LEVEL"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        read_settings()

    assert says in str(refused.value)
    assert "Value error" not in str(refused.value)


def test_every_wrong_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "http")
    monkeypatch.setenv("GRAPH_URL", "http://example.org")

    with pytest.raises(SettingsError) as refused:
        read_settings()

    assert "PORT" in str(refused.value)
    assert "GRAPH_URL" in str(refused.value)


@pytest.mark.parametrize("typed", ["singletenant", "SINGLETENANT", "SingleTenant"])
def test_the_app_type_is_read_in_any_case(typed: str) -> None:
    assert read_settings(MicrosoftAppType=typed).app_type == "SingleTenant"


@pytest.mark.parametrize("missing", WHOLE)
def test_serving_people_needs_the_whole_identity(missing: str) -> None:
    settings = read_settings(**{name: value for name, value in WHOLE.items() if name != missing})

    with pytest.raises(SettingsError, match=missing):
        require_identity(settings)


def test_a_certificate_or_a_managed_identity_stands_in_for_the_password() -> None:
    without = {name: value for name, value in WHOLE.items() if name != "MicrosoftAppPassword"}

    require_identity(read_settings(**WHOLE))
    require_identity(read_settings(**without, USHER_CERTIFICATE="bot.pem"))
    require_identity(read_settings(**without, MicrosoftAppType="UserAssignedMSI"))


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = read_settings(**WHOLE, DATABASE_URL="postgresql://usher:hidden@db/usher")

    assert "a-secret" not in repr(settings)
    assert "hidden" not in repr(settings)


def test_settings_stay_as_they_were_read() -> None:
    settings = read_settings()

    with pytest.raises(ValidationError):
        settings.port = 1


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("localhost", True), ("LOCALHOST", True), ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("[::1]", True),
        ("0.0.0.0", False), ("10.0.0.1", False), ("localhost.example.org", False), ("127.0.0.1.nip.io", False), ("", False),
    ],
)  # fmt: skip
def test_loopback_is_this_machine_only(host: str, near: bool) -> None:
    assert is_loopback(host) is near
