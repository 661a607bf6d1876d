"""Tell a guest that their account goes with the last access, or that it was blocked: once, by card and mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.domain.farewells import tells_guest
from bot.domain.lag import HIDDEN_FOR
from bot.domain.turns import Conversation
from bot.errors import Transient, UsherError
from bot.jobs import account_told, fates, rungs
from bot.jobs.climb import Message
from bot.jobs.fates import Standing
from bot.jobs.job import Again
from bot.ports import Deps

NAME = "farewell"
MOST_AGAIN = 24
"""So often a job that was given up on is begun once more: each takes about an hour."""

LATER = 30.0
"""How many seconds later Entra, which does not show it (again), is asked once more."""

_PATIENCE = timedelta(minutes=20)
"""So long a notice of the same end may take to come: longer than from one sweep to the next."""
_SOON = 5.0
_OCCASIONS = {"soon": "account goes soon", "blocked": "account was blocked"}


async def begin(one: Standing, deps: Deps) -> None:
    """The guest is told by a job of its own, if there is anything to tell; handed on again, it stays one job."""
    if one.fate and one.stage and tells_guest(one.fate):
        payload = {
            "person": one.person.id,
            "stage": one.stage.value,
            "ends_at": one.fate.ends_at.isoformat(),
            "begun": deps.clock.now().isoformat(),
        }
        await deps.jobs.start(NAME, _about(one.person.id, one.stage.value, one.fate.ends_at), payload)


async def farewell(payload: dict[str, Any], deps: Deps) -> Again | None:
    """The guest was told, as far as they can be reached, or need not be told any more: what a notice says is said once.

    `payload`: as `begin` wrote it. Raises Transient to be run again; what reached them is not sent again.
    """
    person_id = str(payload["person"])
    one = (await fates.read([person_id], deps)).get(person_id)
    if one is None or one.stage is None or not still_so(one, payload):
        return Again(LATER) if is_fresh(payload, HIDDEN_FOR, deps) else None
    if is_fresh(payload, _PATIENCE, deps) and await account_told.notice_comes(one, deps):
        return Again(_SOON)
    if not await account_told.on_its_own(one, one.stage, deps):
        return None
    goes = await account_told.outcome(one, deps)
    about = _about(person_id, payload["stage"], goes.ends_at)
    message = Message(about, one.person.address, _OCCASIONS[payload["stage"]], key=about)
    contact = await deps.ledger.contact(person_id)

    async def post(chat: Conversation) -> None:
        await deps.messenger.show(chat, goes)

    await rungs.by_card(message, contact, post, deps)
    await rungs.by_mail(message, lambda: deps.letters.account_goes(goes), deps)
    return None


async def fail(payload: dict[str, Any], error: UsherError, deps: Deps) -> None:
    """Given up on after about an hour: begun once more where what was in the way may pass, for a day."""
    again = int(payload.get("again", 0)) + 1
    if isinstance(error, Transient) and again <= MOST_AGAIN:
        about = _about(str(payload["person"]), str(payload["stage"]), datetime.fromisoformat(payload["ends_at"]))
        await deps.jobs.start(NAME, f"{about}:{again}", {**payload, "again": again})


def is_fresh(payload: dict[str, Any], length: timedelta, deps: Deps) -> bool:
    """Whether it began less than so long ago. No: of what an older Usher began that is not known."""
    begun = payload.get("begun")
    return begun is not None and deps.clock.now() - datetime.fromisoformat(begun) < length


def still_so(one: Standing, payload: dict[str, Any]) -> bool:
    """Whether what was to be told is still true: access may have been given, moved or taken meanwhile."""
    if one.fate is None or one.stage is None:
        return False
    return one.stage.value == payload["stage"] and one.fate.ends_at == datetime.fromisoformat(payload["ends_at"])


def _about(person_id: str, stage: str, ends_at: datetime) -> str:
    return account_told.about(person_id, stage, int(ends_at.timestamp()))
