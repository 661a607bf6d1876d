"""A campaign: one review of one access package as Usher follows it, from the wish to access that is gone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.reviews.facts import Item, Reviewer, Round, RoundRef, Series, Standing, Unanswered

_NAMESPACE = uuid.UUID("0bd6f0ec-3a39-5f4f-9d0c-4d1f6a4f5a6e")
_MARK = "Started with Usher, review "
HALF_TIME, LAST_DAY = "half", "day"

APPLYING = timedelta(hours=1)
"""How long Entra may take to show that it applies a review."""

GONE = timedelta(minutes=10)
"""A review that Entra does not show for so long was deleted."""


class Kind(StrEnum):
    """Who is asked. Values are stored: never rename one. `ENTRA`: whoever a review that Usher did not start asks."""

    PEOPLE = "people"
    SPONSORS = "sponsors"
    MANAGERS = "managers"
    ENTRA = "entra"


class CampaignState(StrEnum):
    """How a campaign stands. Values are stored: never rename one."""

    BEGUN = "begun"
    OPEN = "open"
    CLOSED = "closed"
    APPLYING = "applying"
    APPLIED = "applied"
    FAILED = "failed"


_OF = {
    Standing.COMING: CampaignState.BEGUN,
    Standing.OPEN: CampaignState.OPEN,
    Standing.CLOSED: CampaignState.CLOSED,
    Standing.APPLYING: CampaignState.APPLYING,
    Standing.APPLIED: CampaignState.APPLIED,
}


@dataclass(frozen=True, slots=True)
class Gap:
    """People who hold the package through this policy are not reviewed, and `why`. `policy` is its name."""

    policy_id: str
    policy: str
    why: str

    @property
    def told(self) -> str:
        """The gap in words."""
        name = f"Policy “{self.policy}”" if self.policy else "A policy"
        return f"{name} has no review: {self.why}"


@dataclass(frozen=True, slots=True)
class Campaign:
    """`asks`: who is asked about whom, (person id, reviewer ids); empty where only Entra knows.

    `people` are the reviewers by name. `policies` are the assignment policies under review, `series` (policy id, series
    id) and `rounds` what Entra made of them, `gaps` those it made nothing of. `told`: which reminders went out. `applying_at`: when Entra was asked to apply it. `cards`: reviewers who were given a card; `unreached`: names of those who
    could not be. `missing_since`: since when Entra does not show all of its rounds. `recurs`: it comes round by itself; `applies_itself`: Entra applies what was decided.
    """

    id: str
    package_id: str
    package_name: str
    catalog_id: str
    begun_at: datetime
    by_id: str = ""
    by_name: str = ""
    key: str = ""
    kind: Kind = Kind.PEOPLE
    people: tuple[Reviewer, ...] = ()
    asks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    policies: tuple[str, ...] = ()
    days: int = 7
    unanswered: Unanswered = Unanswered.KEEP
    reason_required: bool = False
    recurs: bool = False
    applies_itself: bool = False
    series: tuple[tuple[str, str], ...] = ()
    rounds: tuple[RoundRef, ...] = ()
    gaps: tuple[Gap, ...] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    state: CampaignState = CampaignState.BEGUN
    reason: str = ""
    told: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()
    applied_by: str = ""
    applying_at: datetime | None = None
    stopped_by: str = ""
    removed: int = 0
    next_look_at: datetime | None = None
    settled_at: datetime | None = None
    missing_since: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Nothing more is expected of it."""
        return self.state in (CampaignState.APPLIED, CampaignState.FAILED)

    @property
    def slot(self) -> str:
        """What only one campaign may have at a time: a package, as long as its review, started here, is not over."""
        if self.kind is Kind.ENTRA or self.is_over:
            return self.id
        return self.package_id

    @property
    def mark(self) -> str:
        """What stands in Entra's description of the reviews that belong to this campaign."""
        return f"{_MARK}{self.id}"

    def reviewers_of(self, person_id: str) -> frozenset[str] | None:
        """Who is asked about this person; None where only Entra knows."""
        asked = dict(self.asks)
        if person_id not in asked and self._asks_all_of_newcomers:
            return None
        return frozenset(asked.get(person_id, ()))

    @property
    def _asks_all_of_newcomers(self) -> bool:
        """Whether every reviewer is asked about people who got the access after it was worked out who is asked.

        Entra asks each reviewer about everybody, but a manager about their own people only.
        """
        return not self.asks or self.kind is not Kind.MANAGERS

    def may_decide(self, reviewer_id: str, item: Item) -> bool:
        """Nobody decides about themselves, nor about people they are not asked about. Entra has the last word."""
        if item.person_id == reviewer_id:
            return False
        asked = self.reviewers_of(item.person_id)
        return asked is None or reviewer_id in asked

    def items_for(self, reviewer_id: str, items: Iterable[Item]) -> tuple[Item, ...]:
        """What this reviewer is asked about, by name."""
        asked, newcomers = dict(self.asks), self._asks_all_of_newcomers
        others = (one for one in items if one.person_id != reviewer_id)
        mine = (
            one
            for one in others
            if reviewer_id in asked.get(one.person_id, ()) or (newcomers and one.person_id not in asked)
        )
        return tuple(sorted(mine, key=lambda one: (one.person_name.casefold(), one.id)))

    def seen(self, rounds: Sequence[Round], now: datetime) -> Campaign:
        """The campaign as its rounds stand in Entra; the one that is furthest behind decides. One over stays so."""
        if self.is_over or not rounds:
            return self
        order = list(Standing)
        behind = min(rounds, key=lambda one: order.index(one.standing))
        ends = [one.ends_at for one in rounds if one.ends_at]
        starts = [one.starts_at for one in rounds if one.starts_at]
        state = _OF[behind.standing]
        if state is CampaignState.CLOSED and self._is_being_applied(now):
            state = CampaignState.APPLYING
        over = state is CampaignState.APPLIED
        return replace(
            self,
            state=state,
            starts_at=min(starts, default=self.starts_at),
            ends_at=max(ends, default=self.ends_at),
            settled_at=now if over else None,
            reason=self.reason if state is CampaignState.BEGUN else "",
            missing_since=None,
        )

    def missing(self, now: datetime, left: Sequence[RoundRef] = ()) -> Campaign:
        """The campaign when Entra showed only what is `left` of its rounds; it can be a passing fault.

        Once that has lasted the others were deleted, and with nothing left the review is over.
        """
        if self.is_over:
            return self
        since = self.missing_since or now
        if now - since < GONE:
            return replace(self, missing_since=since)
        if left:
            return replace(self, rounds=tuple(left), missing_since=None)
        return self.failed("This review was deleted in Entra.", now)

    def _is_being_applied(self, now: datetime) -> bool:
        """Entra was asked to apply it, and may not show that yet."""
        if self.state is not CampaignState.APPLYING or self.applying_at is None:
            return False
        return now - self.applying_at < APPLYING

    def reminder(self, now: datetime) -> str:
        """The reminder that is due now and did not go out, "" for none. Of two that are due the later one."""
        if self.state is not CampaignState.OPEN or self.starts_at is None or self.ends_at is None:
            return ""
        length = self.ends_at - self.starts_at
        marks = [(HALF_TIME, self.starts_at + length / 2)]
        if length > timedelta(days=2):
            marks.append((LAST_DAY, self.ends_at - timedelta(days=1)))
        due = [name for name, at in marks if at <= now < self.ends_at]
        return due[-1] if due and due[-1] not in self.told else ""

    def failed(self, reason: str, now: datetime) -> Campaign:
        """It could not be made; one that is over stays as it is."""
        if self.is_over:
            return self
        return replace(self, state=CampaignState.FAILED, reason=reason, settled_at=now)


def campaign_id(package_id: str, stamp: str) -> str:
    """The one id of a review of this package that was looked at under this stamp, however often Yes is pressed."""
    return str(uuid.uuid5(_NAMESPACE, f"{package_id}|{stamp}"))


def round_id(ref: RoundRef) -> str:
    """The id under which a round that Usher did not start is followed."""
    return str(uuid.uuid5(_NAMESPACE, f"{ref.series_id}|{ref.id}"))


def is_ours(series: Series) -> bool:
    """Whether Usher made this review."""
    return series.note.startswith(_MARK)


def asked(
    kind: Kind, people: Sequence[Reviewer], reviewed: Iterable[str], known: Mapping[str, Sequence[str]], starter: str
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Who is asked about whom. `known`: person id -> sponsors or manager; whoever starts it stands in for nobody.

    Nobody is asked about themselves: where that leaves nobody, and the starter is not the person, the starter is.
    """
    named = [one.id for one in people]
    found: list[tuple[str, tuple[str, ...]]] = []
    for person in dict.fromkeys(reviewed):
        own = named if kind is Kind.PEOPLE else known.get(person, ())
        others = tuple(dict.fromkeys(one for one in own if one and one != person))
        found.append((person, others or ((starter,) if starter != person else ())))
    return tuple(found)
