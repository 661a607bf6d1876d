"""A card about what is done already is shown only to who may see it: rights are looked at first."""

from __future__ import annotations

from tests.journeys.stage import PEOPLE, Stage, actions, until
from tests.journeys.test_keep_access import ask, guest
from tests.journeys.test_sponsors import answering
from tests.journeys.test_sponsors import guest as sponsored


def test_a_question_that_was_extended_is_not_shown_to_who_does_not_answer_for_the_guest(stage: Stage) -> None:
    address = guest(stage, "lee")
    ask(stage, address, "a private reason")
    card = stage.shown("lee", address, "asks to keep", "a private reason")
    press = next(one for one in actions(stage.card("lee", card)) if str(one.get("title")).startswith("Extend by"))
    stage.press("lee", press["title"], card=card)
    until(lambda: "Extended: access ends on" in stage.words("lee", card), seconds=30, what="it is extended")
    before = set(stage.cards("adele"))

    stage.execute("adele", {**press["data"], "verb": press["verb"]}, card="elsewhere")

    answer = stage.news("adele", before, "You may not do that")
    assert "a private reason" not in stage.words("adele", answer)


def test_a_handover_that_was_begun_is_not_shown_to_somebody_elses_yes(stage: Stage) -> None:
    address = sponsored(stage, PEOPLE["lee"][0])
    card = stage.ask("alex", f"handover {address} from lee@contoso.com to megan@contoso.com", "to Megan Bowen?")
    yes = next(one for one in actions(stage.card("alex", card)) if one.get("verb") == "handover.yes")
    stage.press("alex", yes["title"], card=card)
    until(lambda: answering(stage, address) == {PEOPLE["megan"][0]}, what="Megan answers")
    before = set(stage.cards("adele"))

    stage.execute("adele", {**yes["data"], "verb": "handover.yes"}, card="elsewhere")

    stage.news("adele", before, "You may not do that")
