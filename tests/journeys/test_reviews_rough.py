"""A review while Entra does not show what was just made, or Teams does not answer for whoever started it."""

from __future__ import annotations

import asyncio

from bot.domain.reviews.campaigns import Campaign, campaign_id
from bot.domain.reviews.facts import Reviewer
from bot.store.campaigns import SqlCampaigns
from bot.store.database import Database
from tests.journeys.reviewing import GENERAL, definitions, held, met, start
from tests.journeys.stage import PEOPLE, TENANT, Stage, until
from tests.journeys.test_one_silent_chat import silent


def test_a_review_whose_answer_is_lost_and_that_is_not_listed_yet_is_made_once(rough: Stage) -> None:
    met(rough, "adele")
    package = held(rough, "Review unlisted", 1)
    card = rough.ask("alex", f'review "{package.name}" by adele@contoso.com', "Yes, start")
    rough.control("options", {"replicationSeconds": 30})
    lost = {"method": "POST", "path": "/accessReviews/definitions$", "dropAfterWrite": True, "times": 1}
    rough.control("faults", {"rules": [lost]})

    rough.press("alex", "Yes, start", card=card)
    until(lambda: definitions(rough, package), what="it is made, and nobody was told so")
    before = _listed(rough)
    until(lambda: _listed(rough) >= before + 3, what="Usher has looked for it")
    assert len(definitions(rough, package)) == 1
    rough.control("options", {"replicationSeconds": 0.2})
    rough.control("clock", {"advance": "PT1M"})

    until(lambda: "Under way" in rough.words("alex", card), seconds=60, what="the review is under way")
    assert len(definitions(rough, package)) == 1


def _listed(stage: Stage) -> int:
    return sum(one["method"] == "GET" and "/accessReviews/definitions?" in one["url"] for one in stage.requests())


def test_a_starter_teams_does_not_answer_for_keeps_no_reviewers_card_waiting(rough: Stage) -> None:
    met(rough, "adele")
    package = held(rough, "Review unheard", 1)
    before = set(rough.cards("adele"))
    start(rough, package.name)
    card = rough.news("adele", before, f"Who still needs “{package.name}”?")
    fault = silent(rough, "alex", "POST")

    rough.control("clock", {"advance": "P7DT1H"})

    until(lambda: fault.times < 1000, seconds=60, what="it was tried to tell Alex")
    until(lambda: "You decided 0 of 1" in rough.words("adele", card), seconds=10, what="Adele's card says it is over")
    fault.times = 0
    seen = set(rough.cards("alex"))
    rough.control("clock", {"advance": "PT3M"})
    rough.news("alex", seen, f"The review of “{package.name}” is over", seconds=60)


def test_a_review_that_was_claimed_before_usher_was_killed_begins_by_itself(rough: Stage) -> None:
    met(rough, "adele")
    package = held(rough, "Review orphaned", 1)
    now = rough.now()
    # What stands in the ledger when the process dies before the job is there.
    orphan = Campaign(
        id=campaign_id(package.id, "stamp"),
        package_id=package.id,
        package_name=package.name,
        catalog_id=GENERAL,
        begun_at=now,
        by_id=PEOPLE["alex"][0],
        by_name="Alex Wilber",
        key="turn",
        people=(Reviewer(PEOPLE["adele"][0], "Adele Vance"),),
        policies=(package.policy,),
        next_look_at=now,
    )
    before = set(rough.cards("adele"))

    asyncio.run(_claimed(rough, orphan))

    rough.news("adele", before, f"Who still needs “{package.name}”?", seconds=60)


async def _claimed(stage: Stage, campaign: Campaign) -> None:
    database = Database(stage.bot.database_url)
    await SqlCampaigns(database, tenant_id=TENANT).claim(campaign)
    await database.close()
