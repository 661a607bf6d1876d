"""Start child processes, wait until they answer over HTTP, and end them whatever happens."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

_END_SECONDS = 10.0
_POLL_SECONDS = 0.05


class ChildFailed(Exception):
    """A child ended or stayed silent; the message ends with the last lines it wrote."""


@dataclass(frozen=True)
class Child:
    """One running process and the file its output goes to."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def tail(self, lines: int = 15) -> str:
        """The last lines of the child's output."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


@dataclass
class Children:
    """The processes of one run; leaving the `with` block ends all of them.

    All are asked at once, so that an impatient second Ctrl-C leaves none behind.
    """

    logs: Path
    running: list[Child] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self.running:
            _signal(child.process, signal.SIGTERM)
        while self.running:
            _wait_for_end(self.running.pop().process)

    def start(self, name: str, command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str]) -> Child:
        """Start a process beside this one; `env` is added to our own environment.

        It gets a session of its own, so that Ctrl-C reaches us first and we end the children in order.
        """
        log = self.logs / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=cwd,
                env={**os.environ, **env},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=os.name != "nt",
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        child = Child(name, process, log)
        self.running.append(child)
        return child

    def ended(self) -> Child | None:
        """The first child that is no longer running, if there is one."""
        return next((child for child in self.running if child.process.poll() is not None), None)


def wait_until_answering(child: Child, url: str, *, seconds: float) -> None:
    """Return as soon as `url` gives any HTTP answer below 500.

    Raises ChildFailed when the child ends first or `seconds` pass.
    """
    until = time.monotonic() + seconds
    while not answers(url):
        if child.process.poll() is not None:
            raise ChildFailed(f"{child.name} ended with {child.process.returncode}:\n{child.tail()}")
        if time.monotonic() > until:
            raise ChildFailed(f"{child.name} does not answer on {url} after {seconds:.0f} s:\n{child.tail()}")
        time.sleep(_POLL_SECONDS)


def answers(url: str) -> bool:
    """Whether `url` gives any HTTP answer below 500 right now."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except (OSError, ValueError):
        return False


def _wait_for_end(process: "subprocess.Popen[bytes]") -> None:
    """Patience first, then force; the process's own children go with it."""
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        _signal(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        process.wait()


def _signal(process: "subprocess.Popen[bytes]", number: int) -> None:
    if process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        if os.name == "nt":
            process.terminate()
        else:
            os.killpg(process.pid, number)


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A loopback port nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
