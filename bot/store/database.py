"""Open the database, one transaction at a time, and put its faults into the bot's own words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot import errors

_WRITES = "usher_writes"


def database_url(text: str, *, asynchronous: bool = True) -> URL:
    """`sqlite:///var/usher.db` or `postgresql://…` as SQLAlchemy wants it, the folder of the file made.

    Raises Misconfigured for anything else.
    """
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise errors.Misconfigured("DATABASE_URL is not a database URL") from error
    match url.get_backend_name():
        case "sqlite":
            if not url.database or url.database == ":memory:":
                raise errors.Misconfigured("DATABASE_URL names no file; the ledger needs one")
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
            return url.set(drivername="sqlite+aiosqlite" if asynchronous else "sqlite+pysqlite")
        case "postgresql" | "postgres":
            return url.set(drivername="postgresql+psycopg")
        case other:
            raise errors.Misconfigured(f"DATABASE_URL must begin with sqlite:/// or postgresql://, not {other}")


def tune_sqlite(engine: sa.Engine) -> None:
    """Readers never wait for the writer, writers wait for each other, and a write transaction locks as it begins.

    Python's driver would begin only at the first write; what was read before it could then be stale.
    """

    @sa.event.listens_for(engine, "connect")
    def connect(connection: Any, record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=10000")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """A pool of connections. Each `async with` is one transaction, committed when it ends well."""

    def __init__(self, url: str) -> None:
        """Opens nothing yet; the first transaction does."""
        parsed = database_url(url)
        self._engine: AsyncEngine = create_async_engine(parsed, **_pool(parsed))
        if parsed.get_backend_name() == "sqlite":
            tune_sqlite(self._engine.sync_engine)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A consistent view; nothing may be written in it."""
        async with self._transaction(writes=False) as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that may write. Raises Conflict when a unique key is taken."""
        async with self._transaction(writes=True) as connection:
            yield connection

    @asynccontextmanager
    async def _transaction(self, *, writes: bool) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._engine.connect() as connection:
                await connection.execution_options(**{_WRITES: writes})
                async with connection.begin():
                    yield connection
        except IntegrityError as error:
            raise errors.Conflict(_said(error)) from error
        except (OperationalError, InterfaceError, PoolTimeout) as error:
            raise errors.Transient(f"the database: {_said(error)}") from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise errors.Transient(f"the database: {_said(error)}") from error
            raise

    async def ping(self) -> None:
        """The database answers. Raises Transient when it does not."""
        async with self.read() as connection:
            await connection.execute(sa.select(1))

    async def close(self) -> None:
        """Every connection is closed."""
        await self._engine.dispose()


def _pool(url: URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        return {"pool_size": 5, "max_overflow": 0, "pool_timeout": 30}
    return {
        "pool_size": 10,
        "max_overflow": 5,
        "pool_timeout": 30,
        "pool_pre_ping": True,
        "pool_recycle": 1800,
        "connect_args": {"connect_timeout": 10},
    }


def _said(error: Exception) -> str:
    """The driver's words without the statement's parameters, which may hold addresses."""
    driver = getattr(error, "orig", None) or error
    return f"{type(driver).__name__}: {str(driver).splitlines()[0] if str(driver) else ''}"
