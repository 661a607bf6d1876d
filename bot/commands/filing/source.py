"""Where the file is: attached to the message, or pasted behind the command."""

from __future__ import annotations

from bot.commands.command import Ask, Value
from bot.domain.building.pasted import pasted
from bot.domain.outcomes import Press, Said, Tone

MOST_BYTES = 512 * 1024


def parse(words: str, value: Value) -> str:
    """What was pasted, "" for nothing."""
    return "" if value else pasted(words)


async def source(text: str, ask: Ask, *, command: str) -> str | Said:
    """The text of the file, or what is missing. Raises FileTrouble for one that cannot be read."""
    files = ask.turn.files
    if len(files) > 1:
        return Said("One file at a time", f"You sent {len(files)} files. Nothing was done.", Tone.WARNING)
    if files and "\n" in text.strip():
        both = "You attached a file and pasted a text. Send one of them. Nothing was done."
        return Said("Which of the two?", both, Tone.WARNING)
    if files:
        return await ask.deps.files.fetch(files[0], most=MOST_BYTES)
    if text.strip():
        return text
    return Said(
        "Where is the file?",
        f"Attach it to a message that says {command}, or paste its text behind these words. "
        "package export writes a file to begin with.",
        Tone.WARNING,
        presses=(Press("Help", "help", {"topic": command}),),
    )
