"""Work out a review before it begins: whose access, who is asked about whom, until when, and what is wrong with it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.commands import colleague
from bot.commands.command import Ask
from bot.commands.sponsoring import answering
from bot.domain.access import Assignment
from bot.domain.outcomes import Press, Said
from bot.domain.packages import AccessPackage
from bot.domain.people import Person
from bot.domain.reviews.campaigns import Kind, asked
from bot.domain.reviews.facts import Reviewer, Unanswered
from bot.domain.reviews.wishes import MOST_DAYS, USUAL_DAYS, ReviewWish

_EXAMPLE = "adele@contoso.com"


@dataclass(frozen=True, slots=True)
class Plan:
    """A review that could begin. `policies`: those through which people hold the package.

    `problems`: field of the form -> what is wrong. `digest` changes with whatever the preview shows.
    """

    package: AccessPackage
    kind: Kind
    people: tuple[Reviewer, ...]
    asks: tuple[tuple[str, tuple[str, ...]], ...]
    policies: tuple[str, ...]
    days: int
    ends_at: datetime
    unanswered: Unanswered
    reason_required: bool
    problems: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Of who is reviewed by whom and on which terms."""
        facts = (self.asks, self.policies, self.days, self.unanswered, self.reason_required, self.kind)
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]

    @property
    def load(self) -> Counter[str]:
        """Reviewer id -> how many people they are asked about."""
        return Counter(one for _, reviewers in self.asks for one in reviewers)


async def plan(wish: ReviewWish, package: AccessPackage, ask: Ask) -> Plan | Said:
    """What would begin, with its problems; or why there is nothing to review."""
    held = await ask.deps.endings.delivered(package_id=package.id)
    if not held:
        text = f"Nobody holds “{package.name}” just now, so there is nothing to review."
        press = Press("Show package", "package", {"package": package.id})
        return Said("Nobody to review", text, presses=(press,))
    problems: dict[str, str] = {}
    days = _days(wish, problems)
    named = await _named(wish, problems, ask)
    kind = wish.kind or Kind.PEOPLE
    reviewed = [one.person_id for one in held if one.person_id]
    known = await _known(kind, reviewed, ask)
    asks = asked(kind, [Reviewer(one.id) for one in named], reviewed, known, ask.person.id)
    people = await _people(asks, named, ask)
    return Plan(
        package=package,
        kind=kind,
        people=people,
        asks=asks,
        policies=tuple(dict.fromkeys(one.policy_id for one in held if one.policy_id)),
        days=days,
        ends_at=ask.now + timedelta(days=days),
        unanswered=wish.unanswered or Unanswered.KEEP,
        reason_required=wish.reason,
        problems=problems,
        notes=_notes(kind, asks, known, named, held, ask),
    )


def _days(wish: ReviewWish, problems: dict[str, str]) -> int:
    if not wish.days:
        return USUAL_DAYS
    if wish.days.isascii() and wish.days.isdigit() and len(wish.days) < 5 and 1 <= int(wish.days) <= MOST_DAYS:
        return int(wish.days)
    problems["days"] = f"Give a number of days from 1 to {MOST_DAYS}."
    return USUAL_DAYS


async def _named(wish: ReviewWish, problems: dict[str, str], ask: Ask) -> list[Person]:
    """The reviewers by name, each a member who can sign in."""
    if wish.kind is not Kind.PEOPLE:
        return []
    found: list[Person] = []
    for typed in wish.people:
        press = Press(typed, "review", {"package": wish.package})
        one = await colleague.find(typed, ask, example=_EXAMPLE, press=press)
        refused = colleague.unfit(one, task="Reviewing") if isinstance(one, Person) else one
        if refused is not None:
            problems["people"] = " ".join(filter(None, (refused.title.rstrip(".") + ".", *refused.points[:3])))
        elif isinstance(one, Person) and one.id not in [each.id for each in found]:
            found.append(one)
    if not found and "people" not in problems:
        problems["people"] = f"Name at least one reviewer by e-mail address, for example {_EXAMPLE}."
    return found


async def _known(kind: Kind, reviewed: Sequence[str], ask: Ask) -> dict[str, list[str]]:
    """Person -> sponsors, members standing for a group, or manager."""
    if kind is Kind.SPONSORS:
        found = await answering.sponsors(reviewed, ask.deps)
        return {key: [one.id for one in people] for key, people in found.items()}
    if kind is Kind.MANAGERS:
        managers = await ask.deps.sponsors.managers_of(reviewed)
        return {key: [manager] for key, (_, manager) in managers.items() if manager}
    return {}


async def _people(
    asks: Sequence[tuple[str, tuple[str, ...]]], named: Sequence[Person], ask: Ask
) -> tuple[Reviewer, ...]:
    """Everybody who is asked, with their name."""
    ids = list(dict.fromkeys(one for _, reviewers in asks for one in reviewers))
    names = {one.id: one.name for one in (*named, ask.person)}
    others = [one for one in ids if one not in names]
    if others:
        names |= {key: person.name for key, (person, _) in (await ask.deps.sponsors.managers_of(others)).items()}
    return tuple(Reviewer(one, names.get(one, "")) for one in ids)


def _notes(
    kind: Kind,
    asks: Sequence[tuple[str, tuple[str, ...]]],
    known: dict[str, list[str]],
    named: Sequence[Person],
    held: Sequence[Assignment],
    ask: Ask,
) -> tuple[str, ...]:
    """What whoever starts it would not expect."""
    notes = []
    who = "sponsor" if kind is Kind.SPONSORS else "manager"
    without = sum(not known.get(person) for person, _ in asks) if kind is not Kind.PEOPLE else 0
    if without:
        notes.append(f"{_people_count(without)} without a {who}: you are asked about them.")
    names = {one.person_id: one.person_name for one in held}
    own = [names.get(one.id) or one.name for one in named if one.id in names]
    if own:
        notes.append(f"Nobody reviews themselves: {', '.join(own)} are left to the other reviewers, or to you.")
    alone = [person for person, reviewers in asks if not reviewers]
    if ask.person.id in alone:
        notes.append("You hold this package yourself and nobody else is asked: your own access is not decided.")
    if kind is Kind.SPONSORS and len({one for _, reviewers in asks for one in reviewers}) > 1:
        notes.append("Here each sponsor sees their own guests; in My Access each of them sees all.")
    return tuple(notes)


def _people_count(count: int) -> str:
    return "1 person is" if count == 1 else f"{count} people are"
