import asyncio
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot import errors
from bot.store import migrate as migrate_module
from bot.store.database import Database, database_url
from bot.store.migrate import HEAD, migrate
from bot.store.schema import metadata
from tests.store.postgres import fresh_database


@pytest.fixture
def second_url(empty_url: str, tmp_path: Path) -> Iterator[str]:
    with ExitStack() as stack:
        if empty_url.startswith("sqlite"):
            yield f"sqlite:///{tmp_path / 'second.db'}"
        else:
            yield stack.enter_context(fresh_database())


def schema(connection: sa.Connection) -> set[str]:
    """Every table's and index's definition, in the database's own words; triggers are the migrations' alone."""
    if connection.dialect.name == "sqlite":
        rows = connection.scalars(sa.text("SELECT sql FROM sqlite_master WHERE type <> 'trigger' AND sql NOT NULL"))
        found = {re.sub(r"\s+", " ", row.replace("\t", " ")).replace(" ,", ",") for row in rows}
    else:
        indexes = connection.scalars(sa.text("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"))
        columns = connection.execute(
            sa.text(
                "SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity "
                "FROM information_schema.columns WHERE table_schema = 'public'"
            )
        )
        found = {*indexes, *(str(tuple(column)) for column in columns)}
    return {line for line in found if "alembic_version" not in line}


async def test_migrations_and_tables_come_to_the_same(empty_url: str, second_url: str) -> None:
    await migrate(empty_url)
    migrated = sa.create_engine(database_url(empty_url, asynchronous=False))
    created = sa.create_engine(database_url(second_url, asynchronous=False))
    metadata.create_all(created)

    with migrated.connect() as one, created.connect() as two:
        differences = compare_metadata(MigrationContext.configure(one), metadata)
        assert differences == []
        assert schema(one) == schema(two)
    migrated.dispose()
    created.dispose()


def test_the_newest_migration_is_the_one_the_code_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate_module.__file__).with_name("migrations")))

    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_replicas_that_start_together_take_turns(empty_url: str) -> None:
    await asyncio.gather(*(migrate(empty_url) for _ in range(4)))

    database = Database(empty_url)
    async with database.read() as connection:
        assert list(await connection.scalars(sa.text("SELECT version_num FROM alembic_version"))) == [HEAD]
    await database.close()


async def test_migrating_again_changes_nothing(url: str, database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(sa.text("INSERT INTO teams VALUES ('id', 'channel', '{}')"))

    await migrate(url)

    async with database.read() as connection:
        assert await connection.scalar(sa.text("SELECT count(*) FROM teams")) == 1


async def test_a_database_of_a_newer_usher_is_refused(empty_url: str) -> None:
    await migrate(empty_url)
    database = Database(empty_url)
    async with database.write() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()

    with pytest.raises(errors.Misconfigured, match="newer"):
        await migrate(empty_url)


async def test_a_migration_that_fails_half_way_leaves_nothing_behind(
    empty_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    scripts = tmp_path / "migrations"
    (scripts / "versions").mkdir(parents=True)
    (scripts / "env.py").write_text(
        Path(migrate_module.__file__).with_name("migrations").joinpath("env.py").read_text()
    )
    (scripts / "versions" / "0001_broken.py").write_text(
        "from alembic import op\nrevision, down_revision = '0001', None\n\n"
        "def upgrade():\n    op.execute('CREATE TABLE half (id INTEGER)')\n    op.execute('CREATE TABLE half (id INTEGER)')\n"
    )
    with monkeypatch.context() as patched:
        patched.setattr(migrate_module, "_SCRIPTS", scripts)
        with pytest.raises(Exception, match="already exists"):
            await migrate(empty_url)

    await migrate(empty_url)

    database = Database(empty_url)
    async with database.read() as connection:
        assert "half" not in await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
    await database.close()
