"""Find the command that words or a card mean, see who asks, and run it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from bot.commands import registry
from bot.commands.command import Ask, Command, text_of
from bot.domain.outcomes import Outcome, Press, Said, Tone
from bot.domain.text import clean, storable
from bot.domain.turns import Turn
from bot.errors import UsherError
from bot.ports import Deps

MOST_WORDS = 4000
MOST_VERBATIM = 200_000
_GREETINGS = frozenset("hi hello hey hallo bonjour hola start ? menu".split())


@dataclass(frozen=True, slots=True)
class Found:
    """The command a turn means and the words behind its verb; `verb` is the card's, "" for typed words."""

    command: Command
    words: str = ""
    verb: str = ""

    @property
    def replaces(self) -> bool:
        """The answer takes the place of the pressed card."""
        return self.command.replaces or self.verb in self.command.redraws


def find(turn: Turn) -> Found | Said:
    """The command, or a plain answer for what is none. Pure; never raises, whatever is sent."""
    if turn.value:
        return _pressed(turn)
    verbatim = _verbatim(turn.words)
    if verbatim:
        return verbatim
    words = clean(turn.words).strip()
    if not words:
        return _FILE_ONLY if turn.files else _NOTHING
    command, rest = _named(words)
    verb = words.split(maxsplit=1)[0]
    bare = _bare(verb)
    late = None if command else _late(words)
    if late:
        return late
    if bare in _GREETINGS or verb in _GREETINGS:
        return Found(registry.by_word()["help"])
    if len(words) > MOST_WORDS:
        return _too_long(len(words), MOST_WORDS)
    if command is None:
        return _unknown(bare)
    return Found(command, rest)


def _named(words: str) -> tuple[Command | None, str]:
    """The command that the first two words name, or the first alone, and what follows.

    A second word in quotation marks begins a name: `package "Open house"` closes and opens nothing.
    """
    for count in (2, 1):
        parts = words.split(maxsplit=count)
        if count == 2 and len(parts) > 1 and parts[1][0] in _QUOTES:
            continue
        command = registry.by_word().get(" ".join(map(_bare, parts[:count]))) if len(parts) >= count else None
        if command:
            return command, parts[count].strip() if len(parts) > count else ""
    return None, ""


def _verbatim(words: str) -> Found | Said | None:
    """A command followed by a text that is taken as it was written: lines, indentation and letters."""
    verb = _TWO_WORDS.match(words)
    command = _named(clean(verb["words"]).strip())[0] if verb else None
    if verb is None or command is None or not command.verbatim:
        return None
    if len(words) > MOST_VERBATIM:
        return _too_long(len(words), MOST_VERBATIM)
    return Found(command, storable(words[verb.end() :]))


def _too_long(count: int, most: int) -> Said:
    text = f"That was {count} characters; I read {most} at most. Nothing was done."
    return Said("That is too long for me", text, Tone.WARNING, presses=(_HELP,))


def _bare(word: str) -> str:
    return word.casefold().strip(".,!:;/*_`\"'")


_QUOTES = "\"'“”„«‘‚"
_TWO_WORDS = re.compile(r"\s*(?:(?:```|~~~)\w{0,10}\s+)?(?P<words>\S{1,40}[ \t]+[^\s`\"']{1,40})[ \t]*\n?")
_HELP = Press("Help", "help")
_NOTHING = Said("I heard nothing", "Type help to see what I can do.", presses=(_HELP,))
_FILE_ONLY = Said(
    "What shall I do with this file?",
    "Send it once more together with the words package apply or package diff. Nothing was done.",
    Tone.WARNING,
    presses=(_HELP,),
)
_LATE = re.compile(r"(?<!\S)(invite|assign)\s+(?=[^\s\"']*@)", re.IGNORECASE)
_POLITE = frozenset("please pls kindly could can would will you i we want need like to hi hello hey usher and".split())


def _late(words: str) -> Found | None:
    """The verb may stand behind courtesies or other clauses when the address follows it; what is left is read
    as one sentence, and words that fit nowhere open the form instead of inviting anybody.
    """
    found = _LATE.search(words[:MOST_WORDS])
    if found is None or len(words) > MOST_WORDS:
        return None
    before = words[: found.start()].split()
    while before and before[0].casefold().strip(".,!") in _POLITE:
        before.pop(0)
    return Found(registry.by_word()[found[1].casefold()], f"{words[found.end() :]} {' '.join(before)}".strip())


def _pressed(turn: Turn) -> Found | Said:
    verb = text_of(turn.value, "verb", most=60)
    command = registry.by_verb().get(verb)
    if command is None:
        text = "This card is from an earlier version of Usher. Type what you want, or open help. Nothing was done."
        return Said("That button is no longer known", text, Tone.WARNING, presses=(_HELP,))
    return Found(command, "", verb)


def is_slip(words: str) -> bool:
    """Whether the first word is probably a misspelt verb ("stauts ana@x.com")."""
    first = clean(words).split(maxsplit=1)[:1]
    return bool(first) and bool(get_close_matches(first[0].casefold(), list(registry.by_word()), n=1, cutoff=0.75))


def _unknown(verb: str) -> Said:
    near = get_close_matches(verb, list(registry.by_word()), n=1, cutoff=0.6)
    if near and len(verb) <= 30:
        name = registry.by_word()[near[0]].name
        usage = registry.by_word()[near[0]].usage
        press = Press(f"Help on {name}", "help", {"topic": name})
        return Said(f"Did you mean “{name}”?", f"Type it like this: {usage}", presses=(press, _HELP))
    return Said("I did not understand that", "Type help to see what I can do.", presses=(_HELP,))


def is_quick(turn: Turn) -> bool:
    """Whether the answer needs no durable job."""
    found = find(turn)
    return isinstance(found, Said) or found.command.quick


async def answer(turn: Turn, deps: Deps) -> Outcome:
    """What the turn comes to. Errors the bot can explain become answers; transient ones are raised for a retry."""
    found = find(turn)
    if isinstance(found, Said):
        return found
    person, roles = await deps.directory.roles(turn.caller.id)
    if person is None:
        return Said(
            "I do not know you here",
            "Your account is not in this organisation's directory (yet). If you were just invited, accept the "
            "invitation first; it takes a minute until everybody knows you.",
            Tone.WARNING,
        )
    ask = Ask(turn, person, roles, deps, registry.COMMANDS)
    command = found.command
    if person.is_guest and not command.for_guests:
        return await registry.by_word()["help"].run(command.name, ask)
    elif not person.is_guest and not command.for_admins:
        return Said("That is for guests", "Type help to see what you can do.", presses=(_HELP,))
    if command.act and not person.is_guest:
        refused = await ask.refuse(command.act)
        if refused:
            return refused
    return await command.run(command.parse(found.words, turn.value), ask)


def explain(error: UsherError) -> Said:
    """An error as an answer: what is wrong, in plain words."""
    facts = (("Code", error.code),) if error.code else ()
    return Said("That did not work", error.explanation, Tone.BAD, facts=facts)
