"""The settings, frozen, and the only reader of the environment."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SERVICE_HOSTS = (
    "smba.trafficmanager.net,*.botframework.com,smba.infra.gcc.teams.microsoft.com,"
    "smba.infra.gov.teams.microsoft.us,smba.infra.dod.teams.microsoft.us"
)


class SettingsError(ValueError):
    """A setting is missing or wrong; the message names each one in plain words."""


class Settings(BaseSettings):
    """Everything an operator can set, from the environment or a `.env` file (docs/admin-guide.md explains each)."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True
    )

    port: int = Field(3978, alias="PORT", ge=0, le=65535)
    host: str = Field("localhost", alias="HOST")
    app_id: str = Field("", alias="MicrosoftAppId")
    app_password: str = Field("", alias="MicrosoftAppPassword", repr=False)
    app_type: Literal["SingleTenant", "UserAssignedMSI"] = Field("SingleTenant", alias="MicrosoftAppType")
    tenant_id: str = Field("", alias="MicrosoftAppTenantId")
    certificate: Path | None = Field(None, alias="USHER_CERTIFICATE")
    graph_url: str = Field("https://graph.microsoft.com", alias="GRAPH_URL")
    login_url: str = Field("https://login.microsoftonline.com", alias="LOGIN_URL")
    myaccess_url: str = Field("https://myaccess.microsoft.com", alias="MYACCESS_URL")
    myapps_url: str = Field("https://myapplications.microsoft.com", alias="MYAPPS_URL")
    database_url: str = Field("sqlite:///var/usher.db", alias="DATABASE_URL", repr=False)
    openid_url: str = Field(
        "https://login.botframework.com/v1/.well-known/openidconfiguration", alias="BOT_OPENID_METADATA_URL"
    )
    oauth_connection: str = Field("", alias="USHER_OAUTH_CONNECTION")
    token_service_url: str = Field("https://api.botframework.com", alias="BOT_TOKEN_SERVICE_URL")
    service_hosts: str = Field(SERVICE_HOSTS, alias="USHER_SERVICE_HOSTS")
    mail_from: str = Field("", alias="USHER_MAIL_FROM")
    notice_days: str = Field("30,14,7,1,0", alias="USHER_NOTICE_DAYS")
    sweep_seconds: float = Field(900.0, alias="USHER_SWEEP_SECONDS", gt=0, allow_inf_nan=False)
    sponsors_extend: bool = Field(True, alias="USHER_SPONSORS_EXTEND")
    leavers_seconds: float = Field(3600.0, alias="USHER_LEAVERS_SECONDS", gt=0, allow_inf_nan=False)
    stale_cap: int = Field(20, alias="USHER_STALE_CAP", ge=1, le=200)
    stale_grace_days: int = Field(30, alias="USHER_STALE_GRACE_DAYS", ge=0, le=3650)
    messages_per_second: float = Field(40.0, alias="USHER_MESSAGES_PER_SECOND", gt=0, allow_inf_nan=False)
    clock_url: str = Field("", alias="USHER_CLOCK_URL")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", alias="USHER_LOG_LEVEL")
    teams_app_id: str = Field("", alias="USHER_TEAMS_APP_ID")
    public_url: str = Field("https://example.com", alias="USHER_PUBLIC_URL")
    sandbox_port: int = Field(8180, alias="USHER_SANDBOX_PORT", ge=0, le=65535)

    @field_validator("app_type", mode="before")
    @classmethod
    def _app_type(cls, value: Any) -> Any:
        """Case does not matter; MultiTenant bots can no longer be made, and a misspelt type must not pass for one."""
        known = {"singletenant": "SingleTenant", "userassignedmsi": "UserAssignedMSI"}
        return known.get(str(value).casefold(), value)

    @field_validator("notice_days")
    @classmethod
    def _notice_days(cls, value: str) -> str:
        """Whole numbers of days before the end, separated by commas; `off` switches notices off."""
        marks = [mark.strip() for mark in value.split(",") if mark.strip()]
        if [mark.casefold() for mark in marks] == ["off"]:
            return "off"
        if not marks or not all(mark.isascii() and mark.isdigit() and len(mark) <= 4 for mark in marks):
            raise ValueError(f"{value} is no list of days like 30,14,7,1,0 (or off)")
        return ",".join(marks)

    @field_validator("oauth_connection")
    @classmethod
    def _oauth_connection(cls, value: str) -> str:
        """Empty, or the word off: nobody signs in, and what only people themselves may do is left to My Access."""
        name = value.strip()
        return "" if name.casefold() == "off" else name

    @field_validator("graph_url", "login_url", "token_service_url")
    @classmethod
    def _host_only(cls, value: str) -> str:
        """The paths behind these hosts are Usher's own business; one given here would appear twice."""
        parts = urlsplit(value.strip())
        if parts.hostname and parts.path.strip("/"):
            raise ValueError(f"{value}: give the host only, without a path")
        return value

    @field_validator(
        "graph_url", "login_url", "myaccess_url", "myapps_url", "clock_url", "openid_url", "token_service_url"
    )
    @classmethod
    def _url(cls, value: str) -> str:
        """https everywhere; plain http only on loopback, where nobody listens in."""
        bare = value.strip().rstrip("/")
        if not bare:
            return ""
        parts = urlsplit(bare)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{value} is not an address")
        if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
            raise ValueError(f"{value}: plain http is allowed on loopback only")
        return bare

    @property
    def notice_marks(self) -> tuple[int, ...]:
        """The days of `notice_days`, the furthest before the end first, each once."""
        marks = {int(mark) for mark in self.notice_days.split(",") if mark != "off"}
        return tuple(sorted(marks, reverse=True))

    @model_validator(mode="after")
    def _clock_is_near(self) -> Settings:
        if self.clock_url and not is_loopback(urlsplit(self.clock_url).hostname or ""):
            raise ValueError("USHER_CLOCK_URL is for a simulated tenant on loopback only")
        return self


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def read_settings(**given: Any) -> Settings:
    """The settings of this process; `given` (by environment name or field) goes before the environment.

    Raises SettingsError, naming each wrong setting in one line.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        found = error.errors(include_url=False)
        # What we say ourselves comes from pydantic behind "Value error, ".
        problems = [f"{'.'.join(map(str, one['loc']))}: {one.get('ctx', {}).get('error', one['msg'])}" for one in found]
        raise SettingsError("; ".join(problems)) from error


def require_identity(settings: Settings) -> None:
    """Serving real people needs the bot's own identity. Raises SettingsError naming what is missing."""
    missing = [
        name
        for name, value in (("MicrosoftAppId", settings.app_id), ("MicrosoftAppTenantId", settings.tenant_id))
        if not value
    ]
    if settings.app_type == "SingleTenant" and not (settings.app_password or settings.certificate):
        missing.append("MicrosoftAppPassword (or USHER_CERTIFICATE)")
    if missing:
        raise SettingsError(f"not set: {', '.join(missing)}. To try Usher without an account: python app.py --sandbox")
