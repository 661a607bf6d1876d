"""Whom an access review asks, and what they hear of it."""

from __future__ import annotations

import pytest

from sandbox.seed.groups import DESIGN
from tests.journeys.reviewing import held, met, start
from tests.journeys.stage import PEOPLE, Stage, actions, until


def test_who_may_not_run_reviews_is_refused_and_reviewers_need_no_role(stage: Stage) -> None:
    met(stage, "lee")
    package = held(stage, "Review five", 1)
    stage.ask("megan", f'review "{package.name}" by me', "You may not do that")
    before = set(stage.cards("lee"))
    card = start(stage, package.name, "by lee@contoso.com")
    stage.news("lee", before, "Who still needs “Review five”?")

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

    lees = stage.news("lee", before["lee"], "Who still needs “Review six”?", first)
    assert second not in stage.words("lee", lees)
    assert sponsors == []
    mine = stage.news("alex", before["alex"], "Who still needs “Review six”?", second)
    assert first not in stage.words("alex", mine)


def test_the_members_of_a_group_that_sponsors_a_guest_are_asked(stage: Stage) -> None:
    met(stage, "lee")
    package = held(stage, "Review of a group", 1)
    (address,) = package.guests
    ref = {"@odata.id": f"https://graph.microsoft.com/v1.0/groups/{DESIGN}"}
    stage.graph("POST", f"/users/{package.guests[address]}/sponsors/$ref", ref)
    before = set(stage.cards("lee"))

    start(stage, package.name, "by sponsors")

    stage.news("lee", before, "Who still needs “Review of a group”?", address)


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


@pytest.mark.parametrize(
    ("asked", "reviewer"),
    [
        ("person", {"@odata.type": "#microsoft.graph.singleUser", "userId": PEOPLE["lee"][0]}),
        ("group", {"@odata.type": "#microsoft.graph.groupMembers", "groupId": DESIGN}),
        ("sponsors", {"@odata.type": "#microsoft.graph.targetUserSponsors"}),
    ],
)
def test_a_policys_own_reviews_are_shown_to_each_person_behind_their_reviewers(
    stage: Stage, asked: str, reviewer: dict[str, str]
) -> None:
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
        "primaryReviewers": [reviewer],
        "fallbackReviewers": [],
    }
    before = set(stage.cards("lee"))
    package = held(stage, f"Review eight {asked}", 1)
    (guest,) = package.guests.values()
    ref = {"@odata.id": f"https://graph.microsoft.com/v1.0/users/{PEOPLE['lee'][0]}"}
    stage.graph("POST", f"/users/{guest}/sponsors/$ref", ref)
    policy = stage.graph(
        "GET", f"/identityGovernance/entitlementManagement/assignmentPolicies/{package.policy}?$expand=accessPackage"
    )
    body = {name: value for name, value in policy.items() if not name.startswith("@") and "DateTime" not in name}
    stage.graph(
        "PUT",
        f"/identityGovernance/entitlementManagement/assignmentPolicies/{package.policy}",
        {**body, "reviewSettings": reviews},
    )

    card = stage.news("lee", before, f"Who still needs “{package.name}”?", seconds=30)

    assert next(iter(package.guests)) in stage.words("lee", card)
    stage.ask("alex", "reviews", package.name, "Under way")


def test_every_quarter_is_the_packages_own_setting(stage: Stage) -> None:
    package = held(stage, "Review nine", 1)

    card = stage.ask(
        "alex",
        f'review "{package.name}" every quarter by adele@contoso.com',
        "Review nine",
        "Every three months, by Adele Vance",
    )

    assert "Yes, change it" in stage.titles("alex", card)
