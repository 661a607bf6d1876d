"""Tell a guest that their account goes with the last access, or that it was blocked: once, by card and mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.domain.farewells import tells_guest
from bot.domain.outcomes import AccountGoes
from bot.domain.spoken import read_language
from bot.domain.turns import Conversation
from bot.jobs import fates, rungs
from bot.jobs.climb import Message
from bot.jobs.fates import Standing
from bot.ports import Deps

NAME = "farewell"
_OCCASIONS = {"soon": "account goes soon", "blocked": "account was blocked"}


async def begin(one: Standing, deps: Deps) -> None:
    """The guest is told by a job of its own, if there is anything to tell; handed on again, it stays one job."""
    if one.fate and one.stage and tells_guest(one.fate):
        payload = {"person": one.person.id, "stage": one.stage.value, "ends_at": one.fate.ends_at.isoformat()}
        await deps.jobs.start(NAME, _about(one.person.id, one.stage.value, one.fate.ends_at), payload)


async def farewell(payload: dict[str, Any], deps: Deps) -> None:
    """The guest was told, as far as they can be reached, or need not be told any more.

    `payload`: as `begin` wrote it. Raises Transient to be run again; what reached them is not sent again.
    """
    person_id = str(payload["person"])
    one = (await fates.read([person_id], deps)).get(person_id)
    if one is None or not still_so(one, payload):
        return
    goes = await _outcome(one, deps)
    about = _about(person_id, payload["stage"], goes.ends_at)
    message = Message(about, one.person.address, _OCCASIONS[payload["stage"]], key=about)
    contact = await deps.ledger.contact(person_id)

    async def post(chat: Conversation) -> None:
        await deps.messenger.show(chat, goes)

    await rungs.by_card(message, contact, post, deps)
    await rungs.by_mail(message, lambda: deps.letters.account_goes(goes), deps)


def still_so(one: Standing, payload: dict[str, Any]) -> bool:
    """Whether what was to be told is still true: access may have been given, moved or taken meanwhile."""
    if one.fate is None or one.stage is None:
        return False
    return one.stage.value == payload["stage"] and one.fate.ends_at == datetime.fromisoformat(payload["ends_at"])


def _about(person_id: str, stage: str, ends_at: datetime) -> str:
    return f"farewell:{person_id}:{stage}:{int(ends_at.timestamp())}"


async def _outcome(one: Standing, deps: Deps) -> AccountGoes:
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
