"""Keep a file between the question and the answer: what Apply applies is what was shown."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands.command import Ask
from bot.errors import Conflict


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was looked at: its text, whose it is, and whether somebody pressed Apply."""

    text: str
    owner_id: str
    applied: bool = False


def _key(file_id: str) -> str:
    return f"package-file:{file_id}"


async def keep(file_id: str, text: str, ask: Ask) -> None:
    """The file is remembered for some weeks. A second delivery of the same message changes nothing."""
    if await kept(file_id, ask) is None:
        value = {"text": text, "owner": ask.person.id, "applied": False}
        await ask.deps.ledger.write_state(_key(file_id), value, None)


async def kept(file_id: str, ask: Ask) -> KeptFile | None:
    """The file, or None when it is forgotten."""
    stored = (await ask.deps.ledger.read_state([_key(file_id)])).get(_key(file_id))
    if stored is None:
        return None
    value = stored[1]
    return KeptFile(value["text"], value["owner"], applied=value["applied"])


async def claim(file_id: str, ask: Ask) -> None:
    """From now on the file counts as applied, whoever else presses at the same moment."""
    stored = (await ask.deps.ledger.read_state([_key(file_id)])).get(_key(file_id))
    if stored is None or stored[1]["applied"]:
        return
    etag, value = stored
    try:
        await ask.deps.ledger.write_state(_key(file_id), {**value, "applied": True}, etag)
    except Conflict:
        return
