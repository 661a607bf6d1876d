"""A review while Entra does not show what was just made, or Teams does not answer for whoever started it."""

from __future__ import annotations

from tests.journeys.reviewing import definitions, held, met, start
from tests.journeys.stage import Stage, until
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
