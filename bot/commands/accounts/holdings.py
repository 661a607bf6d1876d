"""What a guest's account still holds, as people are shown it before they block or delete it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.commands.command import Ask
from bot.domain import belongings
from bot.domain.access import Assignment
from bot.domain.belongings import Belongings, Fate, fate
from bot.domain.fate_words import in_words
from bot.domain.people import AccountEnding, Person
from bot.domain.wording import day
from bot.errors import Forbidden, NotLicensed

KEPT_DAYS = 30
"""So long a deleted account can be restored. https://learn.microsoft.com/graph/api/directory-deleteditems-restore"""

_MOST = 8


@dataclass(frozen=True, slots=True)
class Account:
    """One guest's account, read just now. `held` None: the tenant has no licence, or Usher may not see access packages."""

    person: Person
    held: tuple[Assignment, ...] | None
    things: Belongings
    sponsors: tuple[str, ...]
    fate: Fate | None

    @property
    def live(self) -> tuple[Assignment, ...]:
        """The access that has not ended."""
        return tuple(one for one in self.held or () if one.is_live)

    @property
    def seen(self) -> str:
        """Changes when the account holds something else."""
        return belongings.digest(self.held or (), self.things, enabled=self.person.enabled)


async def read(person: Person, ask: Ask) -> Account:
    """Four round trips, side by side."""
    held, things, sponsors, settings = await asyncio.gather(
        _held(person, ask), ask.deps.accounts.belongings(person.id), ask.deps.sponsors.of([person.id]), _ending(ask)
    )
    what = None
    if settings and held is not None:
        ending, after = settings
        what = fate(held, governed=things.governed, ending=ending, after=after, now=ask.now)
    names = tuple(one.name for one in sponsors.get(person.id, ()))
    return Account(person, held, things, names, what)


async def _held(person: Person, ask: Ask) -> tuple[Assignment, ...] | None:
    try:
        return await ask.deps.directory.assignments(person_id=person.id)
    except (Forbidden, NotLicensed):
        return None


async def _ending(ask: Ask) -> tuple[AccountEnding, timedelta] | None:
    try:
        return await ask.deps.catalogs.ending()
    except (Forbidden, NotLicensed):
        return None


def points(account: Account, ask: Ask) -> tuple[str, ...]:
    """Each thing the account holds, in plain words; or that it holds nothing."""
    found = [*_packages(account, ask), *_named("Group or team", account.things.groups)]
    found += [*_named("Application", account.things.applications)]
    return tuple(found) or ("Nothing: no access package, group, team or application.",)


def _packages(account: Account, ask: Ask) -> Iterator[str]:
    if account.held is None:
        yield "Access packages cannot be read here."
    for one in account.live:
        yield f"Access package “{one.package_name}”, " + (
            f"until {day(one.ends_at, ask.zone)}" if one.ends_at else "without an end"
        )


def _named(kind: str, names: Sequence[str] | None) -> Iterator[str]:
    if names is None:
        yield f"{kind}: Usher may not look."
        return
    yield from (f"{kind} “{name}”" for name in names[:_MOST])
    if len(names) > _MOST:
        yield f"and {len(names) - _MOST} more of this kind"


def facts(account: Account, ask: Ask) -> tuple[tuple[str, str], ...]:
    """Who answers for the account, when it was last used, and what becomes of it by itself."""
    return (
        ("Name", account.person.name),
        ("Sign-in", "allowed" if account.person.enabled else "blocked"),
        ("Last sign-in", _last_seen(account.things, ask)),
        ("Sponsors", ", ".join(account.sponsors) or "none"),
        ("Governed by Entra", _GOVERNED[account.things.governed]),
        ("By itself", in_words(account.fate, ask.zone)),
    )


_GOVERNED = {True: "yes", False: "no", None: "not known"}


def _last_seen(things: Belongings, ask: Ask) -> str:
    if not things.seen_known:
        return "Usher may not see sign-ins here"
    return day(things.last_seen, ask.zone) if things.last_seen else "none that Entra knows of"
