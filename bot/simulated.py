"""Settings against a simulated tenant: nobody needs an account, and nothing but this machine is involved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import Misconfigured
from bot.settings import Settings, is_loopback, read_settings

#: The simulated tenant's own application and mailbox, by field of Settings.
_DEMO = {
    "app_id": "22222222-2222-4222-8222-222222222222",
    "app_password": "sandbox",
    "tenant_id": "11111111-1111-4111-8111-111111111111",
    "mail_from": "usher@contoso.onmicrosoft.com",
    "oauth_connection": "usher-sign-in",
}


def sandbox_settings(start_tenant: Callable[[int], str]) -> Settings:
    """What the environment leaves open is set to the simulated tenant that GRAPH_URL names.

    Without GRAPH_URL, `start_tenant` makes one on the port it is given and answers its address. Raises
    Misconfigured when anything but this machine is involved: nobody is asked for credentials here.
    """
    given = read_settings()
    if not is_loopback(given.host):
        raise Misconfigured("--sandbox listens on loopback only: leave HOST out or set it to localhost")
    ours = dict(_DEMO)
    url = given.graph_url
    if "graph_url" not in given.model_fields_set:
        url = start_tenant(given.sandbox_port)
        ours["database_url"] = _fresh_ledger()
    elif not is_loopback(urlsplit(url).hostname or ""):
        raise Misconfigured("--sandbox attaches to a tenant on loopback only: GRAPH_URL names another host")
    ours |= {
        "graph_url": url,
        "login_url": url,
        "token_service_url": url,
        "myaccess_url": f"{url}/myaccess",
        "myapps_url": f"{url}/myapps",
        "clock_url": f"{url}/_control/clock",
    }
    return read_settings(**{name: value for name, value in ours.items() if name not in given.model_fields_set})


def _fresh_ledger() -> str:
    """The tenant inside this process begins anew each time, so what Usher remembers must too."""
    for old in Path("var").glob("sandbox*.db*"):
        old.unlink()
    return "sqlite:///var/sandbox.db"
