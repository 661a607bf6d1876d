import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import errors
from bot.domain.approvals import ApprovalCase, Decision, Fate
from bot.domain.panels import Approver, Because
from bot.store.approval_cases import SqlApprovalCases
from bot.store.database import Database
from tests.store.conftest import TENANT

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
CASE = ApprovalCase(
    id="r1",
    kind="userAdd",
    package_id="p1",
    package_name="Partner *project*",
    person_id="ben",
    person_name="Ben Ortiz",
    person_address="ben@fabrikam.com",
    asked_at=NOW,
    begun_at=NOW,
    deadline=NOW + timedelta(days=14),
    looked_at=NOW,
    answers=(("Which project?", "Phoenix"),),
    sponsors=("Alex Wilber",),
    lasts=timedelta(days=90),
    asked=(Approver("adele", "Adele Vance", because=Because.GROUP, of="Approvers"),),
)


@pytest.fixture
def cases(database: Database) -> SqlApprovalCases:
    return SqlApprovalCases(database, tenant_id=TENANT)


async def test_a_case_comes_back_as_it_was_stored(cases: SqlApprovalCases) -> None:
    await cases.open(CASE)
    whole = CASE.decided(Decision(1, False, "adele", "Adele Vance", "Not 'now'\x7f", NOW))

    await cases.amend(CASE.id, lambda _: whole)

    assert await cases.case("r1") == whole
    assert await cases.about("ben") == (whole,)
    assert await cases.about("ana") == ()
    assert await cases.case("r2") is None


async def test_of_replicas_that_find_a_request_at_once_one_opens_its_case(cases: SqlApprovalCases) -> None:
    opened = await asyncio.gather(*(cases.open(replace(CASE, stage=number)) for number in range(1, 6)))

    (winner,) = [case for case, mine in opened if mine]
    assert {case for case, _ in opened} == {winner}


async def test_those_that_wait_are_listed_by_their_deadline_until_everybody_was_told(cases: SqlApprovalCases) -> None:
    for name, days in (("r1", 9), ("r2", 2), ("r3", 5)):
        await cases.open(replace(CASE, id=name, deadline=NOW + timedelta(days=days)))
    await cases.amend("r3", lambda one: one.settled(Fate.WITHDRAWN, NOW))
    untold = await cases.waiting()
    await cases.amend("r3", lambda one: replace(one, closed=True))

    waiting = await cases.waiting()

    assert [one.id for one in untold] == ["r2", "r3", "r1"]
    assert [one.id for one in waiting] == ["r2", "r1"]


async def test_of_two_decisions_at_once_one_stands(cases: SqlApprovalCases) -> None:
    await cases.open(CASE)
    said = [Decision(1, number % 2 == 0, f"p{number}", f"P {number}", "", NOW) for number in range(4)]

    seen = await asyncio.gather(*(cases.amend("r1", lambda one, it=it: one.decided(it)) for it in said))

    assert len({one.decisions for one in seen}) == 1
    assert len(seen[0].decisions) == 1


async def test_a_case_nobody_opened_cannot_be_changed(cases: SqlApprovalCases) -> None:
    with pytest.raises(errors.NotFound):
        await cases.amend("r9", lambda one: one)


async def test_another_tenants_cases_stay_out_of_sight(cases: SqlApprovalCases, database: Database) -> None:
    await cases.open(CASE)

    elsewhere = SqlApprovalCases(database, tenant_id="22222222-2222-4222-8222-222222222222")

    assert await elsewhere.case("r1") is None
    assert await elsewhere.waiting() == ()
