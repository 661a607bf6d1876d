"""Run the whole loop for a newcomer: simulated tenant, bot, and one chat client each for admin, guest and approver."""

import contextlib
import os
import signal
import sys
import time
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from dev.environment import ROOT, SetupFailed, announce
from dev.playground import ensure_playground, start_playground, wait_for_playground
from dev.processes import ChildFailed, Children, is_free, wait_until_answering

CLIENTS = {"admin": 56150, "guest": 56151, "approver": 56152}
_BOT_SECONDS = 60.0

_WELCOME = """
  Usher is running against a simulated tenant. Nothing leaves this machine.

  Admin (Alex Wilber)      http://127.0.0.1:{admin}
  Guest (Ana Silva)        http://127.0.0.1:{guest}
  Approver (Adele Vance)   http://127.0.0.1:{approver}
  Guest's My Access        http://127.0.0.1:{sandbox}/myaccess/   (pick Ana once she is invited)
  Guest's My Apps          http://127.0.0.1:{sandbox}/myapps/

  Open "Personal Chat" as the admin and type, for example:

    invite ana@fabrikam.com to "Invited users package" for 14 days because "audit"
    invite ana@fabrikam.com
    package new
    help

  Let a week pass, and see who is warned:

    curl -X POST http://127.0.0.1:{sandbox}/_control/clock -d '{{"advance": "P7D"}}'

  Logs are in {logs}. Ctrl-C ends everything.
"""


# What Usher looks for every quarter of an hour, or every hour, shows while somebody tries it out.
_LIVELY = {"USHER_SWEEP_SECONDS": "10", "USHER_LEAVERS_SECONDS": "30"}


def run_loop(python: Path) -> int:
    """Start everything, print the addresses and wait until Ctrl-C; returns the exit status."""
    bot_port, sandbox_port = _port("PORT", "3978"), _port("USHER_SANDBOX_PORT", "8180")
    _require_free([bot_port, sandbox_port, *CLIENTS.values()])
    node = ensure_playground()
    folder = ROOT / "build" / "run"
    with _terminable(), Children(folder) as children:
        try:
            bot_url = f"http://127.0.0.1:{bot_port}"
            bot = children.start(
                "bot",
                [python, "app.py", "--sandbox"],
                cwd=ROOT,
                env={"PORT": str(bot_port), "PYTHONUNBUFFERED": "1", **_LIVELY, **_fresh_ledger(folder)},
            )
            clients = [
                (start_playground(children, node, person=who, port=port, bot_url=bot_url, folder=folder / who), port)
                for who, port in CLIENTS.items()
            ]
            wait_until_answering(bot, f"{bot_url}/readyz", seconds=_BOT_SECONDS)
            for client, port in clients:
                wait_for_playground(client, port)
            sys.stdout.write(_WELCOME.format(**CLIENTS, sandbox=sandbox_port, logs=folder.relative_to(ROOT)))
            sys.stdout.flush()
            _open_browser(f"http://127.0.0.1:{CLIENTS['admin']}")
            return _watch(children)
        except ChildFailed as failed:
            announce(str(failed))
            return 1
        except KeyboardInterrupt:
            announce("Ending")
            return 0


def _watch(children: Children) -> int:
    while True:
        ended = children.ended()
        if ended is not None:
            announce(f"{ended.name} ended by itself:\n{ended.tail()}")
            return 1
        time.sleep(0.3)


def _port(setting: str, usual: str) -> int:
    said = os.environ.get(setting, usual)
    if not said.isdecimal() or not 0 < int(said) < 65536:
        raise SetupFailed(f"{setting} must be a number from 1 to 65535, not {said!r}")
    return int(said)


def _fresh_ledger(folder: Path) -> dict[str, str]:
    """The simulated tenant begins anew each time, so what the bot remembers must begin anew as well."""
    if "DATABASE_URL" in os.environ:
        return {}
    for old in folder.glob("usher*.db*"):
        old.unlink()
    return {"DATABASE_URL": f"sqlite:///{(folder / 'usher.db').as_posix()}"}


def _require_free(ports: list[int]) -> None:
    taken = [str(port) for port in ports if not is_free(port)]
    if taken:
        raise SetupFailed(
            f"Something already listens on 127.0.0.1, port {', '.join(taken)}. "
            "Is Usher running in another window? End that program and try again (PORT=4000 moves the bot)."
        )


def _open_browser(url: str) -> None:
    if os.name == "nt" or sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(url)


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """Treat a polite end from outside (SIGTERM, a closed terminal) like Ctrl-C, so no child outlives us."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
