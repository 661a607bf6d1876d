"""What Entra tells of access reviews: who is reviewed, how it stands, and what was decided about each.

https://learn.microsoft.com/graph/api/resources/accessreviewsv2-overview
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Decision(StrEnum):
    """`decision` of an accessReviewInstanceDecisionItem."""

    KEEP = "Approve"
    REMOVE = "Deny"
    DONT_KNOW = "DontKnow"
    OPEN = "NotReviewed"


class Advice(StrEnum):
    """`recommendation`: what Entra makes of the last sign-in."""

    KEEP = "Approve"
    REMOVE = "Deny"
    NONE = "NoInfoAvailable"


class Standing(StrEnum):
    """How one round of a review stands: Entra's many words for it in five."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"
    APPLYING = "applying"
    APPLIED = "applied"


_STANDINGS = {
    "inprogress": Standing.OPEN,
    "completing": Standing.CLOSED,
    "completed": Standing.CLOSED,
    "autoreviewing": Standing.CLOSED,
    "autoreviewed": Standing.CLOSED,
    "applying": Standing.APPLYING,
    "applied": Standing.APPLIED,
}


def standing(status: str) -> Standing:
    """What a `status` means; one nobody knows yet is read as still to come, so that nothing is applied for it."""
    return _STANDINGS.get(status.casefold(), Standing.COMING)


class Unanswered(StrEnum):
    """What becomes of people nobody decided about, once decisions are applied."""

    KEEP = "keep"
    REMOVE = "remove"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who is asked; the id is an object id."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class RoundRef:
    """Where one round of a review is found."""

    series_id: str
    id: str


@dataclass(frozen=True, slots=True)
class Round:
    """One time a review comes round (an accessReviewInstance). Times are UTC."""

    ref: RoundRef
    standing: Standing
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A review definition over the assignments through one policy. `note` is its description for administrators."""

    id: str
    name: str
    package_id: str
    policy_id: str
    note: str = ""
    by_name: str = ""
    recurs: bool = False
    reason_required: bool = False
    applies_itself: bool = False
    unanswered: Unanswered = Unanswered.KEEP


@dataclass(frozen=True, slots=True)
class NewSeries:
    """A review to be made. `reviewers` are object ids; `by_manager` asks each person's manager instead.

    `fallback` are asked where that comes to nobody.
    """

    name: str
    note: str
    text: str
    package_id: str
    policy_id: str
    catalog_id: str
    days: int
    starts_at: datetime
    reviewers: tuple[str, ...] = ()
    by_manager: bool = False
    fallback: tuple[str, ...] = ()
    unanswered: Unanswered = Unanswered.KEEP
    reason_required: bool = False


def stamp(decision: Decision, reason: str) -> str:
    """Short and the same for the same decision with the same reason."""
    return hashlib.sha256(f"{decision}|{reason.strip()}".encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Item:
    """One person's access under review. `by_id` "" while nobody decided, or when Entra did by itself."""

    id: str
    ref: RoundRef
    person_id: str
    person_name: str
    decision: Decision = Decision.OPEN
    advice: Advice = Advice.NONE
    reason: str = ""
    by_id: str = ""
    by_name: str = ""
    at: datetime | None = None
    applied: str = ""

    @property
    def is_open(self) -> bool:
        """Nobody has decided yet; "don't know" is an answer."""
        return self.decision is Decision.OPEN

    @property
    def stamp(self) -> str:
        """Of what was decided, and why: a card that was filled in tells by it what its reviewer left alone."""
        return stamp(self.decision, self.reason)

    def loses(self, unanswered: Unanswered) -> bool:
        """Whether this person's access ends when the decisions are applied as they stand."""
        if self.decision is Decision.REMOVE:
            return True
        if self.decision is not Decision.OPEN:
            return False
        advised = unanswered is Unanswered.ADVICE and self.advice is Advice.REMOVE
        return unanswered is Unanswered.REMOVE or advised


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer decides about one item."""

    item_id: str
    ref: RoundRef
    decision: Decision
    reason: str = ""


def tally(items: Iterable[Item]) -> dict[Decision, int]:
    """How many of each decision, the open ones included."""
    counted = Counter(one.decision for one in items)
    return {one: counted[one] for one in Decision}
