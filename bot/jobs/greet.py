"""Somebody met Usher in a 1:1 chat: a guest gets the card that waited for them, others a first word."""

from __future__ import annotations

from typing import Any

from bot.commands import views
from bot.domain.outcomes import Press, Said
from bot.jobs import deliver
from bot.ports import Deps

NAME = "greet"


async def greet(payload: dict[str, Any], deps: Deps) -> None:
    """`payload`: {"person": object id}. A guest with open invites has a card of each, exactly one."""
    person_id = str(payload["person"])
    contact = await deps.ledger.contact(person_id)
    if contact is None or contact.conversation is None:
        return
    invites = [one for one in await deps.ledger.invites(guest_id=person_id) if one.open]
    for invite in invites:
        shown = await deps.ledger.cards(invite.id)
        if any(card.audience == "guest" for card in shown):
            continue
        access = await views.guest_card(invite, None, deps, contact.time_zone)
        await deliver.by_card(invite, "met", contact, access, deps)
    if not invites:
        hello = Said(
            "Hello, I am Usher",
            "I look after the guests of this organisation. Type help to see what I can do for you.",
            presses=(Press("Help", "help"),),
        )
        await deps.messenger.show(contact.conversation, hello)
