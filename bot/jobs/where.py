"""Decide where the job tables live and make that place ready."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot import errors


def jobs_url(database_url: str) -> str:
    """Schema `dbos` of the same PostgreSQL, or a file beside the SQLite ledger (var/usher.db: var/usher-jobs.db).

    A file of its own keeps the engine's write locks from blocking the ledger's. Raises Misconfigured
    for an SQLite URL without a file: jobs that vanish with the process are not durable.
    """
    if not database_url.startswith("sqlite"):
        return database_url
    ledger = _file(database_url)
    return f"sqlite:///{ledger.with_name(f'{ledger.stem}-jobs{ledger.suffix}')}"


def prepare(url: str) -> None:
    """An SQLite file exists, in write-ahead mode: one flush per commit instead of several. Blocks; use a thread."""
    if not url.startswith("sqlite"):
        return
    path = _file(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=30)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


def _file(url: str) -> Path:
    _, _, path = url.partition(":///")
    path = path.partition("?")[0]
    if not path or path == ":memory:":
        raise errors.Misconfigured("DATABASE_URL names no file; jobs need one")
    return Path(path)
