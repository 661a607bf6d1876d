"""Tell whoever answers for guests, on one card, whose access ends soon: as often as they chose."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bot.domain import digests, expiring
from bot.domain.access import Assignment, AssignmentState
from bot.domain.delivery import Contact, Rung
from bot.domain.digests import Reader, Rhythm
from bot.domain.notices import Ending
from bot.domain.outcomes import Digest
from bot.domain.people import Person
from bot.domain.spoken import read_language
from bot.domain.zones import is_known, zone_of
from bot.jobs import digest_lines, rungs, waiting_guests
from bot.jobs.climb import Message, climb, may_be_out, may_be_there
from bot.jobs.digest_lines import AHEAD_DAYS, Found
from bot.jobs.job import Again
from bot.jobs.waiting_guests import Waiting
from bot.ports import Deps

NAME = "digest"
_OFF = "off"
_FAR = 10_000
_WAIT_SECONDS = 3.0


async def begin_due(deps: Deps, *, waiting: Collection[str] = ()) -> None:
    """Every digest whose time has come is on its way, each by a job of its own.

    `waiting`: people who are to be told of guests who never accepted, though no access may end.
    """
    for reader in await deps.digests.readers(waiting):
        await _begin(reader, deps, waiting=reader.person_id in waiting)


async def _begin(reader: Reader, deps: Deps, *, waiting: bool) -> None:
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
        await deps.jobs.start(
            NAME, f"{reader.person_id}:{slot}", {"person": reader.person_id, "slot": slot, "waiting": waiting}
        )


async def digest(payload: dict[str, Any], deps: Deps) -> Again | None:
    """The job: this person has the digest of this slot, once, or there was nothing to tell.

    It waits while an end is due that was not seen to: told to them later, it would have to wait for the next slot.
    Raises Transient to be run again: what stands in it stays the same, and what reached them is not sent again.
    """
    if await deps.notices.near(deps.clock.now(), limit=1):
        return Again(_WAIT_SECONDS)
    person_id, slot = str(payload["person"]), str(payload["slot"])
    person = await deps.directory.person(person_id)
    # Of what was claimed since a card of nothing but waiting guests went out, it does not tell.
    begun = person is not None and await may_be_out(_message(person, slot), deps)
    gathered = await deps.digests.gather(person_id, slot, more=not begun)
    hidden: tuple[Ending, ...] = ()
    if person is not None and person.enabled and not person.is_deleted:
        contact = await deps.ledger.contact(person_id)
        found = await digest_lines.found(person_id, gathered, deps)
        hidden = found.hidden
        waiting = await waiting_guests.find(person_id, found, deps, wanted=bool(payload.get("waiting")))
        if found.is_news or waiting.shown.count:
            shown = await _shown(person, found, waiting, contact, deps)
            await _deliver(person, slot, shown, contact, deps)
            await waiting_guests.keep(person_id, waiting, deps)
    await deps.digests.sent(person_id, slot, hidden=hidden)
    return None


async def _shown(person: Person, found: Found, waiting: Waiting, contact: Contact | None, deps: Deps) -> Digest:
    now = deps.clock.now()
    zone = contact.time_zone if contact else "UTC"
    ends = map(_access, (one.ending for one in found.lines))
    return Digest(
        lines=found.lines,
        now=now,
        organisation=(await deps.directory.tenant()).name,
        sponsored=waiting.answered,
        waiting=waiting.shown,
        weeks=expiring.weeks(ends, now, AHEAD_DAYS, zone_of(zone)),
        everything=found.everything,
        name=person.name,
        language=(read_language(contact.locale) if contact else "") or "en",
        time_zone=zone,
    )


def _access(ending: Ending) -> Assignment:
    return Assignment(
        ending.assignment_id,
        AssignmentState.DELIVERED,
        ending.package_id,
        ending.package_name,
        ending.person_id,
        ends_at=ending.ends_at,
    )


def _message(person: Person, slot: str) -> Message:
    return Message(f"digest:{person.id}", person.address or person.upn, f"digest of {slot}".replace("-", "/"))


async def _deliver(person: Person, slot: str, shown: Digest, contact: Contact | None, deps: Deps) -> None:
    """As a card in the 1:1 chat; by mail where no card gets through, but not beside a card that may have got through."""
    message = _message(person, slot)

    async def post() -> str:
        chat = contact.conversation if contact and contact.conversation else await deps.messenger.open_chat(person.id)
        await deps.messenger.show(chat, shown)
        return ""

    if await climb(message, Rung.CARD, post, deps):
        return
    if not await may_be_there(message, Rung.CARD, deps):
        await rungs.by_mail(message, lambda: deps.letters.digest(shown), deps)
