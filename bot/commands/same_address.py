"""Ask which account is meant where several have one address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.outcomes import Press, Said, Tone
from bot.domain.people import Person
from bot.domain.wording import day

MOST_CHOICES = 6


def which(address: str, people: Sequence[Person], press: Press, zone: ZoneInfo) -> Said:
    """A button for each of `people`: `press` with their object id as `person` in its data. Days are shown in `zone`.

    Buttons are short, since Teams cuts them; what tells the accounts apart stands above them.
    """
    offered = people[:MOST_CHOICES]
    names = _names(address, offered)
    presses = (
        replace(press, title=name, data={**press.data, "person": one.id})
        for name, one in zip(names, offered, strict=True)
    )
    points = (f"{name}: {_known_by(one, zone)}" for name, one in zip(names, offered, strict=True))
    text = f"{len(people)} accounts here have the address {address}. Choose which one is meant; nothing was changed."
    return Said("Which account?", text, Tone.WARNING, points=tuple(points), presses=tuple(presses))


def _names(address: str, people: Sequence[Person]) -> list[str]:
    """Numbered where two would be called the same."""
    names = [f"{one.name or address} ({'guest' if one.is_guest else 'member'})" for one in people]
    count = Counter(names)
    return [name if count[name] == 1 else f"{number}. {name}" for number, name in enumerate(names, 1)]


def _known_by(person: Person, zone: ZoneInfo) -> str:
    """The sign-in name, which no two accounts share, and what became of the account."""
    said = [person.upn]
    if person.is_guest and person.created_at:
        said.append(f"invited on {day(person.created_at, zone)}")
    if person.deleted_at:
        said.append(f"deleted on {day(person.deleted_at, zone)}")
    elif not person.enabled:
        said.append("sign-in blocked")
    return ", ".join(one for one in said if one)
