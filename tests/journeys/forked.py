"""The bot as a process of its own, forked from one that has its libraries already: importing them costs most of a start.

Where nothing can be forked (Windows) it starts from nothing. That it starts as people start it is tested elsewhere.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path

# What `app` imports, and what it leaves to its first turn.
_LIBRARIES = [
    "app", "alembic.command", "dbos", "msal", "requests", "pytest", "bot.graph.pipeline", "msgraph.graph_service_client",
]  # fmt: skip


def begin(arguments: Sequence[str], log: Path, env: dict[str, str], folder: Path) -> BaseProcess:
    """`python app.py` with these arguments, begun in `folder` with only this environment; it prints to the end of `log`."""
    process = _context().Process(target=_serve, args=(list(arguments), str(log), env, str(folder)))  # type: ignore[attr-defined]
    process.start()
    return process  # type: ignore[no-any-return]


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LIBRARIES)
    return context


def _serve(arguments: list[str], log: str, env: dict[str, str], folder: str) -> None:
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(written, 1)
    os.dup2(written, 2)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    import app

    sys.exit(app.main(arguments))
