"""What Entra refuses or hides of an access review is told, and taken for nothing else."""

from __future__ import annotations

import pytest

from tests.journeys.reviewing import AR, Held, definitions, held, met, second_policy, start
from tests.journeys.rough import held as held_up
from tests.journeys.stage import Stage, until


def test_without_the_permission_the_card_says_so(stage: Stage) -> None:
    package = held(stage, "Review twelve", 1)
    stage.control("options", {"withoutPermissions": ["AccessReview.ReadWrite.All"]})
    card = stage.ask("alex", f'review "{package.name}" by adele@contoso.com', "Yes, start")

    stage.press("alex", "Yes, start", card=card)

    try:
        until(lambda: "AccessReview.ReadWrite.All" in stage.words("alex", card), seconds=30, what="it says what lacks")
    finally:
        stage.control("options", {"withoutPermissions": []})
    assert definitions(stage, package) == []


def test_a_review_that_entra_never_begins_says_so_and_does_not_keep_the_package(stage: Stage) -> None:
    package = held(stage, "Review never", 1)
    card = stage.ask("alex", f'review "{package.name}" by adele@contoso.com', "Yes, start")
    stage.control("faults", {"rules": [{"method": "GET", "path": "/instances$", "status": 404}]})

    stage.press("alex", "Yes, start", card=card)
    until(lambda: definitions(stage, package), what="Entra has accepted it")
    stage.control("clock", {"advance": "PT31M"})
    until(lambda: "has not begun it" in stage.words("alex", card), seconds=30, what="the card says that it is late")
    stage.control("clock", {"advance": "P1D"})
    until(lambda: "never began it" in stage.words("alex", card), seconds=30, what="the card says that it is over")
    stage.ask("alex", f'audit "{package.name}" 3d', "start a review", "never begun")

    stage.ask("alex", f'review "{package.name}" by adele@contoso.com', "Yes, start")


def test_where_reviews_are_left_to_policies_the_card_says_so(stage: Stage) -> None:
    package = held(stage, "Review ten", 1)
    stage.control("options", {"packageReviewsByPolicyOnly": True})

    card = stage.ask("alex", f'review "{package.name}" by adele@contoso.com', "Yes, start")
    stage.press("alex", "Yes, start", card=card)

    try:
        until(lambda: "review:quarterly" in stage.words("alex", card), seconds=30, what="it says what to do instead")
    finally:
        stage.control("options", {"packageReviewsByPolicyOnly": False})
    assert "Not started" in stage.words("alex", card)


def test_a_policy_whose_review_entra_refuses_is_named_with_the_reason(stage: Stage) -> None:
    met(stage, "adele")
    package = held(stage, "Review partly", 1)
    second_policy(stage, package)
    before = set(stage.cards("adele"))
    card = stage.ask("alex", f'review "{package.name}" by adele@contoso.com', "Yes, start")
    refusal = {"method": "POST", "path": "/accessReviews/definitions$", "status": 400, "times": 1}
    stage.control("faults", {"rules": [refusal]})

    stage.press("alex", "Yes, start", card=card)

    until(lambda: "has no review" in stage.words("alex", card), seconds=40, what="the card names the policy")
    stage.news("adele", before, "Who still needs “Review partly”?", seconds=40)
    until(lambda: "Under way" in stage.words("alex", card), seconds=30, what="the others are reviewed")
    assert len(definitions(stage, package)) == 1
    stage.shown("alex", "“Review partly” is not reviewed as a whole", "has no review", seconds=30)
    stage.ask("alex", f'audit "{package.name}" 1d', "start a review", "failed for a policy")
    stage.press("alex", "Stop…", card=card)
    stage.press("alex", "Yes, stop", card=stage.shown("alex", "Stop the review of “Review partly” now?"))
    until(lambda: "Over, not applied yet" in stage.words("alex", card), seconds=30, what="it is over")
    stage.press("alex", "Apply…", card=card)
    stage.shown("alex", "Apply the review of “Review partly”?", "has no review")


@pytest.mark.parametrize("what", ["instances", "decisions"])
def test_one_of_two_rounds_that_entra_hides_for_a_moment_is_not_taken_for_over(stage: Stage, what: str) -> None:
    met(stage, "adele")
    package = held(stage, f"Review hidden {what}", 1)
    (first,), second = package.guests, second_policy(stage, package)
    before = set(stage.cards("adele"))
    card = start(stage, package.name)
    mine = stage.news("adele", before, f"Who still needs “{package.name}”?", first, second)
    hidden, other = (one["id"] for one in definitions(stage, package))
    (ending,) = stage.graph("GET", f"{AR}/{other}/instances")["value"]
    rule = {"method": "GET", "path": f"/definitions/{hidden}/.*{what}$", "status": 404, "times": 1}
    stage.control("faults", {"rules": [rule]})

    stage.graph("POST", f"{AR}/{other}/instances/{ending['id']}/stop")
    stage.control("clock", {"advance": "PT6M"})
    until(lambda: held_up(stage), seconds=40, what="Usher has looked while a part was hidden")
    about = first if hidden in _of_policy(stage, package) else second
    stage.act("adele@contoso.com", "review", package.id, about=about, decision="Approve")
    until(lambda: _after_a_look("1 of 2 decided", stage, mine), seconds=40, what="the card goes on")

    assert first in stage.words("adele", mine)
    assert second in stage.words("adele", mine)
    assert not any(f"The review of “{package.name}” is over" in stage.words("alex", one) for one in stage.cards("alex"))
    until(lambda: "Under way" in stage.words("alex", card), seconds=30, what="the others are reviewed")


def _after_a_look(words: str, stage: Stage, card: str) -> bool:
    stage.control("clock", {"advance": "PT1M"})
    return words in stage.words("adele", card)


def _of_policy(stage: Stage, package: Held) -> list[str]:
    """The reviews of those who hold the package through its first policy."""
    return [one["id"] for one in definitions(stage, package) if package.policy in one["scope"]["query"]]
