"""Sentences as people type them when they do not know the grammar: each gets an answer that says what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.keeping import fresh_name, made, policies
from tests.journeys.stage import PEOPLE, Stage, soon, until
from tests.journeys.wizarding import STEPS, Wizard

FILE = "name: Fenced\nname: b"


@pytest.mark.parametrize(
    ("clauses", "said"),
    [
        ("for:guests days:3", "Entra has no setting for guests only"),
        ("for:fabrikam.com days:3", "say org:fabrikam.com"),
        ("org:fabrikam.com days:3", "No organization is connected yet. Type org add fabrikam.com"),
        ("for:members dayz:3", "I read “dayz” as “days”"),
        ("for:members until:yesterday", "Give a date like"),
    ],
)
def test_what_was_meant_otherwise_is_told_with_what_to_say(stage: Stage, clauses: str, said: str) -> None:
    stage.ask("alex", f'package new "{fresh_name()}" app:App4Guest {clauses}', said)


def test_me_approves_and_tomorrow_is_a_date(stage: Stage) -> None:
    day = (stage.now() + timedelta(days=1)).date()

    wizard = Wizard.said(
        stage,
        f'"{fresh_name()}" role:"Default Access" app:App4Guest for:members approver:me until:tomorrow',
        STEPS["review"],
    )

    assert "Alex Wilber" in wizard.words()
    assert f"{day.day} {day:%B %Y}" in wizard.words() or f"{day:%d %b %Y}".lstrip("0") in wizard.words()


def test_me_is_who_edits(stage: Stage) -> None:
    package = made(stage)
    card = stage.ask("alex", f'package edit "{package["displayName"]}" approver:me', "Alex Wilber")

    stage.press("alex", "Yes, change it", card=card)
    until(lambda: "✔ Changed" in stage.words("alex", card), what="it is written")

    approvers = policies(stage, package)[0]["requestApprovalSettings"]["stages"][0]["primaryApprovers"]
    assert [one["userId"] for one in approvers] == [PEOPLE["alex"][0]]


def test_an_invite_until_next_friday_ends_on_that_day_and_the_sponsor_is_me(stage: Stage) -> None:
    address = stage.fresh("friday")
    now = stage.now()
    friday = (now + timedelta(days=11 - now.weekday())).date()

    stage.say("alex", f'invite {address} to "Invited users package" until next friday sponsor:me')

    card = stage.shown("alex", address, "Copy link")
    assert str(friday.day) in stage.words("alex", card)


def test_a_link_in_a_name_is_kept_and_shown_as_it_was_typed(stage: Stage) -> None:
    name = f"[{fresh_name()}](http://evil.example)"

    wizard = Wizard.said(
        stage, f'"{name}" description:"See [x](http://e)" app:App4Guest for:members days:3', STEPS["review"]
    )

    assert name in wizard.words()
    assert "See [x](http://e)" in wizard.words()
    assert "](http" not in "".join(_blocks(stage.card("alex", wizard.card)))


def _blocks(part: Any) -> Iterator[str]:
    """The texts of a card that clients read as markdown, without what is escaped in them."""
    if isinstance(part, dict):
        if part.get("type") in ("TextBlock", "TextRun", "Fact"):
            yield re.sub(r"\\.", "", str(part.get("text") or part.get("value") or ""))
        for one in part.values():
            yield from _blocks(one)
    elif isinstance(part, list):
        for one in part:
            yield from _blocks(one)


@pytest.mark.parametrize(
    "typed",
    [
        f"package diff\n```yaml\n{FILE}\n```",
        f"package diff ```\n{FILE}\n```",
        f"package diff\n\nthis one:\n```yaml\n{FILE}\n```\nthanks",
        f"```\npackage diff\n{FILE}\n```",
    ],
)
def test_a_file_in_fences_is_read_with_its_lines_counted_from_the_fence(stage: Stage, typed: str) -> None:
    stage.ask("alex", typed, "Line 2, column 1", "a second time")


def test_cancel_offers_to_drop_what_is_open(stage: Stage) -> None:
    name = fresh_name()
    wizard = Wizard.said(stage, f'"{name}" app:App4Guest for:members days:3', STEPS["review"])
    known = set(stage.cards("alex"))
    stage.execute("alex", {"verb": "invite", "v": 1}, card="")  # answered when the form listens
    form = stage.news("alex", known, "Invite")
    stage.say("alex", "cancel")
    until(lambda: "Cancelled" in stage.words("alex", form), what="the form is gone")

    def asked() -> str:
        """The form is gone from the screen a moment before the bot forgets it; nobody types that fast."""
        before = set(stage.cards("alex"))
        stage.say("alex", "cancel")
        soon(lambda: set(stage.cards("alex")) - before)
        return next(
            (one for one in set(stage.cards("alex")) - before if "Drop the draft?" in stage.words("alex", one)), ""
        )

    card = until(asked, what="it is asked about the draft")
    assert name in stage.words("alex", card)
    stage.press("alex", f"Drop “{name}”", card=card)
    until(lambda: "Cancelled" in stage.words("alex", card), what="the draft is dropped")

    wizard.press("Back")
    wizard.shows("This draft was cancelled")
