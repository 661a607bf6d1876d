"""Tell one guest that their access ends soon, or has ended: once, over the delivery ladder."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from bot.commands import views
from bot.commands.sponsoring import answering
from bot.domain import notices
from bot.domain.access import AccessRequest, Assignment
from bot.domain.delivery import Rung
from bot.domain.invites import Invite
from bot.domain.lag import HIDDEN_FOR
from bot.domain.notices import Audience, Ending, Notice
from bot.domain.outcomes import AccessEnds, Press, Said, Tone
from bot.domain.people import Person
from bot.domain.spoken import read_language
from bot.domain.turns import Conversation
from bot.domain.wording import day
from bot.domain.zones import is_known, zone_of
from bot.errors import Transient, UsherError
from bot.jobs import account_told, rungs
from bot.jobs.climb import Message, climb
from bot.ports import Deps

NAME = "notice"
FRESH = timedelta(minutes=5)
"""What was seen of the access when the notice was claimed holds for so long."""

_SLACK = timedelta(minutes=1)


class Standing(Enum):
    """How the access of which somebody is to be told stands by now."""

    STANDS = "as it was"
    MOVED = "ends at another time"
    GOING = "is being taken back"
    GONE = "was taken back"
    HIDDEN = "Entra does not show it: just now, or for ever"


def standing(ending: Ending, held: tuple[Assignment, ...], asked: tuple[AccessRequest, ...], now: datetime) -> Standing:
    """What Entra shows of this end."""
    access = next((one for one in held if one.id == ending.assignment_id), None)
    if access is None:
        return Standing.HIDDEN
    fresh = notices.ending_of(access)
    moved = fresh is None or fresh.ends_at != ending.ends_at
    if not access.is_live:
        early = access.expired_at is not None and access.expired_at < ending.ends_at - _SLACK
        return Standing.GONE if moved or early or now < ending.ends_at - _SLACK else Standing.STANDS
    if moved:
        return Standing.MOVED
    removals = (one for one in asked if one.is_open and one.kind.casefold().endswith("remove"))
    going = any(one.assignment_id == ending.assignment_id or one.package_id == ending.package_id for one in removals)
    return Standing.GOING if going and now < ending.ends_at else Standing.STANDS


async def begin(claimed: Notice, deps: Deps) -> None:
    """The notice is told by a job of its own; handed on again, it stays one job."""
    ending = claimed.ending
    end, at = int(ending.ends_at.timestamp()), int(claimed.claimed_at.timestamp())
    key = f"{ending.assignment_id}:{end}:{claimed.mark}:{claimed.person_id}:{at}"
    payload = {
        "ending": {name: _plain(value) for name, value in asdict(ending).items()},
        "mark": claimed.mark,
        "person": claimed.person_id,
        "claimed_at": claimed.claimed_at.isoformat(),
    }
    await deps.jobs.start(NAME, key, payload)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(payload: dict[str, Any]) -> Notice:
    ending = dict(payload["ending"])
    for name in ("ends_at", "since"):
        ending[name] = datetime.fromisoformat(ending[name]) if ending[name] else None
    claimed_at = datetime.fromisoformat(payload["claimed_at"])
    return Notice(Ending(**ending), int(payload["mark"]), str(payload["person"]), Audience.GUEST, claimed_at)


async def notice(payload: dict[str, Any], deps: Deps) -> None:
    """The job: the guest was told, as far as they can be reached, or need not be told any more; or, where Entra does not
    show them or their access, the notice is open again and looked at later.

    Raises Transient to be run again; what reached them is not sent again.
    """
    claimed = _read(payload)
    found = await _found(claimed, deps)
    person = await deps.directory.person(claimed.ending.person_id) if found is Standing.STANDS else None
    if found is Standing.HIDDEN or (found is Standing.STANDS and (person is None or person.is_deleted)):
        await _later(claimed, deps)
        return
    if person:
        await _tell(claimed, person, deps)
    await deps.notices.settle([claimed])


async def _later(claimed: Notice, deps: Deps) -> None:
    """The notice is not claimed any more, and whether it is still due is looked at in a while."""
    # In this order: a look that comes between finds the notice claimed, and hands it on again.
    await deps.notices.look_at(claimed.ending, deps.clock.now() + HIDDEN_FOR)
    await deps.notices.drop(claimed)


async def _found(claimed: Notice, deps: Deps) -> Standing:
    """GONE for a notice that lay so long that the access ended meanwhile, or that a nearer mark is told."""
    now, ending = deps.clock.now(), claimed.ending
    if now >= ending.ends_at and (claimed.mark or now > ending.ends_at + notices.OVERDUE):
        return Standing.GONE
    if now - claimed.claimed_at <= FRESH:
        return Standing.STANDS
    marks = (await deps.notices.told([ending])).get((ending.assignment_id, claimed.person_id), frozenset())
    if any(mark < claimed.mark for mark in marks):
        return Standing.GONE
    access = await deps.directory.access_of([ending.person_id])
    _, held, asked = access.get(ending.person_id, (None, (), ()))
    return standing(ending, held, asked, now)


async def _tell(claimed: Notice, person: Person, deps: Deps) -> None:
    ending = claimed.ending
    contact = await deps.ledger.contact(ending.person_id)
    if not person.enabled and deps.clock.now() < ending.ends_at:
        return
    account = await account_told.with_notice(claimed, deps)
    ends = replace(await _outcome(ending, person, deps), account=account)
    about = f"{ending.assignment_id}@{int(ending.ends_at.timestamp())}"
    address = person.address or ending.person_address
    message = Message(about, address, _occasion(claimed.mark), key=about, package=ending.package_id)

    async def post(chat: Conversation) -> None:
        await deps.messenger.show(chat, ends)

    carded = await rungs.by_card(message, contact, post, deps)
    named = person.name or address
    mentioned = not carded and await rungs.by_mention(message, person.id, named, ends.language, deps)
    mailed = await rungs.by_mail(message, lambda: deps.letters.access_ends(ends), deps)
    if not (carded or mentioned or mailed):
        await _tell_inviter(ending, ends, message, deps)


def _occasion(mark: int) -> str:
    """As `delivery` shows it."""
    return f"access ends, notice {mark} {'day' if mark == 1 else 'days'} before" if mark else "access ends, on its day"


async def _outcome(ending: Ending, person: Person, deps: Deps) -> AccessEnds:
    tenant = await deps.directory.tenant()
    contact = await deps.ledger.contact(ending.person_id)
    # It says in which language they are written to.
    invite = await answering.newest_invite(ending.person_id, deps, package_id=ending.package_id)
    zone = contact.time_zone if contact else "UTC"
    spoken = read_language(contact.locale) if contact and contact.conversation else ""
    return AccessEnds(
        package_name=ending.package_name,
        package_id=ending.package_id,
        person_id=person.id,
        address=person.address or ending.person_address,
        ends_at=ending.ends_at,
        now=deps.clock.now(),
        organisation=tenant.name,
        link=await views.link_of(ending.package_id, deps),
        name=person.name,
        contacts=await _contacts(ending, invite, deps),
        opens=await _opens(ending.package_id, deps),
        language=invite.wish.language if invite else spoken or "en",
        time_zone=zone,
        zone_known=is_known(zone),
    )


async def _opens(package_id: str, deps: Deps) -> tuple[str, ...]:
    """Names of what the package opens; none where they cannot be read, since the notice matters more."""
    try:
        package = await deps.governance.blueprint(package_id)
    except UsherError:
        return ()
    return tuple(dict.fromkeys(one.resource.name for one in package.roles if one.resource.name))


async def _contacts(ending: Ending, invite: Invite | None, deps: Deps) -> tuple[str, ...]:
    sponsors = (await deps.sponsors.of([ending.person_id])).get(ending.person_id, ())
    names = tuple(one.name for one in sponsors if one.enabled and one.name)
    return names[:2] or ((invite.asked_by_name,) if invite and invite.asked_by_name else ())


async def _tell_inviter(ending: Ending, ends: AccessEnds, message: Message, deps: Deps) -> None:
    """Whoever answers for the guest learns that nothing reached them."""
    sponsors = (await answering.sponsors([ending.person_id], deps)).get(ending.person_id, ())
    people = await answering.or_inviter(ending.person_id, sponsors, deps, package_id=ending.package_id)
    if not people:
        return
    contact = await deps.ledger.contact(people[0])
    ended = (
        "has ended" if ends.is_over else f"ends on {day(ends.ends_at, zone_of(contact.time_zone if contact else ''))}"
    )
    said = Said(
        f"{message.address} could not be told that access ends",
        f"The access to “{ending.package_name}” {ended}. Neither Teams nor e-mail reached the guest: please tell them.",
        Tone.WARNING,
        presses=(
            Press("Every try", "delivery", {"address": message.address}),
            Press("Extend…", "extend", _about(ends)),
        ),
    )

    async def post() -> str:
        await deps.messenger.show(await deps.messenger.open_chat(people[0]), said)
        return ""

    await climb(message, Rung.INVITER, post, deps)


def _about(ends: AccessEnds) -> dict[str, str]:
    return {"address": ends.address, "package": ends.package_id, "person": ends.person_id}


async def fail(payload: dict[str, Any], error: UsherError, deps: Deps) -> None:
    """Given up on: for now where what was in the way may pass; otherwise the receipts say why, and nothing is tried any more."""
    claimed = _read(payload)
    await (_later(claimed, deps) if isinstance(error, Transient) else deps.notices.settle([claimed]))
