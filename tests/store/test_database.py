import asyncio
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import StatementError

from bot import errors
from bot.store.database import Database, database_url
from bot.store.migrate import migrate
from bot.store.tables import invites, teams


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgresql://u:p@host/db", "postgresql+psycopg"),
        ("postgres://u:p@host/db", "postgresql+psycopg"),
        ("postgresql+psycopg://u:p@host:5432/db?sslmode=require", "postgresql+psycopg"),
    ],
)
def test_postgresql_is_spoken_to_through_psycopg(given: str, driver: str) -> None:
    assert database_url(given).drivername == driver


def test_the_folder_of_a_database_file_is_made(tmp_path: Path) -> None:
    url = database_url(f"sqlite:///{tmp_path / 'var' / 'deep' / 'usher.db'}")

    assert url.drivername == "sqlite+aiosqlite"
    assert (tmp_path / "var" / "deep").is_dir()


@pytest.mark.parametrize("given", ["", "usher.db", "mysql://host/db", "sqlite://", "sqlite:///:memory:"])
def test_other_urls_are_refused_without_repeating_them(given: str) -> None:
    with pytest.raises(errors.Misconfigured) as refused:
        database_url(given)

    assert "DATABASE_URL" in refused.value.detail


async def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(KeyError):
        async with database.write() as connection:
            await connection.execute(sa.insert(teams).values(id="1", place="channel", reference=""))
            raise KeyError

    async with database.read() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(teams)) == 0


async def test_a_taken_key_is_a_conflict_and_names_no_values(database: Database) -> None:
    with pytest.raises(errors.Conflict) as conflict:
        async with database.write() as connection:
            for _ in range(2):
                await connection.execute(sa.insert(teams).values(id="secret", place="channel", reference=""))

    assert "secret" not in conflict.value.detail


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="time zone"):
        async with database.read() as connection:
            await connection.execute(sa.select(invites).where(invites.c.created_at < datetime(2026, 1, 1)))  # noqa: DTZ001


async def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    async with database.write() as writing:
        await writing.execute(sa.insert(teams).values(id="1", place="channel", reference=""))
        async with asyncio.timeout(2), database.read() as reading:
            assert await reading.scalar(sa.select(sa.func.count()).select_from(teams)) == 0


async def test_a_database_that_answers_is_ready(database: Database) -> None:
    await database.ping()


async def test_a_database_that_is_not_there_is_a_passing_fault() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/nothing")

    with pytest.raises(errors.Transient):
        await database.ping()
    with pytest.raises(errors.Transient):
        await migrate("postgresql://nobody@127.0.0.1:1/nothing")
    await database.close()


async def test_a_connection_the_server_cut_is_a_passing_fault_and_the_next_one_works(migrated_postgres: str) -> None:
    database = Database(migrated_postgres)

    with pytest.raises(errors.Transient):
        async with database.read() as connection:
            await connection.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))

    await database.ping()
    await database.close()
