"""`assign`: give a guest an access package now, without waiting for a request."""

from __future__ import annotations

from dataclasses import replace

from bot.commands import inviting
from bot.commands.command import Ask, Command, Value
from bot.commands.invite import from_words
from bot.commands.inviting import Inviting
from bot.domain.drafts import InviteDraft
from bot.domain.outcomes import Outcome

USAGE = 'assign ana@fabrikam.com to "Invited users package" for 14 days'


def parse(words: str, value: Value) -> Inviting:
    """Like `invite`, with the way set to "assign" unless the form says otherwise."""
    if value:
        draft = InviteDraft.from_json(dict(value))
        wanted = Inviting(draft, "assign.submit", check=value.get("verb") == "assign")
    else:
        wanted = from_words(words, "assign.submit")
    return replace(wanted, draft=replace(wanted.draft, way=wanted.draft.way or "assign"))


async def run(wanted: Inviting, ask: Ask) -> Outcome:
    """The form, what stands in the way, or the live card; guests who are not here yet are invited on the way."""
    return await inviting.run(wanted, ask)


COMMAND = Command(
    name="assign",
    usage=USAGE,
    summary="Give access now; a guest who is not here yet is invited on the way.",
    parse=parse,
    run=run,
    aliases=("give", "grant"),
    verbs=("assign.submit",),
    replaces=True,
)
