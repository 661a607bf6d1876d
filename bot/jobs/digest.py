"""Tell whoever answers for guests, on one card, whose access ends soon: as often as they chose."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from bot.domain import digests, expiring
from bot.domain.access import Assignment, AssignmentState
from bot.domain.delivery import Contact, Delivery, Rung
from bot.domain.digests import Noticed, Reader, Rhythm
from bot.domain.notices import Ending
from bot.domain.outcomes import Digest
from bot.domain.people import Person
from bot.domain.roles import Act, refusal
from bot.domain.spoken import read_language
from bot.domain.zones import is_known, zone_of
from bot.jobs import notice, rungs
from bot.jobs.climb import Message, climb, last
from bot.ports import Deps

NAME = "digest"
AHEAD_DAYS = 30
"""How far ahead a digest of the whole tenant looks."""

_LOOKED_AT = 40
"""Of a digest of everything so many lines are looked at anew: more than a card shows, and a few round trips."""

_OFF = "off"
_FAR = 10_000
_SETTLED_IN = timedelta(days=3)
"""A guest who has not accepted the invitation within this time is one to be told of."""
_MOST_WAITING = 20


async def begin_due(deps: Deps) -> None:
    """Every digest whose time has come is on its way, each by a job of its own."""
    for reader in await deps.digests.readers():
        await _begin(reader, deps)


async def _begin(reader: Reader, deps: Deps) -> None:
    if reader.choice.rhythm is Rhythm.OFF:
        # What nobody wants to hear is not kept for the day on which they want to hear something again.
        await deps.digests.gather(reader.person_id, _OFF)
        await deps.digests.sent(reader.person_id, _OFF)
        return
    contact = await deps.ledger.contact(reader.person_id)
    name = contact.time_zone if contact else ""
    slot = digests.due(
        reader.choice,
        reader.sent,
        _FAR if reader.nearest is None else reader.nearest,
        deps.clock.now(),
        zone_of(name),
        zone_known=is_known(name),
    )
    if slot:
        await deps.jobs.start(NAME, f"{reader.person_id}:{slot}", {"person": reader.person_id, "slot": slot})


async def digest(payload: dict[str, Any], deps: Deps) -> None:
    """The job: this person has the digest of this slot, once, or there was nothing to tell.

    Raises Transient to be run again: what stands in it stays the same, and what reached them is not sent again.
    """
    person_id, slot = str(payload["person"]), str(payload["slot"])
    lines = await deps.digests.gather(person_id, slot)
    person = await deps.directory.person(person_id)
    if person is not None and person.enabled and not person.is_deleted:
        contact = await deps.ledger.contact(person_id)
        shown = await _shown(person, lines, contact, deps)
        if shown is not None:
            await _deliver(person, slot, shown, contact, deps)
    await deps.digests.sent(person_id, slot)


async def _shown(person: Person, lines: tuple[Noticed, ...], contact: Contact | None, deps: Deps) -> Digest | None:
    """What the digest says; None when there is nothing to tell."""
    now = deps.clock.now()
    zone = contact.time_zone if contact else "UTC"
    everything = (await deps.digests.choice(person.id)).everything and await _sees_all(person.id, deps)
    if everything:
        fresh = {one.ending.assignment_id for one in lines if one.fresh}
        ends = await deps.notices.ends_between(now, now + timedelta(days=AHEAD_DAYS))
        found = tuple(Noticed(one, 0, one.assignment_id in fresh) for one in ends)
        lines = (*await _standing(found[:_LOOKED_AT], "", deps), *found[_LOOKED_AT:])
    else:
        lines = await _standing(lines, person.id, deps)
        lines = lines if any(one.fresh for one in lines) else ()
    if not lines:
        return None
    sponsored, waiting = (0, ()) if everything else await _guests(person.id, deps)
    return Digest(
        lines=lines,
        now=now,
        organisation=(await deps.directory.tenant()).name,
        sponsored=sponsored,
        waiting=waiting,
        weeks=expiring.weeks(map(_access, (one.ending for one in lines)), now, AHEAD_DAYS, zone_of(zone)),
        everything=everything,
        name=person.name,
        language=(read_language(contact.locale) if contact else "") or "en",
        time_zone=zone,
    )


async def _sees_all(person_id: str, deps: Deps) -> bool:
    """Roles are looked at anew each time: who lost theirs gets the digest of their own guests only."""
    _, roles = await deps.directory.roles(person_id)
    return refusal(Act.READ, roles, catalog_id="") is None


async def _standing(lines: tuple[Noticed, ...], reader_id: str, deps: Deps) -> tuple[Noticed, ...]:
    """Those whose access still is what it was when it was noted, and for whom the reader, if one is named, answers."""
    now = deps.clock.now()
    lines = tuple(one for one in lines if one.fresh or one.ending.ends_at > now)
    guests = sorted({one.ending.person_id for one in lines})
    access, sponsors = await asyncio.gather(
        deps.directory.access_of(guests), deps.sponsors.of(guests if reader_id else ())
    )
    kept: list[Noticed] = []
    for one in lines:
        person, held, asked = access.get(one.ending.person_id, (None, (), ()))
        stands = notice.standing(one.ending, held, asked, now) is notice.Standing.STANDS
        if person is None or person.is_deleted or not stands:
            continue
        if not reader_id or reader_id in await notice.answering(
            one.ending, sponsors.get(one.ending.person_id, ()), deps
        ):
            kept.append(one)
    return tuple(kept)


def _access(ending: Ending) -> Assignment:
    return Assignment(
        ending.assignment_id,
        AssignmentState.DELIVERED,
        ending.package_id,
        ending.package_name,
        ending.person_id,
        ends_at=ending.ends_at,
    )


async def _guests(person_id: str, deps: Deps) -> tuple[int, tuple[str, ...]]:
    """How many guests this person answers for, and names of those who never accepted the invitation."""
    guests = await deps.sponsors.guests_of(person_id)
    since = deps.clock.now() - _SETTLED_IN
    waiting = (one for one in guests if not one.has_redeemed and (one.created_at is None or one.created_at < since))
    return len(guests), tuple(one.name or one.address for one in waiting)[:_MOST_WAITING]


async def _deliver(person: Person, slot: str, shown: Digest, contact: Contact | None, deps: Deps) -> None:
    """As a card in the 1:1 chat; by mail where no card gets through, but not beside a card that may have got through."""
    message = Message(f"digest:{person.id}", person.address or person.upn, f"digest of {slot}".replace("-", "/"))

    async def post() -> str:
        chat = contact.conversation if contact and contact.conversation else await deps.messenger.open_chat(person.id)
        await deps.messenger.show(chat, shown)
        return ""

    if await climb(message, Rung.CARD, post, deps):
        return
    tried = await last(message, Rung.CARD, deps)
    if tried is None or tried.state is not Delivery.UNKNOWN:
        await rungs.by_mail(message, lambda: deps.letters.digest(shown), deps)
