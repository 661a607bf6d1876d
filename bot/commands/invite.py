"""`invite`: bring a guest in, with an access package or without."""

from __future__ import annotations

from bot.commands import inviting
from bot.commands.command import Ask, Command, Value
from bot.commands.inviting import Inviting
from bot.domain import sentence
from bot.domain.drafts import InviteDraft
from bot.domain.outcomes import Outcome

USAGE = 'invite ana@fabrikam.com to "Invited users package" for 14 days because "audit"'


def parse(words: str, value: Value) -> Inviting:
    """From one sentence, or from what the form (or a button that repeats a wish) sent."""
    if value:
        return Inviting(InviteDraft.from_json(dict(value)), check=value.get("verb") == "invite")
    return from_words(words, "invite.submit")


def from_words(words: str, verb: str) -> Inviting:
    """A sentence as a wish; words that fit nowhere become notes and bring up the form instead of acting."""
    reading = sentence.read(words)
    notes = [f"I read “{was}” as “{became}”." for was, became in reading.corrected]
    for word, near in reading.unknown[:5]:
        hint = f" Did you mean “{near}”?" if near else ""
        notes.append(f"I did not understand “{word}”.{hint}")
    return Inviting(reading.draft, verb, tuple(notes), check=bool(reading.unknown))


async def run(wanted: Inviting, ask: Ask) -> Outcome:
    """The form, what stands in the way, or the live card of the claimed invite."""
    return await inviting.run(wanted, ask)


COMMAND = Command(
    name="invite",
    usage=USAGE,
    summary="Invite a guest and send the request link (just “invite ana@…” opens a form).",
    parse=parse,
    run=run,
    aliases=("inv", "add", "einladen"),
    verbs=("invite.submit",),
    replaces=True,
)
