"""Whether somebody is in their quiet hours: what can wait for the morning waits."""

from __future__ import annotations

from bot.domain.digests import is_quiet
from bot.domain.zones import is_known, zone_of
from bot.ports import Deps


async def is_left_in_peace(person_id: str, deps: Deps) -> bool:
    """Whether it is in this person's quiet hours, where they are."""
    contact = await deps.ledger.contact(person_id)
    zone = contact.time_zone if contact else "UTC"
    choice = await deps.digests.choice(person_id)
    return is_quiet(choice, deps.clock.now().astimezone(zone_of(zone)), zone_known=is_known(zone))
