"""Who tells a guest of what becomes of their account: the notice that their last access ends, else a message of its own."""

from __future__ import annotations

from datetime import timedelta

from bot.domain import notices
from bot.domain.delivery import Delivery, Receipt, Rung
from bot.domain.farewells import FOREWARNING, Stage, tells_guest
from bot.domain.notices import Ending, Notice
from bot.domain.outcomes import AccountGoes
from bot.domain.spoken import read_language
from bot.domain.zones import zone_of
from bot.errors import Forbidden, NotLicensed
from bot.jobs import fates
from bot.jobs.fates import Standing
from bot.ports import Deps

NEAR = timedelta(days=1)
"""What is to be told of the account within this time is told with the notice."""

_OWN = "own"


async def with_notice(claimed: Notice, deps: Deps) -> AccountGoes | None:
    """What the notice says of the account, where this is the last access and nobody has said it; the same when asked again."""
    ending, now = claimed.ending, deps.clock.now()
    if ending.ends_at - now > FOREWARNING + NEAR:
        return None
    try:
        one = (await fates.read([ending.person_id], deps)).get(ending.person_id)
    except (Forbidden, NotLicensed):
        return None
    if one is None or one.fate is None or not tells_guest(one.fate) or not _is_of(one, ending):
        return None
    comes = not one.fate.over and one.look_at is not None and one.look_at - now <= NEAR
    stage = one.stage or (Stage.SOON if comes else None)
    if stage is None or not await _claim(one, stage, f"notice {claimed.mark}", deps):
        return None
    return await outcome(one, deps)


async def on_its_own(one: Standing, stage: Stage, deps: Deps) -> bool:
    """Whether the guest is told by a message of its own, because no notice said it."""
    return await _claim(one, stage, _OWN, deps)


async def notice_comes(one: Standing, deps: Deps) -> bool:
    """Whether a notice that the last access ends is due just now, or on its way: it can say both."""
    ending = next((found for access in one.held if (found := notices.ending_of(access)) and _is_of(one, found)), None)
    if ending is None:
        return False
    if any(notice.person_id == one.person.id for notice in await deps.notices.open([ending])):
        return True
    told = (await deps.notices.told([ending])).get((ending.assignment_id, one.person.id), frozenset())
    own = await deps.notices.schedules()
    since = {} if ending.package_id in own else await deps.notices.marks_since()
    contact = await deps.ledger.contact(one.person.id)
    zone = zone_of(contact.time_zone if contact else "")
    marks = notices.counting(ending, own.get(ending.package_id, deps.notice_marks), since, zone)
    return notices.due(ending, marks, deps.clock.now(), zone, told) is not None


def about(person_id: str, stage: str, ends_at: object) -> str:
    """Under which what is told of an account is found. `ends_at`: whole seconds since 1970."""
    return f"farewell:{person_id}:{stage}:{ends_at}"


async def outcome(one: Standing, deps: Deps) -> AccountGoes:
    """What the guest reads of their account, in their language."""
    tenant = await deps.directory.tenant()
    contact = await deps.ledger.contact(one.person.id)
    invites = await deps.ledger.invites(guest_id=one.person.id)
    spoken = read_language(contact.locale) if contact and contact.conversation else ""
    what, last = one.fate, one.last
    return AccountGoes(
        organisation=tenant.name,
        ends_at=what.ends_at if what else deps.clock.now(),
        over=bool(what and what.over),
        deleted_at=what.deleted_at if what else None,
        name=one.person.name,
        package_id=last.package_id if last else "",
        language=invites[-1].wish.language if invites else spoken or "en",
        time_zone=contact.time_zone if contact else "UTC",
    )


def _is_of(one: Standing, ending: Ending) -> bool:
    """Whether this end is the one that the account goes with."""
    return one.fate is not None and one.fate.ends_at.replace(microsecond=0) == ending.ends_at


async def _claim(one: Standing, stage: Stage, whose: str, deps: Deps) -> bool:
    ends_at = int(one.fate.ends_at.timestamp()) if one.fate else 0
    key = f"{about(one.person.id, stage.value, ends_at)}:told"
    address, now = one.person.address, deps.clock.now()
    mine = Receipt(key, key, address, Rung.CARD, "account goes", Delivery.SKIPPED, now, "told_with", whose)
    if await deps.ledger.begin(mine):
        return True
    before = await deps.ledger.receipt(key)
    return before is not None and before.detail == whose
