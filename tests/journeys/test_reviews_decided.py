"""Reviewers decide in Teams, in their own name."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.reviewing import Held, field, held, met, signed, start, states
from tests.journeys.signing import Client
from tests.journeys.stage import PEOPLE, Stage, actions, until


def decisions(stage: Stage, package: Held) -> dict[str, dict[str, Any]]:
    """Object id -> what was decided."""
    rows = stage.state()["accessReviewDecisions"]
    return {one["principal"]["id"]: one for one in rows if one["resource"]["accessPackageId"] == package.id}


def test_a_page_is_decided_under_the_reviewers_own_name_and_can_be_changed(stage: Stage) -> None:
    met(stage, "adele")
    signed(stage, "adele")
    package = held(stage, "Decided one")
    keep, lose = package.guests
    before = set(stage.cards("adele"))
    admins = start(stage, package.name)
    card = stage.news("adele", before, "Who still needs “Decided one”?")
    first, second = field(stage, "adele", card, keep), field(stage, "adele", card, lose)

    stage.press(
        "adele",
        "Save decisions",
        card=card,
        inputs={f"decision{first}": "keep", f"reason{first}": "on the project", f"decision{second}": "unsure"},
    )
    until(lambda: "2 decisions saved" in stage.words("adele", card), seconds=30, what="both are saved")
    stage.press("adele", "Save decisions", card=card, inputs={f"decision{second}": "remove", f"reason{second}": "left"})
    until(lambda: "1 decision saved" in stage.words("adele", card), seconds=30, what="one is changed")

    made = decisions(stage, package)
    kept, lost = made[package.guests[keep]], made[package.guests[lose]]
    assert (kept["decision"], kept["justification"], kept["reviewedBy"]["id"]) == (
        "Approve",
        "on the project",
        PEOPLE["adele"][0],
    )
    assert (lost["decision"], lost["justification"]) == ("Deny", "left")
    stage.ask("alex", f"audit {lose}", "decide in a review", "· remove", "left")
    until(lambda: "Adele Vance: 2 of 2 decided" in stage.words("alex", admins), seconds=30, what="the chart follows")
    assert states(stage, package) == {keep: "delivered", lose: "delivered"}
    tokens = [one["token"] for one in stage.requests() if one["method"] == "PATCH" and "/decisions/" in one["url"]]
    assert set(tokens) == {"delegated"}


def test_who_is_not_signed_in_is_asked_to_and_what_was_pressed_goes_on_by_itself(stage: Stage) -> None:
    met(stage, "lee")
    client = Client(stage, "lee")
    client.sign_out()
    package = held(stage, "Decided two", 1)
    (address,) = package.guests
    before = set(stage.cards("lee"))
    start(stage, package.name, "by lee@contoso.com")
    card = stage.news("lee", before, "Who still needs “Decided two”?")

    stage.press("lee", "Save decisions", card=card, inputs={"decision0": "remove", "reason0": "left"})
    client.exchange(client.asked())

    until(
        lambda: decisions(stage, package)[package.guests[address]]["decision"] == "Deny", seconds=30, what="it goes on"
    )
    until(lambda: "1 decision saved" in stage.words("lee", card), seconds=30, what="the card says so")


def test_of_two_reviewers_the_second_sees_what_the_first_decided_and_may_decide_otherwise(stage: Stage) -> None:
    met(stage, "adele", "lee")
    signed(stage, "adele", "lee")
    package = held(stage, "Decided three", 1)
    (address,) = package.guests
    before = {who: set(stage.cards(who)) for who in ("adele", "lee")}
    start(stage, package.name, "by adele@contoso.com, lee@contoso.com")
    adeles = stage.news("adele", before["adele"], "Who still needs “Decided three”?")
    lees = stage.news("lee", before["lee"], "Who still needs “Decided three”?")

    stage.press("adele", "Save decisions", card=adeles, inputs={"decision0": "keep", "reason0": "needed"})
    until(lambda: "Already decided" in stage.words("lee", lees), seconds=30, what="the second sees the first")
    assert "Keep, Adele Vance: “needed”" in stage.words("lee", lees)
    stage.press("lee", "Save decisions", card=lees, inputs={"decision0": "remove", "reason0": "left"})

    until(
        lambda: "Remove, Lee Gu: “left”" in stage.words("adele", adeles), seconds=30, what="the first sees the second"
    )
    assert decisions(stage, package)[package.guests[address]]["reviewedBy"]["id"] == PEOPLE["lee"][0]


def test_a_card_with_an_older_view_changes_nothing_its_reviewer_left_alone(stage: Stage) -> None:
    met(stage, "adele", "lee")
    signed(stage, "adele", "lee")
    package = held(stage, "Decided older")
    both, other = package.guests
    before = {who: set(stage.cards(who)) for who in ("adele", "lee")}
    start(stage, package.name, "by adele@contoso.com, lee@contoso.com")
    adeles = stage.news("adele", before["adele"], "Who still needs “Decided older”?")
    lees = stage.news("lee", before["lee"], "Who still needs “Decided older”?")
    first, second = field(stage, "lee", lees, both), field(stage, "lee", lees, other)
    save = "Save decisions"
    stage.press("adele", save, card=adeles, inputs={f"decision{first}": "keep", f"reason{first}": "needed"})
    until(lambda: "Already decided" in stage.words("lee", lees), seconds=30, what="the second sees the first")
    older = next(one["data"] for one in actions(stage.card("lee", lees)) if one.get("title") == save)
    stage.press("adele", save, card=adeles, inputs={f"decision{first}": "remove", f"reason{first}": "left"})
    until(lambda: "Remove, Adele Vance" in stage.words("lee", lees), seconds=30, what="the first thinks again")

    filled = {f"decision{first}": "keep", f"reason{first}": "needed", f"decision{second}": "keep"}
    stage.execute("lee", {**older, **filled, "verb": "review.decide"}, card=lees)

    until(lambda: decisions(stage, package)[package.guests[other]]["decision"] == "Approve", what="Lee decides")
    found = decisions(stage, package)[package.guests[both]]
    assert (found["decision"], found["reviewedBy"]["id"]) == ("Deny", PEOPLE["adele"][0])


def test_several_are_decided_at_once_after_a_look(stage: Stage) -> None:
    met(stage, "adele")
    signed(stage, "adele")
    package = held(stage, "Decided four", 7)
    before = set(stage.cards("adele"))
    start(stage, package.name)
    card = stage.news("adele", before, "Who still needs “Decided four”?", "Page 1 of 2")
    stage.press("adele", "Next page", card=card)
    until(lambda: "Page 2 of 2" in stage.words("adele", card), what="the second page")
    before = set(stage.cards("adele"))
    stage.press("adele", "Several at once…", card=card)
    form = stage.news("adele", before, "Several at once", "Everybody who is still open (7)")

    stage.press("adele", "Preview", card=form, inputs={"chosen": "open", "decision": "", "reason": ""})
    until(lambda: "Choose what you decide" in stage.words("adele", form), what="what is missing")
    stage.press(
        "adele", "Preview", card=form, inputs={"chosen": "open", "decision": "remove", "reason": "project over"}
    )
    until(lambda: "Remove 7 people?" in stage.words("adele", form), what="the preview")
    assert {one["decision"] for one in decisions(stage, package).values()} == {"NotReviewed"}
    stage.press("adele", "Yes, decide", card=form)

    until(lambda: "7 decisions are saved" in stage.words("adele", form), seconds=30, what="all are saved")
    assert {one["decision"] for one in decisions(stage, package).values()} == {"Deny"}
    assert {one["justification"] for one in decisions(stage, package).values()} == {"project over"}
    until(lambda: "7 of 7 decided" in stage.words("adele", card), seconds=30, what="the card follows, on its page")
    assert "Page 2 of 2" in stage.words("adele", card)


def test_a_decision_whose_answer_is_lost_is_saved_and_on_record(stage: Stage) -> None:
    met(stage, "adele")
    signed(stage, "adele")
    package = held(stage, "Decided lost", 1)
    (address,) = package.guests
    before = set(stage.cards("adele"))
    start(stage, package.name)
    card = stage.news("adele", before, "Who still needs “Decided lost”?")
    _lose_the_next_answer(stage)

    stage.press("adele", "Save decisions", card=card, inputs={"decision0": "remove", "reason0": "left"})

    def saved() -> bool:
        # The look at what is decided may draw the card anew at once, without the note.
        said = stage.words("adele", card)
        return "1 decision saved" in said or "1 of 1 decided" in said

    def recorded() -> bool:
        said = stage.words("alex", stage.ask("alex", f"audit {address}", address))
        return all(word in said for word in ("decide in a review", "· remove", "left"))

    until(saved, seconds=40, what="it is saved")
    until(recorded, seconds=40, what="it is on record")


def test_several_decisions_whose_answer_is_lost_are_saved(stage: Stage) -> None:
    met(stage, "adele")
    signed(stage, "adele")
    package = held(stage, "Decided several lost", 2)
    before = set(stage.cards("adele"))
    start(stage, package.name)
    card = stage.news("adele", before, "Who still needs “Decided several lost”?")
    before = set(stage.cards("adele"))
    stage.press("adele", "Several at once…", card=card)
    form = stage.news("adele", before, "Several at once")
    stage.press("adele", "Preview", card=form, inputs={"chosen": "open", "decision": "keep", "reason": "needed"})
    until(lambda: "Keep 2 people?" in stage.words("adele", form), what="the preview")
    _lose_the_next_answer(stage, 2)

    stage.press("adele", "Yes, decide", card=form)

    until(lambda: "2 decisions are saved" in stage.words("adele", form), seconds=40, what="both are saved")
    assert {one["decision"] for one in decisions(stage, package).values()} == {"Approve"}


def _lose_the_next_answer(stage: Stage, times: int = 1) -> None:
    rule = {"method": "PATCH", "path": "/decisions/", "dropAfterWrite": True, "times": times}
    stage.control("faults", {"rules": [rule]})


def test_nobody_decides_about_themselves(stage: Stage) -> None:
    met(stage, "lee")
    signed(stage, "lee")
    package = held(stage, "Decided five", 1, people=("lee",))
    before = set(stage.cards("lee"))
    question = stage.ask(
        "alex", f'review "{package.name}" by lee@contoso.com', "Nobody reviews themselves", "Yes, start"
    )
    stage.press("alex", "Yes, start", card=question)
    card = stage.news("lee", before, "Who still needs “Decided five”?")
    own = decisions(stage, package)[PEOPLE["lee"][0]]
    data = next(one["data"] for one in actions(stage.card("lee", card)) if one.get("title") == "Save decisions")

    stage.execute("lee", {**data, "item0": own["id"], "decision0": "keep", "reason0": "me"}, card=card)

    assert "Lee Gu" not in stage.words("lee", card)
    until(lambda: "1 could not be saved" in stage.words("lee", card), seconds=30, what="it is refused")
    assert decisions(stage, package)[PEOPLE["lee"][0]]["decision"] == "NotReviewed"


def test_a_reason_is_asked_for_where_the_review_wants_one(stage: Stage) -> None:
    met(stage, "adele")
    signed(stage, "adele")
    package = held(stage, "Decided six", 1)
    before = set(stage.cards("adele"))
    start(stage, package.name, "by adele@contoso.com with reasons")
    card = stage.news("adele", before, "Who still needs “Decided six”?", "A reason is required")

    stage.press("adele", "Save decisions", card=card, inputs={"decision0": "keep", "reason0": " "})
    until(lambda: "This review asks for a reason" in stage.words("adele", card), seconds=30, what="it says so")
    stage.press("adele", "Save decisions", card=card, inputs={"decision0": "keep", "reason0": "audit"})

    until(lambda: "1 decision saved" in stage.words("adele", card), seconds=30, what="now it is saved")


def test_a_card_pressed_after_the_end_says_so_and_changes_nothing(stage: Stage) -> None:
    met(stage, "adele")
    signed(stage, "adele")
    package = held(stage, "Decided seven", 1)
    before = set(stage.cards("adele"))
    admins = start(stage, package.name)
    card = stage.news("adele", before, "Who still needs “Decided seven”?")
    data = next(one["data"] for one in actions(stage.card("adele", card)) if one.get("title") == "Save decisions")
    stage.control("clock", {"advance": "P40D"})
    until(lambda: "Over, not applied yet" in stage.words("alex", admins), seconds=30, what="it is over")

    stage.execute("adele", {**data, "decision0": "remove", "reason0": "late"}, card=card)

    until(lambda: "This review is over" in stage.words("adele", card), seconds=30, what="it says so")
    assert {one["decision"] for one in decisions(stage, package).values()} == {"NotReviewed"}


@pytest.mark.parametrize(
    "odd", [{"page": -5}, {"page": "x"}, {"campaign": 7}, {"item0": ["a"], "decision0": {"b": 1}}, {}]
)
def test_odd_presses_get_a_plain_answer(stage: Stage, odd: dict[str, Any]) -> None:
    before = set(stage.cards("megan"))

    stage.execute("megan", {"verb": "review.decide", "campaign": "no such", **odd}, card="m-none")

    stage.news("megan", before, "This card is out of date")
