"""The whole loop on free ports for one group of tests: simulated tenant, bot, chat clients."""

import json
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dev.environment import ROOT
from dev.playground import ensure_playground, start_playground, wait_for_playground
from dev.processes import Children, free_port, wait_until_answering

_START_SECONDS = 60.0


@dataclass(frozen=True)
class Stack:
    """Addresses of everything that runs, without a slash at the end."""

    bot: str
    sandbox: str
    admin: str
    guest: str
    approver: str

    def control(self, verb: str, body: dict[str, Any] | None = None) -> Any:
        """Ask or turn the simulated tenant: `state`, `clock`, `mailbox`, `act`, `faults`, `reset`, `requests`."""
        request = urllib.request.Request(
            f"{self.sandbox}/_control/{verb}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")


@contextmanager
def started(folder: Path, **settings: str) -> Iterator[Stack]:
    """Start all five processes and end them with the block; `settings` are added to the bot's environment."""
    node = ensure_playground()
    stack = Stack(*(f"http://127.0.0.1:{free_port()}" for _ in range(5)))
    with Children(folder) as children:
        sandbox = children.start(
            "sandbox", [sys.executable, "-m", "sandbox", "--port", _port(stack.sandbox)], cwd=ROOT, env={}
        )
        wait_until_answering(sandbox, f"{stack.sandbox}/_control/clock", seconds=_START_SECONDS)
        bot = children.start(
            "bot", [sys.executable, "app.py", "--sandbox"], cwd=ROOT, env={**_settings(stack, folder), **settings}
        )
        wait_until_answering(bot, f"{stack.bot}/readyz", seconds=_START_SECONDS)
        for person, url in (("admin", stack.admin), ("guest", stack.guest), ("approver", stack.approver)):
            port = int(_port(url))
            client = start_playground(
                children, node, person=person, port=port, bot_url=stack.bot, folder=folder / person
            )
            wait_for_playground(client, port)
        yield stack


def mail_to(stack: Stack, address: str) -> str:
    """The body of the only mail that went to an address."""
    mails = [sent["message"] for sent in stack.control("mailbox")]
    bodies: list[str] = [
        mail["body"]["content"]
        for mail in mails
        if any(one["emailAddress"]["address"] == address for one in mail["toRecipients"])
    ]
    assert len(bodies) == 1
    return bodies[0]


def _settings(stack: Stack, folder: Path) -> dict[str, str]:
    return {
        "PORT": _port(stack.bot),
        "HOST": "127.0.0.1",
        "GRAPH_URL": stack.sandbox,
        "LOGIN_URL": stack.sandbox,
        "MYACCESS_URL": f"{stack.sandbox}/myaccess",
        "MYAPPS_URL": f"{stack.sandbox}/myapps",
        "USHER_CLOCK_URL": f"{stack.sandbox}/_control/clock",
        "DATABASE_URL": f"sqlite:///{folder / 'usher.db'}",
        "USHER_SWEEP_SECONDS": "2",
    }


def _port(url: str) -> str:
    return url.rsplit(":", 1)[1]
