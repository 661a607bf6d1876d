"""Without sign-in in Teams reviewers see in a card whom they are asked about, and decide in My Access."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Server
from tests.journeys.reviewing import held, met
from tests.journeys.stage import Bot, Stage, actions


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
    question = stage.ask("alex", f'review "{package.name}" by adele@contoso.com for 7 days', "Yes, start")
    stage.press("alex", "Yes, start", card=question)

    card = stage.news("adele", before, "Who still needs Review two?")

    assert "Decide in My Access" in stage.titles("adele", card)
    assert "Save decisions" not in stage.titles("adele", card)
    (link,) = [one["url"] for one in actions(stage.card("adele", card)) if one["type"] == "Action.OpenUrl"]
    assert link.endswith("/@contoso.onmicrosoft.com#/access-reviews")
