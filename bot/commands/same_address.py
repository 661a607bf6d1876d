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
    """A button for each of `people`: `press` with their object id as `person` in its data. Days are shown in `zone`."""
    titles = Counter(_title(one, address, zone) for one in people)

    def button(one: Person) -> Press:
        title = _title(one, address, zone)
        told_apart = title if titles[title] == 1 else f"{title}, {one.upn}"
        return replace(press, title=told_apart, data={**press.data, "person": one.id})

    text = f"{len(people)} accounts here have the address {address}. Choose which one is meant; nothing was changed."
    return Said("Which account?", text, Tone.WARNING, presses=tuple(map(button, people[:MOST_CHOICES])))


def _title(person: Person, address: str, zone: ZoneInfo) -> str:
    kind = "guest" if person.is_guest else "member"
    if person.deleted_at:
        state = f", deleted on {day(person.deleted_at, zone)}"
    elif person.is_guest and person.created_at:
        state = f", invited on {day(person.created_at, zone)}"
    else:
        state = ""
    blocked = "" if person.enabled or person.is_deleted else ", sign-in blocked"
    return f"{person.name or address} ({kind}{state}{blocked})"
