"""A guest's own view: what `status`, `link` and `apps` show someone who is a guest. A guest sees only themselves."""

from __future__ import annotations

from bot.commands import views
from bot.commands.command import Ask
from bot.domain.outcomes import GuestAccess
from bot.domain.spoken import read_language


async def mine(ask: Ask) -> GuestAccess:
    """The asking guest's card; whatever address was typed behind the verb is not looked at."""
    ledger, directory = ask.deps.ledger, ask.deps.directory
    invites = await ledger.invites(guest_id=ask.person.id)
    access = await directory.access_of([ask.person.id])
    person, held, asked = access.get(ask.person.id, (ask.person, (), ()))
    return await views.own_card(
        person or ask.person,
        invites,
        held,
        asked,
        ask.deps,
        language=read_language(ask.turn.caller.locale) or "en",
        time_zone=ask.turn.caller.time_zone,
    )
