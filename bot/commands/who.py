"""`who`: who is assigned to an application, how, and until when."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.access import Application
from bot.domain.matching import match
from bot.domain.outcomes import ApplicationUsers, Outcome, Press, Said, Tone
from bot.domain.roles import Act

USAGE = "who App4Guest"


def parse(words: str, value: Value) -> str:
    """The application's name or object id."""
    typed = text_of(value, "application") if value else words
    return " ".join(typed.strip().strip("\"“”‘’'?").split())[:120]


async def run(wanted: str, ask: Ask) -> Outcome:
    """The application's users, each with the package behind the assignment where there is one."""
    if not wanted:
        return Said("Which application?", f"For example: {USAGE}", Tone.WARNING)
    name = wanted.removeprefix("has access to ").removeprefix("can open ").removeprefix("is in ")
    found = await ask.deps.directory.applications(name)
    picked = match(name, found, name=lambda one: one.name, key=lambda one: one.id)
    if picked.one is None:
        return await _which(name, picked.several or picked.near or tuple(found), ask)
    users = await ask.deps.directory.application_users(picked.one.id)
    return ApplicationUsers(
        picked.one.name,
        users[:60],
        ask.turn.caller.time_zone,
        len(users),
        not picked.one.assignment_required,
    )


_BEGINNING = 3


async def _which(name: str, fitting: Sequence[Application], ask: Ask) -> Said:
    """The applications that fit, or those that begin alike and resemble the name."""
    text = "Several fit; choose one."
    if not fitting:
        alike = await ask.deps.directory.applications(name[:_BEGINNING])
        fitting = match(name, alike, name=lambda one: one.name, key=lambda one: one.id).near
        text = "Did you mean one of these?" if fitting else "No application here has a name that begins like this."
    presses = tuple(Press(one.name, "who", {"application": one.name}) for one in fitting[:5])
    return Said(f"Which application is “{name}”?", text, Tone.WARNING, presses=presses)


COMMAND = Command(
    name="who",
    usage=USAGE,
    summary="Who is assigned to an application, how, and until when.",
    parse=parse,
    run=run,
    aliases=("users", "wer"),
    act=Act.READ,
)
