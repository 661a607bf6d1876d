"""Start servers for a measurement and read what they cost."""

from __future__ import annotations

import json
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dev.environment import ROOT
from dev.processes import Child, Children, free_port, wait_until_answering

APP_ID = "22222222-2222-4222-8222-222222222222"
TENANT = "11111111-1111-4111-8111-111111111111"


@dataclass(frozen=True)
class Server:
    """A running server: `url` without a slash at the end, `token` for its inbound calls."""

    name: str
    url: str
    child: Child
    token: str = ""

    @property
    def cpu(self) -> float:
        """Seconds of CPU that the process's threads have used so far, to the nanosecond."""
        tasks = Path(f"/proc/{self.child.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    @property
    def memory(self) -> float:
        """Resident memory in MiB."""
        rows = Path(f"/proc/{self.child.process.pid}/status").read_text().splitlines()
        return int(next(row for row in rows if row.startswith("VmRSS")).split()[1]) / 1024


@dataclass
class Bench:
    """One run's processes and files."""

    children: Children
    folder: Path

    def connector(self, delay_ms: int = 0) -> Server:
        """The Bot Connector's stand-in, answering after so many milliseconds."""
        return self._module("connector", f"connector{delay_ms}", [str(delay_ms)])

    def peer(self, module: str, *arguments: str) -> Server:
        """One of benchmarks/servers."""
        return self._module(module, module, list(arguments))

    def tenant(self) -> Server:
        """The simulated tenant, with sign-in and the channel's keys."""
        port = free_port()
        command = [sys.executable, "-m", "sandbox", "--port", str(port)]
        child = self.children.start("tenant", command, cwd=ROOT, env={})
        url = f"http://127.0.0.1:{port}"
        wait_until_answering(child, f"{url}/_control/clock", seconds=30)
        return Server("tenant", url, child)

    def usher(self, tenant: Server, connector: Server) -> Server:
        """Usher as in production: tokens checked and fetched; only the hosts are loopback ones."""
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        database = self.folder / f"usher-{port}.db"
        child = self.children.start(
            "usher", [sys.executable, "app.py"], cwd=ROOT, env=_settings(port, tenant, database)
        )
        wait_until_answering(child, f"{url}/readyz", seconds=30)
        asked = {"aud": APP_ID, "serviceurl": f"{connector.url}/teams"}
        return Server("Usher", url, child, call(f"{tenant.url}/_control/botframework/token", asked)["token"])

    def _module(self, module: str, name: str, arguments: list[str]) -> Server:
        port = free_port()
        command = [sys.executable, "-m", f"benchmarks.servers.{module}", str(port), *arguments]
        child = self.children.start(name, command, cwd=ROOT, env={})
        url = f"http://127.0.0.1:{port}"
        wait_until_answering(child, f"{url}/readyz", seconds=30)
        return Server(name, url, child)


def _settings(port: int, tenant: Server, database: Path) -> Mapping[str, str]:
    return {
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "MicrosoftAppId": APP_ID,
        "MicrosoftAppPassword": "secret",
        "MicrosoftAppTenantId": TENANT,
        "GRAPH_URL": tenant.url,
        "LOGIN_URL": tenant.url,
        "MYACCESS_URL": f"{tenant.url}/myaccess",
        "MYAPPS_URL": f"{tenant.url}/myapps",
        "BOT_OPENID_METADATA_URL": f"{tenant.url}/_control/botframework/openid",
        "USHER_SERVICE_HOSTS": "127.0.0.1",
        "USHER_MAIL_FROM": "usher@contoso.onmicrosoft.com",
        "USHER_MESSAGES_PER_SECOND": "10000",
        "DATABASE_URL": f"sqlite:///{database}",
    }


def call(url: str, body: Any = None) -> Any:
    """The JSON that GET (without `body`) or POST answers."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        read = answer.read()
    return json.loads(read) if read else None
