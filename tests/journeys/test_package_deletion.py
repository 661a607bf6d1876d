"""Deleting a package: what stands in the way is said, access ends first, and nobody who was not named loses any."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.keeping import (
    EM,
    PARTNERS,
    approved_by,
    assigned,
    direct,
    fresh_name,
    made,
    policies,
    policy,
    there,
)
from tests.journeys.stage import PEOPLE, Stage, actions, until


def live(stage: Stage, package: Any) -> list[str]:
    """Object ids of those who have the package."""
    return [
        one["target"]["objectId"]
        for one in stage.state()["assignments"]
        if _of(one, package) and one["state"] != "expired"
    ]


def _of(row: dict[str, Any], package: Any) -> bool:
    """Whether an assignment or request is about the package; of a package that is gone Graph names none."""
    return (row["accessPackage"] or {}).get("id") == package["id"]


def held_by(stage: Stage, package: Any, *people: str) -> None:
    """These people have the package."""
    for who in people:
        assigned(stage, package, who)
    until(lambda: len(live(stage, package)) == len(people), what="they have it")
    until(lambda: not _open(stage, package), what="no request is open")


def _open(stage: Stage, package: Any) -> list[Any]:
    states = ("submitted", "pendingApproval", "delivering", "scheduled")
    rows = stage.state()["assignmentRequests"]
    return [one for one in rows if _of(one, package) and one["state"] in states]


def assignments(stage: Stage, package: Any) -> list[str]:
    """Ids of the assignments through which people have the package."""
    rows = stage.state()["assignments"]
    return [one["id"] for one in rows if _of(one, package) and one["state"] != "expired"]


def removals(stage: Stage, held: list[str]) -> list[str]:
    """Of these assignments, one entry for each removal that was asked for."""
    rows = (one for one in stage.state()["assignmentRequests"] if one["requestType"] == "adminRemove")
    return sorted(one["assignment"]["id"] for one in rows if (one["assignment"] or {}).get("id") in held)


def asked(stage: Stage, package: Any, *words: str, who: str = "alex") -> str:
    """The card that asks whether it shall be deleted."""
    return stage.ask(who, f'package delete "{package["displayName"]}"', f"Delete “{package['displayName']}”?", *words)


def yes(stage: Stage, card: str, who: str = "alex") -> dict[str, Any]:
    """What the card's Yes sends."""
    button = next(one for one in actions(stage.card(who, card)) if str(one.get("title")).startswith("Yes"))
    return {**button["data"], "verb": button["verb"]}


def test_a_package_nobody_has_is_deleted_on_yes(stage: Stage) -> None:
    package = made(stage)
    card = asked(stage, package, "cannot be brought back")

    stage.press("alex", "Yes, delete it", card=card)
    until(lambda: "✔ Deleted" in stage.words("alex", card), what="the card says so")

    assert there(stage, package) is None


def test_who_has_it_is_named_loses_it_first_and_then_it_is_deleted(stage: Stage) -> None:
    package = made(stage)
    held_by(stage, package, "lee", "megan")
    card = asked(stage, package, "2 people lose the access first", "Lee Gu", "Megan Bowen", "Everybody")

    stage.press("alex", "Yes, end access and delete it", card=card, inputs={"confirm": package["displayName"]})
    until(lambda: "✔ Deleted" in stage.words("alex", card), what="it is deleted", seconds=40)

    assert there(stage, package) is None
    assert live(stage, package) == []
    assert "Access has ended for 2 of 2 people" in stage.words("alex", card)


@pytest.mark.parametrize("typed", ["", "yes", "Invited users package"])
def test_without_the_name_nothing_happens_and_the_card_asks_again(stage: Stage, typed: str) -> None:
    package = made(stage)
    held_by(stage, package, "lee")
    card = asked(stage, package, "Lee Gu (lee@contoso.com")

    stage.execute("alex", {**yes(stage, card), "confirm": typed}, card=card)
    until(lambda: "✖ Problem: Type the name of the package" in stage.words("alex", card), what="the card asks again")

    assert "Lee Gu (lee@contoso.com" in stage.words("alex", card)
    assert live(stage, package) == [PEOPLE["lee"][0]]
    assert there(stage, package)


def test_the_name_may_be_typed_without_minding_case_and_spaces(stage: Stage) -> None:
    package = made(stage)
    held_by(stage, package, "lee")
    card = asked(stage, package)

    typed = f'  "{package["displayName"].upper()}" '
    stage.execute("alex", {**yes(stage, card), "confirm": typed}, card=card)

    until(lambda: there(stage, package) is None, what="it is deleted", seconds=40)


def test_no_keeps_everything(stage: Stage) -> None:
    package = made(stage)
    card = asked(stage, package)

    stage.press("alex", "No, keep it", card=card)
    until(lambda: "Nothing was changed" in stage.words("alex", card), what="the card says so")
    stage.execute("alex", {"verb": "package.delete.yes", "build": "x"}, card="")

    assert there(stage, package)


def test_somebody_who_got_it_meanwhile_is_shown_before_anything_happens(stage: Stage) -> None:
    package = made(stage)
    held_by(stage, package, "lee")
    card = asked(stage, package, "1 person loses the access first")
    held = live(stage, package)
    assigned(stage, package, "megan")
    until(lambda: len(live(stage, package)) == len(held) + 1 and not _open(stage, package), what="Megan has it too")

    stage.execute("alex", {**yes(stage, card), "confirm": package["displayName"]}, card=card)
    until(lambda: "Somebody got the package since you looked" in stage.words("alex", card), what="it asks anew")

    assert "Megan Bowen" in stage.words("alex", card)
    assert len(live(stage, package)) == 2
    stage.execute("alex", {**yes(stage, card), "confirm": package["displayName"]}, card=card)
    until(lambda: there(stage, package) is None, what="it is deleted", seconds=40)


def test_an_open_request_stands_in_the_way_and_nobody_loses_anything(stage: Stage) -> None:
    package = made(stage, policy(requestApprovalSettings=approved_by("adele")), direct())
    stage.act("lee@contoso.com", "request", package["id"], justification="audit")
    until(lambda: [one["state"] for one in _open(stage, package)] == ["pendingApproval"], what="Lee waits")

    card = asked(stage, package, "Not possible now", "1 request is still open", "can withdraw theirs")

    assert stage.titles("alex", card) == ["Close requests", "Look again", "Show package"]


def test_a_person_deleted_less_than_thirty_days_ago_still_counts_and_is_marked(stage: Stage) -> None:
    package = made(stage)
    name = fresh_name("gone").replace(" ", "")
    body = {"invitedUserEmailAddress": f"{name}@fabrikam.com", "inviteRedirectUrl": "https://myapps.microsoft.com"}
    guest = stage.graph("POST", "/invitations", body)["invitedUser"]["id"]
    until(lambda: any(one["id"] == guest for one in stage.state()["users"]), what="the guest is there")
    held_by(stage, package, guest)
    stage.graph("DELETE", f"/users/{guest}")

    card = asked(stage, package, "account deleted; Entra counts it for 30 days")
    stage.execute("alex", {**yes(stage, card), "confirm": package["displayName"]}, card=card)

    until(lambda: there(stage, package) is None, what="it is deleted", seconds=40)


def test_what_keeps_entra_from_deleting_is_told_and_try_again_goes_on(stage: Stage) -> None:
    package = made(stage)
    rule = {"method": "DELETE", "path": f"/accessPackages/{package['id']}", "status": 403, "times": 1}
    stage.control("faults", {"rules": [rule]})
    card = asked(stage, package)

    stage.press("alex", "Yes, delete it", card=card)
    until(lambda: "✖ Stopped" in stage.words("alex", card), what="the card says what is wrong")
    assert "permission" in stage.words("alex", card)
    stage.press("alex", "Try again", card=card)

    until(lambda: "✔ Deleted" in stage.words("alex", card), what="it is deleted", seconds=40)


@pytest.mark.parametrize("fault", [{"status": 429, "retryAfter": "1"}, {"status": 503}, {"dropAfterWrite": True}])
def test_a_rough_graph_holds_it_up_and_no_more(stage: Stage, fault: dict[str, Any]) -> None:
    package = made(stage)
    held_by(stage, package, "lee", "megan")
    held = assignments(stage, package)
    card = asked(stage, package)
    rules = [
        {"method": "POST", "path": "/assignmentRequests", "times": 1, **fault},
        {"method": "DELETE", "path": f"/accessPackages/{package['id']}", "times": 1, **fault},
    ]
    stage.control("faults", {"rules": rules})

    stage.execute("alex", {**yes(stage, card), "confirm": package["displayName"]}, card=card)

    until(lambda: "✔ Deleted" in stage.words("alex", card), what="it is deleted", seconds=60)
    assert there(stage, package) is None
    assert removals(stage, held) == sorted(held)


def test_yes_pressed_twice_asks_for_each_removal_once(stage: Stage) -> None:
    package = made(stage)
    held_by(stage, package, "lee")
    held = assignments(stage, package)
    card = asked(stage, package)
    sent = {**yes(stage, card), "confirm": package["displayName"]}

    for _ in range(2):
        stage.execute("alex", sent, card=card)
    until(lambda: "✔ Deleted" in stage.words("alex", card), what="it is deleted", seconds=40)

    assert removals(stage, held) == held


def test_an_invite_that_is_followed_reads_the_end_as_taken_back(stage: Stage) -> None:
    package = made(stage)
    address = stage.fresh("followed")
    stage.say("alex", f'assign {address} to "{package["displayName"]}" for 5 days')
    invite = stage.shown("alex", address, "✔ Delivered", seconds=40)
    until(lambda: not _open(stage, package), what="no request is open")
    card = asked(stage, package, "1 person loses the access first")

    stage.execute("alex", {**yes(stage, card), "confirm": package["displayName"]}, card=card)
    until(lambda: "✔ Deleted" in stage.words("alex", card), what="it is deleted", seconds=40)

    until(lambda: "evoked" in stage.words("alex", invite), what="the live card says that it was revoked")


def test_who_may_not_build_there_deletes_nothing_typed_or_by_a_hand_made_card(stage: Stage) -> None:
    package = made(stage)
    card = asked(stage, package)
    sent = yes(stage, card)

    for who in ("megan", "lee", "adele"):
        stage.ask(who, f'package delete "{package["displayName"]}"', "You may not do that")
        for value in (
            {"verb": "package delete", "package": package["id"]},
            sent,
            {**sent, "verb": "package.delete.again"},
        ):
            before = set(stage.cards(who))
            stage.execute(who, value, card="")
            stage.news(who, before, "You may not do that")

    assert there(stage, package)


def test_another_admins_question_is_not_answered_by_a_hand_made_card(stage: Stage) -> None:
    package = made(stage, catalog=PARTNERS)
    card = asked(stage, package)
    before = set(stage.cards("adele"))

    stage.execute("adele", yes(stage, card), card="")

    stage.news("adele", before, "That question is not yours")
    assert there(stage, package)


@pytest.mark.parametrize("verb", ["package.delete.yes", "package.delete.no", "package.delete.again"])
@pytest.mark.parametrize("build", ["", "nothing", ["x"], 7])
def test_a_strange_card_value_is_answered(stage: Stage, verb: str, build: Any) -> None:
    before = set(stage.cards("alex"))

    stage.execute("alex", {"verb": verb, "build": build, "confirm": {"a": 1}}, card="")

    stage.news("alex", before, "That question is not yours")


def test_a_deletion_is_no_build_to_be_resumed_undone_or_turned_by_other_cards(stage: Stage) -> None:
    package = made(stage)
    held_by(stage, package, "lee")
    card = asked(stage, package)
    build = yes(stage, card)["build"]

    for verb in ("package.resume", "package.undo", "package.undo.yes", "package.create", "package.change.yes"):
        before = set(stage.cards("alex"))
        stage.execute("alex", {"verb": verb, "build": build}, card="")
        stage.news("alex", before)

    assert live(stage, package) == [PEOPLE["lee"][0]]
    assert there(stage, package)
    assert policies(stage, package)
    assert stage.graph("GET", f"{EM}/accessPackages/{package['id']}")["displayName"] == package["displayName"]
