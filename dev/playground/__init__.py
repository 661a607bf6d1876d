"""Install and start Microsoft's Agents Playground, the chat client for local use and browser tests."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from dev.environment import SetupFailed, announce
from dev.node import Node, ensure_node
from dev.processes import Child, Children, wait_until_answering

_HOME = Path(__file__).resolve().parent
_PACKAGE = Path("node_modules", "@microsoft", "m365agentsplayground")
_START_SECONDS = 60.0


def ensure_playground() -> Node:
    """Afterwards the pinned Playground is installed beside this file; returns the node to run it.

    Raises SetupFailed when npm cannot install it.
    """
    node = ensure_node()
    stamp = _HOME / "node_modules" / "usher-lock.sha256"
    wanted = hashlib.sha256((_HOME / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return node
    announce("Installing Microsoft's Agents Playground (once)")
    command = [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(
        command,
        cwd=_HOME,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        raise SetupFailed(f"npm could not install the Agents Playground:\n{done.stdout.strip()}")
    stamp.write_text(wanted)
    return node


def start_playground(children: Children, node: Node, *, person: str, port: int, bot_url: str, folder: Path) -> Child:
    """Start the chat client of one person; it needs the bot only once somebody opens its page.

    `person` names a folder beside this file that holds the configuration (admin, guest, approver); `folder` is
    where the client may write its own logs and the recorded activities.
    """
    folder.mkdir(parents=True, exist_ok=True)
    configuration = ".m365agentsplayground.yml"
    shutil.copyfile(_HOME / person / configuration, folder / configuration)
    return children.start(
        f"playground-{person}",
        [
            *node.node,
            _HOME / _PACKAGE / "cli.js",
            "start",
            "--app-endpoint",
            f"{bot_url}/api/messages",
            "--channel-id",
            "msteams",
            "--port",
            str(port),
            "--service-url",
            f"http://127.0.0.1:{port}/_connector",
            "--enable-events-recording",
            "--disable-telemetry",
        ],
        cwd=folder,
        env={"TEAMSAPPTESTER_BROWSER": "none", "NO_PROXY": _without_proxy()},
    )


def wait_for_playground(child: Child, port: int) -> None:
    """Return as soon as the chat client's page answers. Raises ChildFailed."""
    wait_until_answering(child, f"http://127.0.0.1:{port}/", seconds=_START_SECONDS)


def _without_proxy() -> str:
    own = os.environ.get("NO_PROXY") or os.environ.get("no_proxy") or ""
    return ",".join(part for part in ("127.0.0.1", "localhost", own) if part)
