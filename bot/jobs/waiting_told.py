"""Remember of which waiting guests somebody was told last, so that the same digest does not come every day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.digests import Told
from bot.ports import Deps


async def read(person_ids: Sequence[str], deps: Deps) -> Mapping[str, Told]:
    """Person id -> what they were told last, of those who were told within a month."""
    kept = await deps.ledger.read_state([_key(one) for one in person_ids])
    found = {one: kept[_key(one)][1] for one in person_ids if _key(one) in kept}
    return {one: Told(frozenset(said["guests"]), datetime.fromisoformat(said["at"])) for one, said in found.items()}


async def keep(person_id: str, guest_ids: Sequence[str], deps: Deps) -> None:
    """They were told of exactly these now. Saying so twice changes nothing but the time."""
    said = {"guests": sorted(guest_ids), "at": deps.clock.now().isoformat()}
    await deps.ledger.write_state(_key(person_id), said, None)


def _key(person_id: str) -> str:
    return f"waiting-told-{person_id}"
