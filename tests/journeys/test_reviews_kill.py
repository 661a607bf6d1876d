"""The process is killed at any moment of a review; after its restart there is one of everything."""

from __future__ import annotations

import pytest

from tests.journeys.reviewing import definitions, held, met, states
from tests.journeys.rough import held as held_up
from tests.journeys.rough import hold
from tests.journeys.stage import Stage, readable, until


def restart(stage: Stage) -> None:
    stage.bot.kill()
    stage.control("faults", {"rules": []})
    stage.bot.start()


def reviewer_cards(stage: Stage, name: str) -> list[str]:
    return [one for one in map(readable, stage.cards("adele").values()) if f"Who still needs “{name}”?" in one]


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        pytest.param("POST", "/accessReviews/definitions$", "Killed one", id="while the review is written"),
        pytest.param("GET", r"/accessReviews/definitions\?", "Killed two", id="before it is written"),
    ],
)
def test_killed_while_a_review_begins_there_is_one_and_each_reviewer_has_one_card(
    rough: Stage, method: str, path: str, name: str
) -> None:
    met(rough, "adele")
    package = held(rough, name, 1)
    card = rough.ask("alex", f'review "{name}" by adele@contoso.com', "Yes, start")
    hold(rough, method, path, seconds=1.0)

    rough.press("alex", "Yes, start", card=card)
    until(lambda: held_up(rough), what="the bot is in the middle of it")
    restart(rough)

    until(lambda: "Under way" in rough.words("alex", card), seconds=60, what="the review is under way")
    until(lambda: reviewer_cards(rough, name), seconds=60, what="the reviewer has a card")
    assert len(definitions(rough, package)) == 1
    assert len(reviewer_cards(rough, name)) == 1


def test_killed_while_a_review_is_applied_access_goes_once_and_the_card_says_so(rough: Stage) -> None:
    met(rough, "adele")
    package = held(rough, "Killed three", 1)
    (lose,) = package.guests
    card = rough.ask("alex", f'review "{package.name}" by adele@contoso.com', "Yes, start")
    rough.press("alex", "Yes, start", card=card)
    until(lambda: reviewer_cards(rough, package.name), seconds=60, what="the reviewer has a card")
    rough.act("adele@contoso.com", "review", package.id, about=lose, decision="Deny")
    rough.control("clock", {"advance": "P7DT1H"})
    until(lambda: "Over, not applied yet" in rough.words("alex", card), seconds=60, what="it is over")
    rough.press("alex", "Apply…", card=card)
    question = rough.shown("alex", "Apply the review of “Killed three”?", "1 person loses")
    hold(rough, "POST", "/applyDecisions$", seconds=1.0)

    rough.press("alex", "Yes, apply", card=question)
    until(lambda: held_up(rough), what="the bot is in the middle of it")
    restart(rough)

    until(lambda: "✔ Applied" in rough.words("alex", card), seconds=60, what="it is applied")
    assert states(rough, package) == {lose: "expired"}
    said = [
        one for one in map(readable, rough.cards("alex").values()) if "The review of “Killed three” is applied" in one
    ]
    assert len(said) == 1
