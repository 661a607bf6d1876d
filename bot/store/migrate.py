"""Bring the database to the tables this version knows, whoever starts first."""

from __future__ import annotations

import asyncio
from pathlib import Path

import sqlalchemy as sa
import stamina

from bot import errors
from bot.store.database import database_url, tune_sqlite

#: The newest migration. Knowing it here spares most starts the import of Alembic; a test keeps it true.
HEAD = "0014"

_SCRIPTS = Path(__file__).with_name("migrations")
_LOCK = 7_873_467  # any number, the same in every replica


async def migrate(url: str) -> None:
    """The tables are those of this version. Replicas that start together take turns.

    Raises Misconfigured when a newer Usher has changed them, Transient when the database is not there.
    """
    await asyncio.to_thread(_migrate, url)


async def stored_version(url: str) -> str | None:
    """The newest migration the database has seen, None for an empty one. Raises Transient when it is not there."""
    return await asyncio.to_thread(_version, url)


def _version(url: str) -> str | None:
    engine = sa.create_engine(database_url(url, asynchronous=False), poolclass=sa.NullPool)
    if engine.dialect.name == "sqlite":
        tune_sqlite(engine)
    try:
        return _stored(engine)
    finally:
        engine.dispose()


def _migrate(url: str) -> None:
    engine = sa.create_engine(database_url(url, asynchronous=False), poolclass=sa.NullPool)
    if engine.dialect.name == "sqlite":
        tune_sqlite(engine)
    try:
        # On a new SQLite file the switch to WAL does not wait for its turn. https://www.sqlite.org/wal.html
        for attempt in stamina.retry_context(on=_is_locked, attempts=None, timeout=15, wait_initial=0.05, wait_max=0.5):
            with attempt:
                if _stored(engine) != HEAD:
                    _upgrade(engine)
    finally:
        engine.dispose()


def _is_locked(error: Exception) -> bool:
    cause = error.__cause__ if isinstance(error, errors.Transient) else error
    return isinstance(cause, sa.exc.OperationalError) and "database is locked" in str(cause)


def _stored(engine: sa.Engine) -> str | None:
    try:
        with engine.execution_options(usher_writes=False).begin() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return None
            version: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
            return version
    except sa.exc.OperationalError as error:
        raise errors.Transient(f"the database: {type(error.orig).__name__}") from error


def _upgrade(engine: sa.Engine) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    # One transaction around everything: SQLite locks as it begins, PostgreSQL on the advisory lock.
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise errors.Misconfigured(f"a newer version of Usher has changed this database: {error}") from error
