"""What a command is: the words for it, how its request is read, and what it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.outcomes import Outcome, Said, Tone
from bot.domain.people import Person
from bot.domain.roles import Act, CatalogRole, Refusal, Roles, refusal
from bot.domain.text import storable
from bot.domain.turns import Turn
from bot.errors import Transient, UsherError
from bot.ports import Deps

_WHOM = "a Global Administrator of this organisation"


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks, and with what at hand. `person` and `roles` were read from Entra for this turn."""

    turn: Turn
    person: Person
    roles: Roles
    deps: Deps
    commands: tuple[Command, ...] = ()

    @property
    def now(self) -> datetime:
        """Aware UTC."""
        return self.deps.clock.now()

    @property
    def zone(self) -> ZoneInfo:
        """The asker's time zone; UTC when Teams named none that exists."""
        try:
            return ZoneInfo(self.turn.caller.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    @property
    def today(self) -> date:
        """The calendar day where the asker is."""
        return self.now.astimezone(self.zone).date()

    async def record(
        self, act: str, target: str, *, result: str = "started", detail: str = "", package: str = "", key: str = ""
    ) -> None:
        """One entry of the record about an act of whoever asks, with the message it came from.

        `package`: id of the access package an act on a person is about. `key`: what the jobs that go on with it use,
        otherwise the turn's.
        """
        await self.deps.ledger.record(
            actor=self.person.id,
            act=act,
            target=target,
            result=result,
            key=key or self.turn.key,
            at=self.now,
            detail=detail,
            package=package,
            source=self.turn.source,
        )

    @asynccontextmanager
    async def doing(self, act: str, target: str, *, detail: str = "") -> AsyncIterator[None]:
        """The act within is in the record before it begins, and again when it is done or was refused.

        What passes by itself (Transient) leaves it open: the turn is answered once more.
        """
        await self.record(act, target, detail=detail)
        try:
            yield
        except Transient:
            raise
        except UsherError as error:
            why = error.code or type(error).__name__
            await self.record(act, target, result="refused", detail=f"{detail}: {why}" if detail else why)
            raise
        await self.record(act, target, result="done", detail=detail)

    def may(self, act: Act, catalog_id: str | None = None) -> bool:
        """Whether the asker's roles allow this (invitations opened to members are looked at elsewhere)."""
        return refusal(act, self.roles, catalog_id=catalog_id) is None

    async def refuse(self, act: Act, catalog_id: str | None = None) -> Said | None:
        """None when the asker may; otherwise the refusal, naming the role and whom to ask."""
        missing = refusal(act, self.roles, catalog_id=catalog_id)
        return await self.say_no(missing) if missing else None

    async def say_no(self, missing: Refusal) -> Said:
        """A refusal in plain words: the role that is missing and who has it."""
        if missing.reason:
            return Said("Not possible here", missing.reason, Tone.BAD)
        holders = await self.deps.directory.holders(missing.role_ids)
        await self.record(missing.act.value, missing.catalog_id, result="refused")
        if missing.catalog_id:
            return await self._no_role_there(missing, holders)
        return Said(
            "You may not do that",
            f"To {missing.act.value} you need one of these roles in Microsoft Entra. Nothing was changed.",
            Tone.BAD,
            facts=(("Roles", ", ".join(missing.roles)), ("Ask", ", ".join(holders) or _WHOM)),
        )

    async def _no_role_there(self, missing: Refusal, holders: tuple[str, ...]) -> Said:
        """The refusal for somebody who has roles in catalogs: which one is missing in this one, and who owns it."""
        catalogs, workers = await asyncio.gather(
            self.deps.catalogs.catalogs(), self.deps.catalogs.catalog_assignments(missing.catalog_id)
        )
        name = next((one.name for one in catalogs if one.id == missing.catalog_id), "this catalog")
        owners = [one.principal_name for one in workers if one.role is CatalogRole.OWNER and one.principal_name]
        held = ", ".join(sorted(self.roles.in_catalog(missing.catalog_id)))
        mine = f"In “{name}” you are {held}." if held else "Your roles are for other catalogs."
        everywhere = [one for one in missing.roles if one not in missing.scoped]
        return Said(
            "You may not do that",
            f"{mine} To {missing.act.value} you need one of these roles in “{name}”. Nothing was changed.",
            Tone.BAD,
            facts=(
                (f"One of these in “{name}”", ", ".join(missing.scoped)),
                ("Or in Microsoft Entra", ", ".join(everywhere)),
                ("Ask", ", ".join(dict.fromkeys([*owners, *holders])) or _WHOM),
            ),
        )


Value = Mapping[str, Any]
"""What a card sent: untrusted, any JSON."""


@dataclass(frozen=True, slots=True)
class Command:
    """One verb.

    `parse(words, value)` is pure and never raises; `words` is what follows the verb, `value` what a card sent.
    `verbs` are the card verbs it answers besides its name. `replaces`: pressed on a card, its answer takes
    that card's place; `redraws` are the verbs of `verbs` for which it does so alone. `quick`: answered inside the
    turn. `open_in_channel`: nothing personal in the answer. `group`: help lists it behind `help <group>`. `by_card`:
    only a button means it, so nobody can type it and help leaves it out. `verbatim`: what follows the verb is a text to
    the letter, which may be as long as a message can be.
    """

    name: str
    usage: str
    summary: str
    parse: Callable[[str, Value], Any]
    run: Callable[[Any, Ask], Awaitable[Outcome]]
    aliases: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    act: Act | None = None
    replaces: bool = False
    redraws: tuple[str, ...] = ()
    quick: bool = False
    open_in_channel: bool = False
    for_guests: bool = False
    for_admins: bool = True
    group: str = ""
    by_card: bool = False
    verbatim: bool = False


def text_of(value: Value, name: str, *, most: int = 400) -> str:
    """A card's value by name as clean text: "" when it is missing or no text."""
    found = value.get(name)
    return storable(found).strip()[:most] if isinstance(found, str) else ""
