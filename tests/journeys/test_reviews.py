"""An access review, from the first word to access that is gone."""

from __future__ import annotations

import pytest

from tests.journeys.reviewing import definitions, held, met, start, states
from tests.journeys.rough import held as held_up
from tests.journeys.rough import hold
from tests.journeys.stage import Stage, actions, until


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ('review "Nothing of that name"', "There is no access package"),
        ("review", "Which access package?"),
        ('review "Hidden package" by adele@contoso.com', "Nobody to review"),
        ('review "Invited users package" by adele@contoso.com for 900 days', "Give a number of days"),
        ('review "Invited users package" by ben@fabrikam.com', "is a guest"),
        ('review "Invited users package" by adele@contoso.com sideways', "Nobody here is called “sideways”"),
    ],
)
def test_what_cannot_be_is_told_with_a_next_step(stage: Stage, sentence: str, words: str) -> None:
    stage.ask("alex", sentence, words)


def test_a_review_is_looked_at_started_decided_elsewhere_and_applied(stage: Stage) -> None:
    met(stage, "adele")
    package = held(stage, "Review one")
    keep, lose = package.guests
    before = set(stage.cards("adele"))
    card = start(stage, package.name)
    mine = stage.news("adele", before, "Who still needs “Review one”?", keep, lose, "Last sign-in: not known")

    stage.act("adele@contoso.com", "review", package.id, about=keep, decision="Approve", justification="on the project")
    stage.act("adele@contoso.com", "review", package.id, about=lose, decision="Deny", justification="left in May")
    until(lambda: "2 of 2 decided" in stage.words("adele", mine), seconds=30, what="her card follows the portal")
    until(lambda: "Remove: 1" in stage.words("alex", card), seconds=30, what="the chart follows")
    stage.press("alex", "Stop…", card=card)
    question = stage.shown("alex", "Stop the review of “Review one” now?")
    stage.press("alex", "Yes, stop", card=question)
    until(lambda: "Over, not applied yet" in stage.words("alex", card), seconds=30, what="it is over")
    assert states(stage, package) == {keep: "delivered", lose: "delivered"}
    assert stage.titles("alex", question) == ["Apply…", "Result"]
    assert not any(_is_over(stage, package.name, one) for one in stage.cards("alex"))
    stage.press("alex", "Apply…", card=card)
    effect = stage.shown("alex", "Apply the review of “Review one”?", "1 person loses", "left in May")
    stage.press("alex", "Yes, apply", card=effect)

    until(lambda: "✔ Applied" in stage.words("alex", card), seconds=30, what="it is applied")
    assert states(stage, package) == {keep: "delivered", lose: "expired"}
    stage.shown("alex", "The review of “Review one” is applied", "1 person has lost the access")


def _is_over(stage: Stage, name: str, card: str) -> bool:
    """Whether this card tells anew what whoever stopped the review knows."""
    return f"The review of “{name}” is over" in stage.words("alex", card)


def test_what_is_missing_is_asked_for_and_nothing_begins_before_yes(stage: Stage) -> None:
    package = held(stage, "Review three", 1)

    form = stage.ask("alex", f'review "{package.name}"', "Who reviews", "Preview")
    stage.press("alex", "Preview", card=form, inputs={"kind": "people", "people": "nobody@contoso.com", "days": "9"})
    until(lambda: "Nobody here has the address" in stage.words("alex", form), what="the form says what is wrong")
    stage.press(
        "alex",
        "Preview",
        card=form,
        inputs={"kind": "people", "people": "adele@contoso.com", "days": "9", "unanswered": "remove", "reason": "yes"},
    )

    until(lambda: "Yes, start" in stage.titles("alex", form), what="the preview")
    assert "They lose the access" in stage.words("alex", form)
    assert "(9 days)" in stage.words("alex", form)
    assert definitions(stage, package) == []
    stage.press("alex", "No", card=form)
    until(lambda: "No review was started" in stage.words("alex", form), what="nothing began")
    assert definitions(stage, package) == []


def test_two_people_who_press_yes_start_one_review(stage: Stage) -> None:
    package = held(stage, "Review four", 1)
    mine = stage.ask("alex", f'review "{package.name}" by adele@contoso.com', "Yes, start")
    again = stage.ask("alex", f'review "{package.name}" by me', "Yes, start")

    stage.press("alex", "Yes, start", card=mine)
    stage.press("alex", "Yes, start", card=again)
    stage.press("alex", "Yes, start", card=again) if "Yes, start" in stage.titles("alex", again) else None

    until(lambda: "Under way" in stage.words("alex", mine), seconds=30, what="the first is under way")
    until(lambda: "Under way" in stage.words("alex", again), seconds=30, what="the second shows the same")
    assert len(definitions(stage, package)) == 1
    assert "Adele Vance" in stage.words("alex", again)


def test_killed_while_it_is_written_a_review_is_made_once(stage: Stage) -> None:
    package = held(stage, "Review killed", 1)
    card = stage.ask("alex", f'review "{package.name}" by adele@contoso.com', "Yes, start")
    hold(stage, "POST", "/accessReviews/definitions$", seconds=1.0)

    stage.press("alex", "Yes, start", card=card)
    until(lambda: held_up(stage), what="the bot is in the middle of it")
    stage.bot.kill()
    stage.bot.start()

    until(lambda: "Under way" in stage.words("alex", card), seconds=60, what="the review is under way")
    assert len(definitions(stage, package)) == 1


def test_the_live_card_of_an_invite_follows_a_review(stage: Stage) -> None:
    address = stage.fresh("invited")
    package = held(stage, "Review eleven", 1)
    stage.say("alex", f'assign {address} to "{package.name}"')
    live = stage.shown("alex", address, "✔ Delivered", seconds=40)
    card = start(stage, package.name)
    stage.act("adele@contoso.com", "review", package.id, about=address, decision="Deny")
    listed = stage.ask("alex", "reviews", "Review eleven")
    data = next(one["data"] for one in actions(stage.card("alex", listed)) if "Review eleven" in one.get("title", ""))
    key = data["campaign"]

    stage.execute("alex", {"verb": "review.stop.yes", "campaign": key}, card=listed)
    until(lambda: "The review is stopped" in stage.words("alex", listed), what="the list says so")
    until(lambda: "Over, not applied yet" in stage.words("alex", card), seconds=30, what="it is over")
    stage.press("alex", "Apply…", card=listed)
    stage.press("alex", "Yes, apply", card=stage.shown("alex", "Apply the review of “Review eleven”?"))

    until(lambda: "✔ Delivered" not in stage.words("alex", live), seconds=40, what="the live card follows")
    assert stage.held(address) == ["expired"]

    def recorded() -> bool:
        record = stage.ask("alex", f'audit "{package.name}" 1d', "apply a review")
        return "remove access after a review" in stage.words("alex", record)

    until(recorded, seconds=40, what="who lost the access is on record")


def test_the_result_is_a_card_and_a_file(stage: Stage) -> None:
    package = held(stage, "Review thirteen", 1)
    (address,) = package.guests
    card = start(stage, package.name)
    stage.act("adele@contoso.com", "review", package.id, about=address, decision="Deny", justification="=left")
    before = set(stage.cards("alex"))

    stage.press("alex", "Result", card=card)
    result = stage.news("alex", before, "Result of the review of “Review thirteen”", "Remove, Adele Vance", "left")
    stage.press("alex", "As CSV", card=result)

    def offer() -> dict:
        chat = stage.teams.chats["a:1alex"].values()
        found = [one["attachments"][0] for one in chat if one.get("attachments")]
        return next((one for one in found if one.get("name") == "review.csv"), {})

    offered = until(offer, what="the file is offered")
    accepted = {
        "type": "fileUpload",
        "action": "accept",
        "context": offered["content"]["acceptContext"],
        "uploadInfo": {
            "uploadUrl": stage.teams.file_url("review.csv"),
            "contentUrl": "https://contoso-my.sharepoint.com/review.csv",
            "name": "review.csv",
            "uniqueId": "x",
            "fileType": "csv",
        },
    }
    stage.post(stage.activity("alex", type="invoke", name="fileConsent/invoke", value=accepted))

    written = until(lambda: stage.teams.files.get("review.csv"), what="the file is saved").decode("utf-8-sig")
    assert '"remove","\'=left","Adele Vance"' in written
