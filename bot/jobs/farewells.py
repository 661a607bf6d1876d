"""See to it that people are told before a guest's account goes: watch whose last access ends, and who was blocked."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import Any

from bot.commands.sponsoring import answering
from bot.domain.access import Assignment
from bot.domain.farewells import FOREWARNING
from bot.errors import Forbidden, NotLicensed
from bot.jobs import farewell, farewell_sponsor, fates
from bot.jobs.fates import Standing
from bot.ports import Deps

NAME, BLOCKED = "farewells", "blocked guests"
TICK_SECONDS = 20.0
LEASE = timedelta(minutes=2)
MOST_AT_ONCE = 60
KEPT = timedelta(days=400)


async def visit(page: tuple[Assignment, ...], deps: Deps) -> None:
    """Everybody on this page of the sweep whose access ends soon is looked at, once for each end."""
    last = deps.clock.now() + FOREWARNING
    seen: dict[str, datetime] = {}
    for one in page:
        if one.person_id and one.ends_at and one.ends_at <= last:
            seen[one.person_id] = max(one.ends_at, seen.get(one.person_id, one.ends_at))
    await deps.farewells.watch(seen, deps.clock.now())


async def find_blocked(payload: dict[str, Any], deps: Deps) -> None:
    """Guests who are blocked, however their last access ended, are looked at once a day. Payload: {}."""
    now = deps.clock.now()
    try:
        blocked = await deps.accounts.blocked()
    except Forbidden:
        return
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    await deps.farewells.watch({one.id: midnight for one in blocked}, now)
    await deps.farewells.forget(now - KEPT)


async def is_due(deps: Deps) -> bool:
    """Whether `look` would find somebody to look at."""
    return await deps.farewells.any_due(deps.clock.now())


async def look(payload: dict[str, Any], deps: Deps) -> None:
    """Whoever was due was looked at, and what there is to tell is on its way. Payload: {}.

    A replica that dies here loses nothing: its lease ends, and what was handed on is not handed on again.
    """
    due = await deps.farewells.due(deps.clock.now(), lease=LEASE, limit=MOST_AT_ONCE)
    if not due:
        return
    try:
        standings = await fates.read(due, deps)
    except (Forbidden, NotLicensed):
        return
    await _hand_on([one for one in standings.values() if one.stage], deps)
    for person_id in due:
        one = standings.get(person_id)
        now = deps.clock.now()
        ends_at = one.fate.ends_at if one and one.fate else now
        await deps.farewells.keep(person_id, max(ends_at, now), one.look_at if one else None)


async def _hand_on(told: list[Standing], deps: Deps) -> None:
    """The guests by a job each; whoever answers for several of them, by one."""
    groups: dict[str, list[Standing]] = defaultdict(list)
    sponsors = await answering.sponsors([one.person.id for one in told], deps) if told else {}
    for one in told:
        await farewell.begin(one, deps)
        people = sponsors.get(one.person.id, ())
        for who in await answering.or_inviter(one.person.id, people, deps):
            groups[who].append(one)
    for who, guests in groups.items():
        await farewell_sponsor.begin(who, guests, deps)
