"""Who is not blocked with the forgotten: pressed twice, too many, by somebody else, too late, or no guest any more."""

from __future__ import annotations

import pytest

from tests.journeys.stage import PEOPLE, Stage, until
from tests.journeys.test_stale import enabled, guest, look, ticked


def test_two_who_confirm_the_same_guest_block_them_once(stage: Stage) -> None:
    address = guest(stage, "both")
    stage.control("clock", {"advance": "P100D"})
    report = look(stage, "stale 90d", "Block these", address)
    questions = []
    for _ in range(2):
        before = set(stage.cards("alex"))
        stage.press("alex", "Block these…", card=report, inputs=ticked(stage, address))
        questions.append(stage.news("alex", before, "Type 1 to confirm"))

    for one in questions:
        stage.press("alex", "Block", card=one, inputs={"typed": "1"})
    until(lambda: not enabled(stage, address), what="blocked")
    until(lambda: all("Asked by" in stage.words("alex", one) for one in questions), what="both cards answer")

    person = stage.user(address)["id"]
    patched = [one for one in stage.requests() if one["method"] == "PATCH" and person in one["url"]]
    assert len(patched) == 1


def test_more_than_one_run_may_take_are_refused_and_so_is_nobody(stage: Stage) -> None:
    report = stage.ask("alex", "stale 7d", "Block these")
    many = ",".join(f"00000000-0000-4000-8000-{number:012}" for number in range(21))
    before = set(stage.cards("alex"))

    stage.press("alex", "Block these…", card=report, inputs={"picked": many})
    stage.news("alex", before, "too many", "Nothing was done")
    stage.press("alex", "Block these…", card=report, inputs={"picked": ""})
    stage.news("alex", before, "Nobody is ticked")


@pytest.mark.parametrize(
    ("who", "sentence", "words"),
    [
        ("megan", "stale 90d", "You may not do that"),
        ("alex", "stale soon", "for how many days"),
        ("alex", "stale 0d", "for how many days"),
        ("alex", "stale -5", "for how many days"),
        ("alex", "stale 99999999999999", "for how many days"),
        ("alex", "inactive 6 months", "Forgotten guests, 1"),
    ],
)
def test_odd_sentences_are_answered_in_plain_words(stage: Stage, who: str, sentence: str, words: str) -> None:
    stage.ask(who, sentence, words)


def test_a_confirmation_is_for_whoever_was_asked(stage: Stage) -> None:
    address = guest(stage, "mine")
    stage.control("clock", {"advance": "P100D"})
    report = look(stage, "stale 90d", "Block these", address)
    before = set(stage.cards("alex"))
    stage.press("alex", "Block these…", card=report, inputs=ticked(stage, address))
    question = stage.news("alex", before, "Type 1 to confirm")
    send = next(one for one in stage.card("alex", question)["body"][-1]["actions"] if one["verb"] == "stale.confirm")

    stage.execute("megan", {**send["data"], "typed": "1"}, card=question)

    stage.shown("megan", "You may not do that")
    assert enabled(stage, address)
    assert PEOPLE["megan"][0]


def refused(stage: Stage, name: str) -> tuple[str, str]:
    """A forgotten guest whom Entra would not block when that was confirmed, and the card that says so."""
    address = guest(stage, name)
    stage.control("clock", {"advance": "P100D"})
    report = look(stage, "stale 90d", "Block these", address)
    before = set(stage.cards("alex"))
    stage.press("alex", "Block these…", card=report, inputs=ticked(stage, address))
    question = stage.news("alex", before, "Type 1 to confirm")
    rule = {"method": "PATCH", "path": f"/users/{stage.user(address)['id']}", "status": 403, "times": 99}
    stage.control("faults", {"rules": [rule]})
    stage.press("alex", "Block", card=question, inputs={"typed": "1"})
    until(lambda: "Try those again" in stage.titles("alex", question), what="it failed")
    stage.control("faults", {"rules": []})
    return address, question


def test_who_could_not_be_blocked_then_is_not_blocked_by_the_old_card_later(stage: Stage) -> None:
    address, card = refused(stage, "later")
    stage.act(address, "signIn")
    stage.control("clock", {"advance": "P40D"})
    look(stage, "stale 30d", address)

    stage.press("alex", "Try those again", card=card)

    stage.shown("alex", "That was too long ago")
    assert enabled(stage, address)


def test_who_became_a_member_meanwhile_is_not_blocked(stage: Stage) -> None:
    address, card = refused(stage, "member")
    stage.graph("PATCH", f"/users/{stage.user(address)['id']}", {"userType": "Member"})

    stage.press("alex", "Try those again", card=card)

    until(lambda: "no guest's any more" in stage.words("alex", card), what="the card says why")
    assert enabled(stage, address)
