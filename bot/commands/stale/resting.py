"""Who was let in again a short while ago, here or elsewhere, and is left alone for a while."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.commands.command import Ask
from bot.domain.guest_runs import GuestRun, Item, ItemState, RunKind, run_id
from bot.domain.people import Person
from bot.ports import Deps

LONGEST = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Again:
    """`resting`: ids of those let in again within the time of grace. `blocked`: id -> when Usher blocked them last.

    Whoever was blocked and can sign in although Usher let nobody in again was let in elsewhere.
    """

    resting: frozenset[str]
    blocked: dict[str, datetime]


async def read(ask: Ask) -> Again:
    """From what Usher remembers of its own acts."""
    now = ask.now
    runs = await ask.deps.guest_runs.recent((RunKind.BLOCK, RunKind.UNBLOCK, RunKind.RESTORE), since=now - LONGEST)
    opened = _latest(one for one in runs if one.kind is not RunKind.BLOCK)
    blocked = _latest(one for one in runs if one.kind is RunKind.BLOCK)
    grace = now - timedelta(days=ask.deps.stale_rules.grace_days)
    return Again(
        frozenset(guest for guest, at in opened.items() if at > grace),
        {guest: at for guest, at in blocked.items() if at > opened.get(guest, at - LONGEST)},
    )


def _latest(runs: Iterable[GuestRun]) -> dict[str, datetime]:
    """Guest -> when it was last done to them and not taken back."""
    found: dict[str, datetime] = {}
    for run in runs:
        for item in run.items:
            if item.state is ItemState.DONE and item.at:
                found[item.guest_id] = max(item.at, found.get(item.guest_id, item.at))
    return found


async def note(person: Person, kind: RunKind, deps: Deps, *, by_id: str, by_name: str, key: str) -> None:
    """This guest was let in again now: from here on the time of grace counts. Saying so twice changes nothing."""
    now = deps.clock.now()
    item = Item(person.id, person.name, person.address, ItemState.DONE, at=now)
    run = GuestRun(run_id(key, kind, (person.id,), "noted"), kind, by_id, by_name, now, (item,), key, settled_at=now)
    await deps.guest_runs.claim(run)


async def elsewhere(people: Iterable[Person], again: Again, deps: Deps) -> None:
    """Those whom Usher had blocked were let in again in the portal; the time of grace counts from now, when it is seen."""
    for person in people:
        key = f"{person.id}-{again.blocked[person.id].isoformat()}"
        await note(person, RunKind.UNBLOCK, deps, by_id="", by_name="somebody elsewhere", key=key)
