"""Judge all guests, page by page, and say of the forgotten ones what gives pause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.commands.command import Ask
from bot.commands.stale import resting
from bot.domain import dormancy
from bot.domain.access import Assignment
from bot.domain.dormancy import STALE, Dormancy, Forgotten, Sleeper
from bot.errors import NotLicensed

LOOKED = 60
"""Of so many, the longest forgotten, is looked up what gives pause: more fit on no card."""
PROTECTED = {True: "holds a directory role", None: "roles could not be checked"}
"""Why somebody is neither blocked nor deleted here, by what is known of their roles."""
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a look at all guests showed."""

    forgotten: tuple[Forgotten, ...]
    counts: Mapping[Dormancy, int]
    total: int
    blind: str


async def look(days: int, ask: Ask) -> Facts:
    """Every guest of the tenant counts; memory holds only the forgotten."""
    blind = await ask.deps.sign_ins.unreadable()
    again = await resting.read(ask)
    stale: list[tuple[Sleeper, Dormancy]] = []
    counts = dict.fromkeys(Dormancy, 0)
    async for page in ask.deps.sign_ins.sleepers(with_sign_ins=not blind):
        opened = [one.guest for one in page if one.guest.enabled and one.guest.id in again.blocked]
        await resting.elsewhere(opened, again, ask.deps)
        rest = again.resting | {one.id for one in opened}
        for one in page:
            verdict = dormancy.judge(one, days=days, now=ask.now, resting=rest)
            counts[verdict] += 1
            if verdict in STALE:
                stale.append((one, verdict))
    stale.sort(key=lambda pair: (dormancy.since(pair[0]) or _EVER, pair[0].guest.id))
    marks = await marks_of([one.guest.id for one, _ in stale[:LOOKED]], ask)
    listed = (Forgotten(one, verdict, marks[one.guest.id]) for one, verdict in stale[:LOOKED])
    return Facts(tuple(listed), counts, len(stale), blind)


async def waiting(ask: Ask) -> tuple[Forgotten, ...]:
    """Guests whom Usher blocked at least thirty days ago and who still are, the longest blocked first."""
    again = await resting.read(ask)
    due = {guest: at for guest, at in again.blocked.items() if at <= ask.now - dormancy.KEPT_BLOCKED}
    blind = await ask.deps.sign_ins.unreadable()
    found = await ask.deps.sign_ins.of(sorted(due, key=lambda one: due[one]), with_sign_ins=not blind)
    still = [one for one in found.values() if not one.guest.enabled][:LOOKED]
    marks = await marks_of([one.guest.id for one in still], ask)
    return tuple(Forgotten(one, Dormancy.BLOCKED, marks[one.guest.id]) for one in still)


async def marks_of(ids: Sequence[str], ask: Ask) -> dict[str, tuple[str, ...]]:
    """Guest id -> why to think twice before acting on them."""
    if not ids:
        return {}
    roles = await ask.deps.sign_ins.role_holders(ids)
    sponsoring = {key async for page in ask.deps.sponsors.sponsored() for one in page for key in one.ids} & set(ids)
    held = await _held(ids, ask)
    return {
        one: (
            *((PROTECTED[roles.get(one)],) if roles.get(one) is not False else ()),
            *(("answers for other guests",) if one in sponsoring else ()),
            *(f"has “{each.package_name}”" for each in held.get(one, ()) if each.is_live),
        )
        for one in ids
    }


async def _held(ids: Sequence[str], ask: Ask) -> Mapping[str, tuple[Assignment, ...]]:
    """Where there is no licence for access packages, nobody has one."""
    try:
        access = await ask.deps.directory.access_of(ids)
    except NotLicensed:
        return {}
    return {one: found[1] for one, found in access.items()}
