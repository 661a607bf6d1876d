"""Keep a file between the question and the answer: what Apply applies is what was shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.commands.command import Ask
from bot.errors import Conflict, Transient
from bot.ports import Ledger

_TRIES = 5


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was looked at: its text, how many packages it has, whose it is, and whether somebody pressed Apply.

    `refused`: id of a build that was not begun -> why. `chosen`: a reference of the file -> what it means.
    """

    text: str
    owner_id: str
    count: int
    applied: bool = False
    refused: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)

    def build_ids(self, file_id: str) -> list[str]:
        """One for each package, in the order of the file; those of packages that need no change are not begun."""
        return [build_id(file_id, at) for at in range(self.count)]


def build_id(file_id: str, at: int) -> str:
    """The id of the build of the package at this place of the file."""
    return f"{file_id}-{at}"


def _key(file_id: str) -> str:
    return f"package-file:{file_id}"


async def keep(file_id: str, text: str, count: int, ask: Ask) -> None:
    """The file is remembered for some weeks. A second delivery of the same message changes nothing."""
    if await kept(file_id, ask.deps.ledger) is None:
        value = {"text": text, "owner": ask.person.id, "applied": False, "count": count}
        await ask.deps.ledger.write_state(_key(file_id), value, None)


async def kept(file_id: str, ledger: Ledger) -> KeptFile | None:
    """The file, or None when it is forgotten."""
    stored = (await ledger.read_state([_key(file_id)])).get(_key(file_id))
    if stored is None:
        return None
    value = stored[1]
    return KeptFile(
        value["text"],
        value["owner"],
        value["count"],
        value["applied"],
        value.get("refused", {}),
        value.get("chosen", {}),
    )


async def claim(file_id: str, ask: Ask) -> None:
    """From now on the file counts as applied, whoever else presses at the same moment."""
    await _change(file_id, lambda value: {**value, "applied": True}, ask.deps.ledger)


async def choose(file_id: str, chosen: Mapping[str, str], ledger: Ledger) -> None:
    """From now on these references mean this, unless the file was applied meanwhile."""

    def change(value: dict[str, Any]) -> dict[str, Any]:
        return value if value["applied"] else {**value, "chosen": {**value.get("chosen", {}), **chosen}}

    await _change(file_id, change, ledger)


async def refuse(file_id: str, refused: Mapping[str, str], ledger: Ledger) -> None:
    """These are the builds that were not begun, and why."""
    await _change(file_id, lambda value: {**value, "refused": dict(refused)}, ledger)


async def _change(file_id: str, change: Callable[[dict[str, Any]], dict[str, Any]], ledger: Ledger) -> None:
    """Nobody else's change of the same moment is lost. Raises Transient when others change it all the time."""
    for _ in range(_TRIES):
        stored = (await ledger.read_state([_key(file_id)])).get(_key(file_id))
        if stored is None or change(stored[1]) == stored[1]:
            return
        try:
            await ledger.write_state(_key(file_id), change(stored[1]), stored[0])
        except Conflict:
            continue
        return
    raise Transient("the file is being changed by others", code="file_busy")
