import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import errors
from bot.domain.reviews.campaigns import Campaign, CampaignState, Kind
from bot.domain.reviews.facts import Reviewer, RoundRef, Unanswered
from bot.store.campaigns import SqlCampaigns
from bot.store.database import Database
from tests.store.conftest import TENANT

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
ONE = Campaign("c1", "p1", "Invited *users*", "g1", NOW, by_id="alex", by_name="Alex", key="turn-1", next_look_at=NOW)


@pytest.fixture
def campaigns(database: Database) -> SqlCampaigns:
    return SqlCampaigns(database, tenant_id=TENANT)


async def test_a_campaign_comes_back_as_it_was_stored(campaigns: SqlCampaigns) -> None:
    await campaigns.claim(ONE)
    whole = replace(
        ONE,
        kind=Kind.SPONSORS,
        people=(Reviewer("adele", "Adele"),),
        asks=(("ben", ("adele", "lee")), ("ana", ())),
        policies=("y1",),
        rounds=(RoundRef("d1", "i1"),),
        unanswered=Unanswered.ADVICE,
        starts_at=NOW,
        ends_at=NOW + timedelta(days=7),
        told=("half",),
        state=CampaignState.OPEN,
    )

    await campaigns.amend("c1", lambda _: whole)

    assert await campaigns.campaign("c1") == whole
    assert await campaigns.begun_by("turn-1") == whole
    assert await campaigns.begun_by("turn-2") is None


async def test_of_two_who_begin_a_review_of_one_package_at_once_one_does(campaigns: SqlCampaigns) -> None:
    others = [replace(ONE, id=f"c{number}", by_id=f"person-{number}", key=f"turn-{number}") for number in range(5)]

    claimed = await asyncio.gather(*(campaigns.claim(one) for one in others))

    (winner,) = [one for one, mine in claimed if mine]
    assert {one for one, _ in claimed} == {winner}


async def test_once_it_is_over_the_next_can_begin(campaigns: SqlCampaigns) -> None:
    await campaigns.claim(ONE)
    await campaigns.amend("c1", lambda one: replace(one, state=CampaignState.APPLIED, settled_at=NOW))

    second, mine = await campaigns.claim(replace(ONE, id="c2", key="turn-2"))

    assert (second.id, mine) == ("c2", True)
    assert [one.id for one in await campaigns.newest(package_id="p1", limit=5)] == ["c2", "c1"]
    assert await campaigns.newest(package_id="p2", limit=5) == ()


async def test_pressing_yes_again_finds_the_same_review_also_when_it_failed(campaigns: SqlCampaigns) -> None:
    await campaigns.claim(ONE)
    await campaigns.amend("c1", lambda one: one.failed("Entra refused", NOW))

    again, mine = await campaigns.claim(replace(ONE, key="turn-2"))

    assert (again.reason, mine) == ("Entra refused", False)


async def test_reviews_started_elsewhere_stand_beside_each_other(campaigns: SqlCampaigns) -> None:
    first, second = (replace(ONE, id=name, key="", kind=Kind.ENTRA) for name in ("e1", "e2"))

    claimed = [(await campaigns.claim(one))[1] for one in (first, second, ONE)]

    assert claimed == [True, True, True]
    assert await campaigns.known(["e1", "c1", "other"]) == {"e1", "c1"}
    assert await campaigns.known([]) == frozenset()


async def test_what_is_due_is_leased_to_one(campaigns: SqlCampaigns) -> None:
    await campaigns.claim(ONE)
    await campaigns.claim(replace(ONE, id="c2", package_id="p2", next_look_at=NOW + timedelta(hours=1)))

    first = await campaigns.due(NOW, lease=60, limit=9)
    second = await campaigns.due(NOW, lease=60, limit=9)
    later = await campaigns.due(NOW + timedelta(seconds=61), lease=60, limit=9)

    assert ([one.id for one in first], second, [one.id for one in later]) == (["c1"], (), ["c1"])


async def test_that_something_is_due_can_be_asked_without_taking_it(
    campaigns: SqlCampaigns, database: Database
) -> None:
    await campaigns.claim(ONE)

    asked = [await campaigns.any_due(NOW), await campaigns.any_due(NOW)]
    await campaigns.due(NOW, lease=60, limit=9)

    assert asked == [True, True]
    assert not await campaigns.any_due(NOW)
    assert not await SqlCampaigns(database, tenant_id="other").any_due(NOW + timedelta(days=1))


async def test_another_tenants_campaign_stays_out_of_sight(campaigns: SqlCampaigns, database: Database) -> None:
    await campaigns.claim(ONE)
    elsewhere = SqlCampaigns(database, tenant_id="other")

    assert await elsewhere.campaign("c1") is None
    assert await elsewhere.newest(limit=9) == ()
    with pytest.raises(errors.NotFound):
        await elsewhere.amend("c1", lambda one: one)
