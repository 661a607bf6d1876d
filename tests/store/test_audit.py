"""The audit trail: one chain whoever writes, append-only, proven in pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError

from bot import errors
from bot.domain.audit import AuditEntry, Source
from bot.domain.chain import CHANGED, SHORT, START, UNLINKED
from bot.domain.record import Search
from bot.store import migrate as migrate_module
from bot.store.database import Database, database_url
from bot.store.ledger import SqlLedger
from bot.store.migrate import migrate
from bot.store.proof import prove
from bot.store.tables import audit, audit_head
from tests.store.conftest import TENANT

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
CHAT = Source("1700000000001", "a:1alex")


async def write(ledger: SqlLedger, act: str, **other: object) -> None:
    said = {"actor": "alex", "target": "ana@fabrikam.com", "result": "done", "key": "k", "at": NOW, **other}
    await ledger.record(act=act, **said)  # type: ignore[arg-type]


async def harm(url: str, *statements: str) -> None:
    """What somebody does who may do anything in the database: the triggers are out of the way."""
    engine = sa.create_engine(database_url(url, asynchronous=False))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        else:
            named = connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
            for name in named:
                connection.execute(sa.text(f"DROP TRIGGER {name}"))
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


@pytest.fixture
async def replicas(url: str) -> AsyncIterator[list[SqlLedger]]:
    databases = [Database(url) for _ in range(3)]
    yield [SqlLedger(one, tenant_id=TENANT) for one in databases]
    for one in databases:
        await one.close()


async def test_replicas_that_write_at_once_make_one_chain(replicas: list[SqlLedger], database: Database) -> None:
    await asyncio.gather(*(write(replicas[number % 3], f"act {number}") for number in range(60)))

    proof = await prove(database, page=7)

    assert (proof.fault, proof.entries) == (None, 60)
    assert (proof.first_at, proof.last_at) == (NOW, NOW)


async def test_an_empty_record_is_in_order(database: Database) -> None:
    proof = await prove(database)

    assert (proof.fault, proof.entries, proof.digest) == (None, 0, START)


async def test_what_a_job_writes_twice_stands_once(replicas: list[SqlLedger]) -> None:
    await asyncio.gather(*(write(one, "invite", source=CHAT) for one in replicas))
    await write(replicas[0], "invite", source=Source("1700000000002", "a:1alex"))

    assert [one.message for one in await replicas[0].trail("ana@fabrikam.com", limit=9)] == [
        "1700000000002",
        "1700000000001",
    ]


async def test_a_job_inherits_the_message_of_its_wish(ledger: SqlLedger) -> None:
    await write(ledger, "invite", source=CHAT, key="invite-1", package="package-1")
    await write(ledger, "sponsor", key="invite-1")
    await write(ledger, "sweep", key="other")

    swept, sponsored, _ = await ledger.trail("ana@fabrikam.com", limit=9)
    assert (sponsored.message, sponsored.conversation) == (CHAT.message, CHAT.conversation)
    assert (swept.message, swept.conversation) == ("", "")


async def test_text_no_database_takes_is_chained_as_it_is_stored(ledger: SqlLedger, database: Database) -> None:
    await write(ledger, "act\x00", detail="half \ud83d and 'quoted'", key="\x00")

    assert (await prove(database)).fault is None


@pytest.mark.parametrize(
    ("statement", "number", "what"),
    [
        ("UPDATE audit SET actor = 'nobody' WHERE id = 3", 3, CHANGED),
        ("UPDATE audit SET message = '' WHERE id = 1", 1, CHANGED),
        ("UPDATE audit SET previous = digest WHERE id = 4", 4, UNLINKED),
        ("DELETE FROM audit WHERE id = 2", 3, UNLINKED),
        ("DELETE FROM audit WHERE id >= 4", 5, SHORT),
        ("DELETE FROM audit", 5, SHORT),
        ("DELETE FROM audit_head", 5, SHORT),
        ("UPDATE audit_head SET number = 4", 5, SHORT),
    ],
)
async def test_whoever_gets_past_the_triggers_is_found(
    ledger: SqlLedger, database: Database, url: str, statement: str, number: int, what: str
) -> None:
    for act in ("one", "two", "three", "four", "five"):
        await write(ledger, act, source=CHAT)

    await harm(url, statement)

    fault = (await prove(database, page=2)).fault
    assert fault is not None
    assert (fault.number, fault.what) == (number, what)


async def test_swapped_entries_are_found(ledger: SqlLedger, database: Database, url: str) -> None:
    for act in ("one", "two", "three"):
        await write(ledger, act)

    # An id is generated always; what the entries say changes places instead.
    await harm(
        url,
        "CREATE TABLE kept AS SELECT * FROM audit",
        "UPDATE audit SET act = kept.act, previous = kept.previous, digest = kept.digest "
        "FROM kept WHERE kept.id = 5 - audit.id AND audit.id IN (2, 3)",
        "DROP TABLE kept",
    )

    fault = (await prove(database)).fault
    assert fault is not None
    assert (fault.number, fault.what) == (2, UNLINKED)


async def test_the_record_goes_on_after_its_end_was_removed_and_the_gap_stays_visible(
    ledger: SqlLedger, database: Database, url: str
) -> None:
    for act in ("one", "two", "three"):
        await write(ledger, act)

    await harm(url, "DELETE FROM audit WHERE id = 3")
    await write(ledger, "four")

    fault = (await prove(database)).fault
    assert fault is not None
    assert (fault.number, fault.what) == (4, UNLINKED)


async def test_the_database_refuses_to_change_what_is_written(ledger: SqlLedger, database: Database, url: str) -> None:
    await write(ledger, "one")
    harm_of = {"sqlite": "INSERT OR REPLACE INTO audit SELECT * FROM audit", "postgresql": "TRUNCATE audit"}

    for statement in (
        sa.delete(audit),
        sa.update(audit).values(actor="nobody"),
        sa.delete(audit_head),
        sa.update(audit_head).values(digest=START),
        sa.text(harm_of[url.partition(":")[0]]),
    ):
        with pytest.raises((DBAPIError, errors.Conflict), match="append-only"):
            async with database.write() as connection:
                await connection.execute(statement)

    assert (await prove(database)).entries == 1


async def test_what_an_older_usher_wrote_is_chained_as_it_stands(empty_url: str) -> None:
    await asyncio.to_thread(older, empty_url, 2500)

    await migrate(empty_url)

    database = Database(empty_url)
    ledger = SqlLedger(database, tenant_id=TENANT)
    await write(ledger, "after")
    proof = await prove(database)
    assert (proof.fault, proof.entries) == (None, 2501)
    assert (proof.first_at, proof.last_at) == (NOW, NOW)
    oldest = (await ledger.trail("guest 0", limit=9))[0]
    assert oldest == AuditEntry(NOW, "alex", "invite", "guest 0", "claimed", "", key="k", number=1)
    with pytest.raises((DBAPIError, errors.Conflict), match="append-only"):
        async with database.write() as connection:
            await connection.execute(sa.delete(audit))
    await database.close()


def older(url: str, entries: int) -> None:
    """The database as the version before this one left it."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrate_module.__file__).with_name("migrations")))
    engine = sa.create_engine(database_url(url, asynchronous=False))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        old = sa.table(
            "audit", *(audit.c[name]._copy() for name in ("at", "actor", "act", "target", "result", "key", "detail"))
        )
        row = {"at": NOW, "actor": "alex", "act": "invite", "result": "claimed", "key": "k", "detail": ""}
        connection.execute(sa.insert(old), [{**row, "target": f"guest {number}"} for number in range(entries)])
    engine.dispose()


async def test_entries_are_found_by_what_they_are_about_who_acted_and_when(ledger: SqlLedger) -> None:
    await write(ledger, "invite", package="p1", at=NOW - timedelta(days=9))
    await write(ledger, "change", target="p1")
    await write(ledger, "revoke", package="p2", actor="megan")
    await write(ledger, "rename", target="c1", actor="megan")

    async def acts(search: Search, **page: int) -> list[str]:
        return [one.act for one in await ledger.entries(search, **{"before": 0, "limit": 9, **page})]

    assert await acts(Search()) == ["rename", "revoke", "change", "invite"]
    assert await acts(Search(), limit=1, before=3) == ["change"]
    assert await acts(Search(about=("p1",))) == ["change", "invite"]
    assert await acts(Search(about=("ana@fabrikam.com",), since=NOW - timedelta(days=1))) == ["revoke"]
    assert await acts(Search(actor="megan")) == ["rename", "revoke"]
    assert await acts(Search(within=frozenset({"c1", "p2"}), actor_too="nobody")) == ["rename", "revoke"]
    assert await acts(Search(within=frozenset(), actor_too="alex")) == ["change", "invite"]


async def test_an_address_stands_in_one_spelling(ledger: SqlLedger) -> None:
    await write(ledger, "restore", target="Ana@Fabrikam.COM")

    assert [one.act for one in await ledger.trail("Ana@Fabrikam.com", limit=1)] == ["restore"]


async def test_a_deleted_package_is_still_known_by_its_name(ledger: SqlLedger) -> None:
    await write(ledger, "delete access package", target="p1", detail="Old one Ä")
    await write(ledger, "delete access package", target="p2", detail="Stays", result="refused")

    assert await ledger.deleted_packages("old ONE ä") == ("p1",)
    assert await ledger.deleted_packages("Stays") == ()
