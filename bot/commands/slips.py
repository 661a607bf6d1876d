"""Notice a misspelt second word of a command: `catalog pubish …`."""

from __future__ import annotations

from difflib import get_close_matches

from bot.commands.command import Ask
from bot.domain.outcomes import Press, Said

_CUTOFF = 0.75
_LONGEST = 30


def second_word(noun: str, words: str, ask: Ask) -> Said | None:
    """The command `noun …` that the first of these words was probably meant to complete; None for none."""
    first = words.split(maxsplit=1)[0].casefold()[:_LONGEST] if words.split() else ""
    seconds = {one.name.removeprefix(f"{noun} "): one for one in ask.commands if one.name.startswith(f"{noun} ")}
    near = get_close_matches(first, list(seconds), n=1, cutoff=_CUTOFF)
    if not near:
        return None
    command = seconds[near[0]]
    press = Press(f"Help on {command.name}", "help", {"topic": command.name})
    text = f"Type it like this: {command.usage}"
    return Said(f"Did you mean “{command.name}”?", text, presses=(press, Press("Help", "help")))
