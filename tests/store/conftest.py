"""Every store test runs on SQLite and on a real PostgreSQL."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.ledger import SqlLedger
from bot.store.migrate import migrate
from bot.store.schema import metadata
from tests.store.postgres import empty, fresh_database

TENANT = "11111111-1111-4111-8111-111111111111"


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite ledger without content, to be copied: making its tables takes longer than most tests."""
    file = tmp_path_factory.mktemp("ledger") / "usher.db"
    asyncio.run(migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[str]:
    """A PostgreSQL ledger, to be emptied before each test."""
    with fresh_database() as url:
        asyncio.run(migrate(url))
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A ledger with its tables, without content."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path)
        return f"sqlite:///{tmp_path / 'usher.db'}"
    postgres: str = request.getfixturevalue("migrated_postgres")
    empty(postgres, (table.name for table in metadata.sorted_tables))
    return postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'var' / 'usher.db'}"
        return
    with fresh_database() as postgres:
        yield postgres


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    yield database
    await database.close()


@pytest.fixture
def ledger(database: Database) -> SqlLedger:
    return SqlLedger(database, tenant_id=TENANT)
