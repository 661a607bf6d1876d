"""Remember of which waiting guests somebody was told last, so that the same digest does not come every day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.digests import Told
from bot.ports import Deps

_AT_ONCE = 500


async def read(person_ids: Sequence[str], deps: Deps, *, everything: bool = False) -> Mapping[str, Told]:
    """Person id -> what they were told last, of those who were told within a month; `everything`: of the whole tenant."""
    keys = {_key(one, everything=everything): one for one in person_ids}
    names, found = list(keys), dict[str, Told]()
    for start in range(0, len(names), _AT_ONCE):
        for key, (_, said) in (await deps.ledger.read_state(names[start : start + _AT_ONCE])).items():
            found[keys[key]] = Told(frozenset(said["guests"]), datetime.fromisoformat(said["at"]))
    return found


async def keep(person_id: str, told: Told, deps: Deps, *, everything: bool = False) -> None:
    """They were told this. Saying so twice changes nothing."""
    said = {"guests": sorted(told.guests), "at": (told.at or deps.clock.now()).isoformat()}
    await deps.ledger.write_state(_key(person_id, everything=everything), said, None)


def _key(person_id: str, *, everything: bool) -> str:
    return f"waiting-told-everything-{person_id}" if everything else f"waiting-told-{person_id}"
