"""An access review, from the first word to access that is gone."""

from __future__ import annotations

import pytest

from tests.journeys.reviewing import definitions, held, met, start, states
from tests.journeys.rough import held as held_up
from tests.journeys.rough import hold
from tests.journeys.stage import PEOPLE, Stage, actions, until


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
    mine = stage.news("adele", before, "Who still needs Review one?", keep, lose, "Last sign-in: not known")

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
    stopped = stage.shown("alex", "The review is stopped")
    until(lambda: "Over, not applied yet" in stage.words("alex", card), seconds=30, what="it is over")
    stage.press("alex", "Apply…", card=stopped)
    stage.press("alex", "Yes, apply", card=stage.shown("alex", "Apply the review of “Review eleven”?"))

    until(lambda: "✔ Delivered" not in stage.words("alex", live), seconds=40, what="the live card follows")
    assert stage.held(address) == ["expired"]

    def recorded() -> bool:
        record = stage.ask("alex", f'audit "{package.name}" 1d', "apply a review")
        return "remove access after a review" in stage.words("alex", record)

    until(recorded, seconds=40, what="who lost the access is on record")


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

    stage.ask("alex", f'review "{package.name}" by adele@contoso.com', "Yes, start")


def test_the_result_is_a_card_and_a_file(stage: Stage) -> None:
    package = held(stage, "Review thirteen", 1)
    (address,) = package.guests
    card = start(stage, package.name)
    stage.act("adele@contoso.com", "review", package.id, about=address, decision="Deny", justification="=left")
    before = set(stage.cards("alex"))

    stage.press("alex", "Result", card=card)
    result = stage.news("alex", before, "Result of the review of Review thirteen", "Remove, Adele Vance", "left")
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


def test_who_may_not_run_reviews_is_refused_and_reviewers_need_no_role(stage: Stage) -> None:
    met(stage, "lee")
    package = held(stage, "Review five", 1)
    stage.ask("megan", f'review "{package.name}" by me', "You may not do that")
    before = set(stage.cards("lee"))
    card = start(stage, package.name, "by lee@contoso.com")
    stage.news("lee", before, "Who still needs Review five?")

    listed = stage.ask("lee", "reviews", "Review five", "1 person waits for you")
    data = next(one["data"] for one in actions(stage.card("alex", card)) if one.get("title") == "Stop…")
    seen = set(stage.cards("megan"))
    stage.execute("megan", {**data, "verb": "review.stop.yes"}, card="m-none")
    stage.news("megan", seen, "You may not do that")
    seen = set(stage.cards("megan"))
    stage.execute("megan", {"verb": "review.open", "campaign": data["campaign"]}, card="m-none")
    stage.news("megan", seen, "You are not asked in this review")

    assert "Show “Review five”" not in stage.titles("lee", listed)
    assert "Under way" in stage.words("alex", card)


def test_sponsors_see_their_own_guests_and_who_has_none_is_left_to_whoever_starts(stage: Stage) -> None:
    met(stage, "lee")
    package = held(stage, "Review six")
    first, second = package.guests
    ref = {"@odata.id": f"https://graph.microsoft.com/v1.0/users/{PEOPLE['lee'][0]}"}
    stage.graph("POST", f"/users/{package.guests[first]}/sponsors/$ref", ref)
    sponsors = stage.graph("GET", f"/users/{package.guests[second]}/sponsors")["value"]
    before = {who: set(stage.cards(who)) for who in ("lee", "alex")}

    start(stage, package.name, "by sponsors")

    lees = stage.news("lee", before["lee"], "Who still needs Review six?", first)
    assert second not in stage.words("lee", lees)
    assert sponsors == []
    mine = stage.news("alex", before["alex"], "Who still needs Review six?", second)
    assert first not in stage.words("alex", mine)


def test_reviewers_are_reminded_at_half_time_and_a_day_before_the_end_each_once(stage: Stage) -> None:
    met(stage, "lee")
    package = held(stage, "Review seven", 1)
    card = start(stage, package.name, "by lee@contoso.com for 10 days")

    stage.press("alex", "Remind", card=card)
    stage.shown("alex", "Reminders are on their way")
    until(lambda: any("/sendReminder" in one["url"] for one in stage.requests()), what="Entra mails them")

    def reminders() -> int:
        return sum(
            "Reminder: 1 person waits" in str(one) and "Review seven" in str(one) for one in stage.cards("lee").values()
        )

    until(lambda: reminders() == 1, seconds=30, what="the one by hand")
    stage.control("clock", {"advance": "P5DT1H"})
    until(lambda: reminders() == 2, seconds=30, what="half time")
    stage.control("clock", {"advance": "P4D"})
    until(lambda: reminders() == 3, seconds=30, what="the last day")
    stage.control("clock", {"advance": "PT23H"})
    until(lambda: "Over, not applied yet" in stage.words("alex", card), seconds=30, what="it ends by itself")

    stage.shown("alex", "The review of “Review seven” is over", "1 are undecided")
    assert reminders() == 3


def test_a_policys_own_reviews_are_followed_and_shown_to_their_reviewers(stage: Stage) -> None:
    met(stage, "lee")
    reviews = {
        "isEnabled": True,
        "expirationBehavior": "keepAccess",
        "isRecommendationEnabled": True,
        "isReviewerJustificationRequired": False,
        "isSelfReview": False,
        "schedule": {
            "startDateTime": stage.now().isoformat(),
            "expiration": {"type": "afterDuration", "duration": "P14D"},
            "recurrence": {"pattern": {"type": "absoluteMonthly", "interval": 3}, "range": {"type": "noEnd"}},
        },
        "primaryReviewers": [{"@odata.type": "#microsoft.graph.singleUser", "userId": PEOPLE["lee"][0]}],
        "fallbackReviewers": [],
    }
    before = set(stage.cards("lee"))
    package = held(stage, "Review eight", 1)
    policy = stage.graph(
        "GET", f"/identityGovernance/entitlementManagement/assignmentPolicies/{package.policy}?$expand=accessPackage"
    )
    body = {name: value for name, value in policy.items() if not name.startswith("@") and "DateTime" not in name}
    stage.graph(
        "PUT",
        f"/identityGovernance/entitlementManagement/assignmentPolicies/{package.policy}",
        {**body, "reviewSettings": reviews},
    )

    card = stage.news("lee", before, "Who still needs Review eight?", seconds=30)

    assert next(iter(package.guests)) in stage.words("lee", card)
    stage.ask("alex", "reviews", "Review eight", "Under way")


def test_every_quarter_is_the_packages_own_setting(stage: Stage) -> None:
    package = held(stage, "Review nine", 1)

    card = stage.ask(
        "alex",
        f'review "{package.name}" every quarter by adele@contoso.com',
        "Review nine",
        "Every three months, by Adele Vance",
    )

    assert "Yes, change it" in stage.titles("alex", card)


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
