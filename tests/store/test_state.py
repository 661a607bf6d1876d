import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot import errors
from bot.store.ledger import SqlLedger

VALUE = {"stack": [{"id": "invite", "text": "ä\x00\ud83d🎁"}], "n": 1, "b": None, "a": {"z": 1, "a": 2}}


async def test_state_comes_back_as_it_was_written_order_included(ledger: SqlLedger) -> None:
    await ledger.write_state("chat/alex", VALUE, None)

    read = await ledger.read_state(["chat/alex", "chat/ana"])

    assert list(read) == ["chat/alex"]
    assert read["chat/alex"][1] == VALUE
    assert list(read["chat/alex"][1]) == list(VALUE)


async def test_whoever_read_before_another_wrote_is_refused(ledger: SqlLedger) -> None:
    await ledger.write_state("key", {"n": 1}, None)
    etag, _ = (await ledger.read_state(["key"]))["key"]
    await ledger.write_state("key", {"n": 2}, etag)

    with pytest.raises(errors.Conflict):
        await ledger.write_state("key", {"n": 3}, etag)

    assert (await ledger.read_state(["key"]))["key"][1] == {"n": 2}


async def test_of_two_who_write_at_once_with_one_etag_one_is_refused(ledger: SqlLedger) -> None:
    await ledger.write_state("key", {"n": 0}, None)
    etag, _ = (await ledger.read_state(["key"]))["key"]

    ends = await asyncio.gather(*(ledger.write_state("key", {"n": n}, etag) for n in range(5)), return_exceptions=True)

    assert sorted(type(end).__name__ for end in ends) == ["Conflict"] * 4 + ["NoneType"]


@pytest.mark.parametrize("blind", [None, "*"])
async def test_a_blind_write_replaces_whatever_is_there(ledger: SqlLedger, blind: str | None) -> None:
    for n in range(2):
        await ledger.write_state("key", {"n": n}, blind)

    assert (await ledger.read_state(["key"]))["key"][1] == {"n": 1}


async def test_an_etag_of_something_deleted_is_refused(ledger: SqlLedger) -> None:
    await ledger.write_state("key", {}, None)
    etag, _ = (await ledger.read_state(["key"]))["key"]
    await ledger.delete_state(["key", "never there"])

    with pytest.raises(errors.Conflict):
        await ledger.write_state("key", {}, etag)


async def test_no_keys_are_no_work(ledger: SqlLedger) -> None:
    await ledger.delete_state([])

    assert await ledger.read_state([]) == {}


async def test_tidying_forgets_what_nobody_touched_for_long(ledger: SqlLedger) -> None:
    await ledger.write_state("key", {}, None)
    await ledger.keep_slot("turn", "activity")

    await ledger.tidy(datetime.now(UTC) - timedelta(hours=1))
    kept = len(await ledger.read_state(["key"])), await ledger.slot("turn")
    await ledger.tidy(datetime.now(UTC) + timedelta(hours=1))

    assert kept == (1, "activity")
    assert (len(await ledger.read_state(["key"])), await ledger.slot("turn")) == (0, "")
