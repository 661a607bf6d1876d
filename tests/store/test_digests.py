from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.digests import Choice, Reader, Rhythm
from bot.domain.notices import HUSHED, Audience, Ending, Notice
from bot.store.database import Database
from bot.store.digests import SqlDigests
from bot.store.notices import SqlNotices
from tests.store.conftest import TENANT

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ANA = Ending("a1", NOW + timedelta(days=5), "ana", "p1", "Pack", "Ana", "ana@fabrikam.com")
BEN = replace(ANA, assignment_id="a2", person_id="ben", ends_at=NOW + timedelta(days=1))


@pytest.fixture
async def notices(database: Database) -> SqlNotices:
    kept = SqlNotices(database, tenant_id=TENANT)
    await kept.watch([ANA, BEN], [], lambda _, seen: (seen, None))
    return kept


@pytest.fixture
def digests(database: Database) -> SqlDigests:
    return SqlDigests(database, tenant_id=TENANT)


async def tell(notices: SqlNotices, ending: Ending, mark: int, audience: Audience = Audience.SPONSOR) -> None:
    assert await notices.claim(Notice(ending, mark, "lee", audience, NOW))


async def test_who_has_something_to_hear_is_a_reader_with_the_nearest_mark(
    notices: SqlNotices, digests: SqlDigests
) -> None:
    await tell(notices, ANA, 7)
    await tell(notices, BEN, 1)

    assert await digests.readers() == (Reader("lee", Choice(), frozenset(), 1),)


async def test_a_guests_own_notice_is_in_no_digest(notices: SqlNotices, digests: SqlDigests) -> None:
    await tell(notices, ANA, 7, Audience.GUEST)

    assert await digests.readers() == ()


async def test_a_digest_holds_the_same_however_often_it_is_gathered(notices: SqlNotices, digests: SqlDigests) -> None:
    await tell(notices, ANA, 7)
    first = await digests.gather("lee", "day 1")

    await tell(notices, BEN, 1)
    again = await digests.gather("lee", "day 1")

    assert [one.ending.assignment_id for one in first if one.fresh] == ["a1"]
    assert [one.ending.assignment_id for one in again if one.fresh] == ["a1"]
    await digests.sent("lee", "day 1")
    assert [one.ending.assignment_id for one in await digests.gather("lee", "day 2") if one.fresh] == ["a2"]


async def test_what_was_told_is_not_new_any_more_and_its_slot_is_remembered(
    notices: SqlNotices, digests: SqlDigests
) -> None:
    await tell(notices, ANA, 7)
    await digests.gather("lee", "day 1")

    await digests.sent("lee", "day 1")

    assert await digests.readers() == ()
    await tell(notices, BEN, 1)
    assert await digests.readers() == (Reader("lee", Choice(), frozenset({"day 1"}), 1),)


async def test_an_end_that_moved_is_in_no_digest(notices: SqlNotices, digests: SqlDigests) -> None:
    await tell(notices, ANA, 7)

    await notices.watch([replace(ANA, ends_at=NOW + timedelta(days=60))], [], lambda _, seen: (seen, None))

    assert await digests.readers() == ()
    assert await digests.gather("lee", "day 1") == ()


async def test_an_end_that_entra_hid_stands_as_new_in_the_next_digest(notices: SqlNotices, digests: SqlDigests) -> None:
    await tell(notices, ANA, 7)
    await tell(notices, BEN, 1)
    await digests.gather("lee", "day 1")

    await digests.sent("lee", "day 1", hidden=[ANA])

    assert [one.ending.assignment_id for one in await digests.gather("lee", "day 2") if one.fresh] == ["a1"]


async def test_who_is_asked_for_is_a_reader_though_there_is_nothing_new(digests: SqlDigests) -> None:
    await digests.choose("lee", Choice(Rhythm.WEEKLY))

    found = await digests.readers(["lee", "megan"])

    assert found == (Reader("lee", Choice(Rhythm.WEEKLY)), Reader("megan", Choice()))


async def test_a_choice_is_kept_with_what_was_sent(notices: SqlNotices, digests: SqlDigests) -> None:
    chosen = Choice(Rhythm.WEEKLY, 540, (1200, 420), everything=True)
    await digests.sent("lee", "day 1")

    await digests.choose("lee", chosen)

    assert await digests.choice("lee") == chosen
    assert await digests.readers() == (Reader("lee", chosen, frozenset({"day 1"}), None),)
    assert await digests.choice("megan") == Choice()


@pytest.mark.parametrize("person", ["lee", ""])
async def test_what_somebody_wants_to_hear_no_more_of_is_in_no_digest(
    notices: SqlNotices, digests: SqlDigests, person: str
) -> None:
    await tell(notices, ANA, 7)
    silence = Notice(ANA, HUSHED, person, Audience.SPONSOR, NOW)
    await notices.claim(silence)

    assert await digests.readers() == ()
    assert await digests.gather("lee", "day 1") == ()
    await notices.drop(silence)
    assert len(await digests.gather("lee", "day 1")) == 1
