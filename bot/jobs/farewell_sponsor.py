"""Tell whoever answers for guests that their accounts go, or stay by themselves: one card for all of a round."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from bot.domain.belongings import FateKind
from bot.domain.delivery import Delivery, Receipt, Rung
from bot.domain.farewells import Stage
from bot.domain.fate_words import in_words
from bot.domain.lag import HIDDEN_FOR
from bot.domain.outcomes import Press, Said, Tone
from bot.domain.zones import zone_of
from bot.errors import Transient, UsherError
from bot.jobs import fates, rungs
from bot.jobs.climb import Message, climb, may_be_there
from bot.jobs.farewell import LATER, MOST_AGAIN, is_fresh, still_so
from bot.jobs.fates import Standing
from bot.jobs.job import Again
from bot.ports import Deps

NAME = "farewell_sponsor"
OCCASION = "accounts of guests go"
_MOST, _MOST_PRESSES = 20, 4


async def begin(who: str, guests: Sequence[Standing], deps: Deps) -> None:
    """Whoever answers for these guests is told by one job; handed on again, it stays one job."""
    entries = [
        {"person": one.person.id, "stage": one.stage.value, "ends_at": one.fate.ends_at.isoformat()}
        for one in guests
        if one.stage and one.fate
    ]
    key = hashlib.sha256(repr((who, entries)).encode()).hexdigest()[:32]
    payload = {"who": who, "key": key, "entries": entries, "begun": deps.clock.now().isoformat()}
    await deps.jobs.start(NAME, key, payload)


async def farewell_sponsor(payload: dict[str, Any], deps: Deps) -> Again | None:
    """They were told of each guest once, in one card or, where Teams does not reach them, one mail.

    `payload`: as `begin` wrote it. Raises Transient to be run again; what reached them is not sent again.
    """
    who, entries = str(payload["who"]), payload["entries"]
    standings = await fates.read([str(one["person"]) for one in entries], deps)
    guests = [(standings[one["person"]], one) for one in entries if one["person"] in standings]
    so = [(standing, one) for standing, one in guests if still_so(standing, one)]
    if len(so) < len(guests) and is_fresh(payload, HIDDEN_FOR, deps):
        return Again(LATER)
    told = [standing for standing, one in so if await _claimed(one, who, str(payload["key"]), deps)]
    person = await deps.directory.person(who)
    if not told or person is None or not person.enabled:
        return None
    contact = await deps.ledger.contact(who)
    news = said(told, zone_name=contact.time_zone if contact else "")
    message = Message(f"farewell:{payload['key']}", person.address, OCCASION)

    async def post() -> str:
        await deps.messenger.show(await deps.messenger.open_chat(who), news)
        return ""

    if not (await climb(message, Rung.CARD, post, deps) or await may_be_there(message, Rung.CARD, deps)):
        await rungs.by_mail(message, lambda: deps.letters.told(news, person.name), deps)
    return None


async def fail(payload: dict[str, Any], error: UsherError, deps: Deps) -> None:
    """Given up on after about an hour: begun once more where what was in the way may pass, for a day. What was claimed
    stays with this job, so nobody else would tell them.
    """
    again = int(payload.get("again", 0)) + 1
    if isinstance(error, Transient) and again <= MOST_AGAIN:
        await deps.jobs.start(NAME, f"{payload['key']}:{again}", {**payload, "again": again})


async def _claimed(entry: dict[str, str], who: str, key: str, deps: Deps) -> bool:
    """Whether this job is the one that tells of this guest: another round may have handed them on, too."""
    about = f"farewell:{entry['person']}:{entry['stage']}:{entry['ends_at']}:{who}"
    mine = Receipt(about, about, "", Rung.CARD, OCCASION, Delivery.SKIPPED, deps.clock.now(), "grouped", key)
    if await deps.ledger.begin(mine):
        return True
    before = await deps.ledger.receipt(about)
    return before is not None and before.detail == key


def said(told: Sequence[Standing], *, zone_name: str) -> Said:
    """What a sponsor reads about the accounts of one or several guests, with what they can do about them."""
    zone = zone_of(zone_name)
    points = [f"{one.person.name} ({one.person.address}): {in_words(one.fate, zone)}" for one in told[:_MOST]]
    if len(told) > _MOST:
        points.append(f"and {len(told) - _MOST} more")
    if len(told) > 1:
        return _said_of_several(told, tuple(points))
    (one,) = told
    return Said(_title(one), in_words(one.fate, zone), Tone.WARNING, presses=_presses(one))


def _said_of_several(told: Sequence[Standing], points: tuple[str, ...]) -> Said:
    """What can still be done differs: access that ends is extended, an account that is blocked is let in again."""
    blocked = [one for one in told if one.stage is Stage.BLOCKED]
    ending = len(told) > len(blocked)
    title = f"{len(told)} accounts of your guests {'come to their end' if ending else 'were blocked'}"
    text = "You answer for these guests. "
    text += "Extend the access of those who still need it; remove accounts nobody needs." if ending else ""
    text += " Unblock those who still need to sign in, and give them access anew." if blocked else ""
    presses = [Press("Access that ends soon", "expiring", {"days": "14", "mine": "yes"})] if ending else []
    presses += [Press(f"Unblock {one.person.name[:40]}", "unblock", _about(one)) for one in blocked[:_MOST_PRESSES]]
    return Said(title, " ".join(text.split()), Tone.WARNING, points=points, presses=tuple(presses))


def _title(one: Standing) -> str:
    guest = f"{one.person.name} ({one.person.address})"
    if one.stage is Stage.BLOCKED:
        return f"The account of {guest} was blocked"
    if one.fate and one.fate.kind in (FateKind.LEFT, FateKind.UNGOVERNED):
        return f"The last access of {guest} ends, and the account stays"
    if one.fate and one.fate.kind is FateKind.UNKNOWN:
        return f"The last access of {guest} ends"
    return f"The account of {guest} goes soon"


def _about(one: Standing) -> dict[str, str]:
    return {"address": one.person.address, "person": one.person.id}


def _presses(one: Standing) -> tuple[Press, ...]:
    about = _about(one)
    remove = Press("Remove the account…", "remove", about)
    status = Press("Status", "status", {"address": one.person.address})
    if one.stage is Stage.BLOCKED:
        return (Press("Unblock", "unblock", about), remove, status)
    last = one.last
    longer = Press("Extend…", "extend", {**about, "package": last.package_id if last else ""})
    return (longer, remove, status)
