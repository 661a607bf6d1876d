"""The card that lists what waits for somebody's decision: a line for each, with the time left, and a button that opens it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.domain.approvals import ApprovalCase
from bot.domain.outcomes import ApprovalList, Press, Style
from cards import listing
from cards.approval_words import length, title
from cards.elements import CardElement, finished, heading, small, words
from cards.literal import plain
from cards.presses import MOST, buttons
from cards.when import day, relative

_LONGEST_REASON = 200


def card(outcome: ApprovalList) -> dict[str, Any]:
    """The first few have a button each; the others are typed or come next."""
    body: list[CardElement] = [
        heading(_title(outcome)),
        *(words(each) for each in _notes(outcome)),
        *listing.fitting(_entries(outcome), total=len(outcome.cases), more="and {count} more"),
        *buttons(_presses(outcome)),
    ]
    return finished(body, text(outcome))


def text(outcome: ApprovalList) -> str:
    """The same in plain text, with what to type."""
    lines = [f"• {title(one)}. {_left(one, outcome)}" for one in outcome.cases]
    more = listing.lines(lines, total=len(outcome.cases), more="and {count} more")
    how = ["Type: approve, or deny, and the address behind it."] if outcome.cases and outcome.can_decide else []
    return "\n".join([_title(outcome), *_notes(outcome), *more, *how])


def _title(outcome: ApprovalList) -> str:
    if outcome.title:
        return plain(outcome.title, 160)
    count = len(outcome.cases)
    if not count:
        return "Nothing waits for your approval"
    return "1 request waits for your approval" if count == 1 else f"{count} requests wait for your approval"


def _notes(outcome: ApprovalList) -> list[str]:
    notes = [plain(outcome.note, 400)]
    if not outcome.cases and not outcome.title:
        notes.append("When somebody asks for an access package that you approve, I write to you here.")
    if outcome.cases and not outcome.can_decide:
        notes.append("Decide them in My Access: signing in to Usher is not set up in this organisation.")
    return [each for each in notes if each]


def _entries(outcome: ApprovalList) -> Iterator[list[CardElement]]:
    for one in outcome.cases:
        reason = plain(one.justification, _LONGEST_REASON)
        yield [
            words(f"⏳ {title(one)}", bold=True, spacing="Medium"),
            small(f"{_left(one, outcome)} Access: {_access(one, outcome)}." + (f" “{reason}”" if reason else "")),
        ]


def _access(case: ApprovalCase, outcome: ApprovalList) -> str:
    said = length(case, outcome.time_zone)
    return said[:1].lower() + said[1:]


def _left(case: ApprovalCase, outcome: ApprovalList) -> str:
    zone = outcome.time_zone
    left = relative(case.deadline, outcome.now, zone)
    return f"Denied automatically {left}, on {day(case.deadline, zone)}."


def _presses(outcome: ApprovalList) -> list[Press]:
    room = MOST - 1 if outcome.link else MOST
    opening = [
        Press(
            f"Decide on “{plain(one.person_name, 60) or plain(one.person_address, 60)}”",
            "approval.show",
            {"request": one.id},
        )
        for one in outcome.cases[:room]
    ]
    access = [Press("Open My Access", url=outcome.link)] if outcome.link else []
    if opening and not outcome.can_decide:
        access = [Press("Open My Access", url=outcome.link, style=Style.PRIMARY)] if outcome.link else []
    return [*opening, *access] if outcome.cases else []
