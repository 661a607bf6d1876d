"""A review from the first word to the report: reviewers decide in their own name, an administrator applies it."""

from __future__ import annotations

from tests.journeys.reviewing import field, held, met, signed, start, states
from tests.journeys.stage import Stage, until


def test_what_a_reviewer_decided_in_teams_is_applied_by_an_administrator_and_reported(stage: Stage) -> None:
    met(stage, "adele")
    signed(stage, "adele")
    package = held(stage, "Whole review")
    keep, lose = package.guests
    before = set(stage.cards("adele"))
    card = start(stage, package.name)
    mine = stage.news("adele", before, "Who still needs “Whole review”?", "Last sign-in", "Sponsor", "Entra recommends")
    first, second = field(stage, "adele", mine, keep), field(stage, "adele", mine, lose)

    answers = {f"decision{first}": "keep", f"decision{second}": "remove", f"reason{second}": "left in May"}
    stage.press("adele", "Save decisions", card=mine, inputs=answers)
    until(lambda: "2 of 2 decided" in stage.words("alex", card), seconds=30, what="the chart follows")
    stage.press("alex", "Stop…", card=card)
    stage.press("alex", "Yes, stop", card=stage.shown("alex", "Stop the review of “Whole review” now?"))
    until(lambda: "Over, not applied yet" in stage.words("alex", card), seconds=30, what="it is over")
    stage.press("alex", "Apply…", card=card)
    stage.press("alex", "Yes, apply", card=stage.shown("alex", "Apply the review of “Whole review”?", "left in May"))
    until(lambda: "✔ Applied" in stage.words("alex", card), seconds=30, what="it is applied")
    seen = set(stage.cards("alex"))
    stage.press("alex", "Result", card=card)

    stage.news("alex", seen, "Result of the review of “Whole review”", "Remove, Adele Vance: “left in May” · applied")
    assert states(stage, package) == {keep: "delivered", lose: "expired"}
    tokens = [one["token"] for one in stage.requests() if one["method"] == "PATCH" and "/decisions/" in one["url"]]
    assert set(tokens) == {"delegated"}
