import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.notices import HUSHED, Audience, Ending, Notice, first_look, moved
from bot.store.database import Database
from bot.store.notices import SqlNotices
from tests.store.conftest import TENANT

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
END = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
ANA = Ending("a1", END, "ana", "p1", "Invited *users*", "Ana Silva", "ana@fabrikam.com", NOW - timedelta(days=20))
BEN = replace(ANA, assignment_id="a2", person_id="ben", ends_at=END + timedelta(days=40), package_id="p2")


@pytest.fixture
def notices(database: Database) -> SqlNotices:
    return SqlNotices(database, tenant_id=TENANT)


def place(before: Ending | None, seen: Ending) -> tuple[Ending, datetime | None]:
    placed = moved(before, seen, NOW) if before else seen
    return placed, first_look(placed, (7, 1), NOW)


def notice(ending: Ending = ANA, mark: int = 7, person: str = "ana") -> Notice:
    return Notice(ending, mark, person, Audience.GUEST, NOW)


async def test_an_end_is_near_until_it_was_looked_at(notices: SqlNotices) -> None:
    await notices.watch([ANA, BEN], [], place)

    found = [await notices.near(NOW, limit=10) for _ in range(2)]

    assert found == [(ANA,), (ANA,)]
    await notices.look_at(ANA, None)
    assert await notices.near(NOW + timedelta(days=10), limit=10) == ()


async def test_an_end_that_moved_replaces_the_one_before_and_knows_since_when(notices: SqlNotices) -> None:
    later = replace(ANA, ends_at=END + timedelta(days=1))
    await notices.watch([ANA], [], place)
    await notices.look_at(ANA, None)

    await notices.watch([later], [], place)
    await notices.look_at(ANA, NOW)

    (stored,) = await notices.ends_between(NOW, END + timedelta(days=9))
    assert stored == replace(later, since=NOW)
    assert await notices.near(NOW, limit=10) == (stored,)


async def test_seeing_the_same_again_keeps_when_it_is_looked_at(notices: SqlNotices) -> None:
    await notices.watch([ANA], [], place)
    await notices.look_at(ANA, NOW + timedelta(days=2))

    await notices.watch([ANA], ["a9"], place)

    assert await notices.near(NOW + timedelta(days=1), limit=10) == ()


async def test_an_end_that_is_gone_is_forgotten(notices: SqlNotices) -> None:
    await notices.watch([ANA, BEN], [], place)

    await notices.watch([], ["a1"], place)

    assert await notices.ends_between(NOW, END + timedelta(days=90)) == (BEN,)


async def test_of_many_who_claim_a_notice_one_tells_it(notices: SqlNotices) -> None:
    claims = await asyncio.gather(*(notices.claim(notice()) for _ in range(6)))

    assert sorted(claims) == [False] * 5 + [True]
    assert await notices.told([ANA]) == {("a1", "ana"): {7}}


async def test_another_end_another_mark_and_another_person_are_other_notices(notices: SqlNotices) -> None:
    other_end = replace(ANA, ends_at=END + timedelta(seconds=1))
    all_new = [notice(), notice(other_end), notice(mark=1), notice(person="megan")]

    assert [await notices.claim(one) for one in all_new] == [True] * 4
    assert await notices.told([ANA]) == {("a1", "ana"): {7, 1}, ("a1", "megan"): {7}}


async def test_what_was_claimed_stays_open_until_it_is_settled(notices: SqlNotices) -> None:
    await notices.claim(notice())
    await notices.claim(notice(mark=HUSHED))

    assert await notices.open([ANA]) == (notice(),)
    await notices.settle([notice()])
    assert await notices.open([ANA]) == ()


async def test_marks_of_a_package_are_kept_changed_and_dropped(notices: SqlNotices) -> None:
    await notices.set_schedule("p1", (21, 3))
    await notices.set_schedule("p2", (5,))

    await notices.set_schedule("p1", ())
    await notices.set_schedule("p2", None)

    assert await notices.schedules() == {"p1": ()}


async def test_a_package_with_other_marks_is_looked_at_anew(notices: SqlNotices) -> None:
    await notices.watch([ANA, BEN], [], place)
    await notices.look_at(ANA, None)

    await notices.look_anew(NOW, "p1")

    assert await notices.near(NOW, limit=10) == (ANA,)


async def test_other_marks_make_nobody_look_at_what_ended_long_ago(notices: SqlNotices) -> None:
    ended = replace(ANA, assignment_id="a3", ends_at=NOW - timedelta(days=90))
    await notices.watch([ANA, ended], [], place)

    await notices.look_anew(NOW, "p1")

    assert await notices.near(NOW, limit=10) == (ANA,)


async def test_when_the_marks_of_the_tenant_change_every_end_is_looked_at_and_new_ones_count_from_then(
    notices: SqlNotices,
) -> None:
    await notices.use_marks((30, 7), NOW - timedelta(days=9))
    await notices.watch([ANA], [], place)
    await notices.look_at(ANA, None)
    await notices.use_marks((30, 7), NOW)
    assert await notices.near(NOW, limit=10) == ()

    await notices.use_marks((7, 3), NOW)

    assert await notices.near(NOW, limit=10) == (ANA,)
    assert await notices.marks_since() == {3: NOW}
    assert await notices.schedules() == {}


async def test_what_is_long_over_is_forgotten(notices: SqlNotices) -> None:
    await notices.watch([ANA], [], place)
    await notices.claim(notice())

    await notices.forget(END + timedelta(seconds=1))

    assert await notices.ends_between(NOW, END) == ()
    assert await notices.told([ANA]) == {}


async def test_another_tenants_ends_stay_out_of_sight(notices: SqlNotices, database: Database) -> None:
    await notices.watch([ANA], [], place)
    await notices.set_schedule("p1", (3,))
    elsewhere = SqlNotices(database, tenant_id="other")

    assert await elsewhere.near(NOW, limit=10) == ()
    assert await elsewhere.schedules() == {}
