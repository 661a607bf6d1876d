"""Without sign-in in Teams reviewers learn in a card what waits for them, and decide in My Access."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Server
from tests.journeys.reviewing import held, met, start
from tests.journeys.stage import Bot, Stage, actions, until


@pytest.fixture(scope="module")
def bot(tenant: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    folder: Path = tmp_path_factory.mktemp("bot")
    process = Bot(tenant.url, folder, {"USHER_OAUTH_CONNECTION": "off"}).start()
    yield process
    process.stop()


def test_without_signing_in_the_card_leads_to_my_access(stage: Stage) -> None:
    met(stage, "adele")
    package = held(stage, "Review two", 1)
    before = set(stage.cards("adele"))
    start(stage, package.name)

    card = stage.news("adele", before, "Who still needs “Review two”?")

    assert "Decide in My Access" in stage.titles("adele", card)
    assert "Save decisions" not in stage.titles("adele", card)
    (link,) = [one["url"] for one in actions(stage.card("adele", card)) if one["type"] == "Action.OpenUrl"]
    assert link.endswith("/@contoso.onmicrosoft.com#/access-reviews")


def test_a_card_from_before_signing_in_was_switched_off_leads_to_my_access_too(stage: Stage) -> None:
    met(stage, "adele")
    package = held(stage, "Review fourteen", 1)
    before = set(stage.cards("adele"))
    start(stage, package.name)
    card = stage.news("adele", before, "Who still needs “Review fourteen”?")
    campaign = stage.ask("alex", "reviews", "Review fourteen")
    key = next(one["data"] for one in actions(stage.card("alex", campaign)) if "fourteen" in one["title"])["campaign"]
    (row,) = [one for one in stage.state()["accessReviewDecisions"] if one["resource"]["accessPackageId"] == package.id]
    before = set(stage.cards("adele"))

    data = {"verb": "review.decide", "campaign": key, "item0": row["id"], "decision0": "keep", "reason0": ""}
    stage.execute("adele", data, card=card)

    said = stage.news("adele", before, "Please decide in My Access")
    assert "Open My Access" in stage.titles("adele", said)
    (row,) = [one for one in stage.state()["accessReviewDecisions"] if one["id"] == row["id"]]
    assert row["decision"] == "NotReviewed"
    until(lambda: "Who still needs" in stage.words("adele", card), what="the card stays")
