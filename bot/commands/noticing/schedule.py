"""`notices`: how many days before the end of access people are told, in the tenant and for one access package."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.commands.building import which
from bot.commands.command import Ask, Command, Value, text_of
from bot.domain import marks
from bot.domain.outcomes import Field, Form, Outcome, Press, Said, Tone
from bot.domain.packages import AccessPackage
from bot.domain.roles import Act

USAGE = 'notices "Invited users package" 21,3,0'
DEFAULT = "default"

_SHOWN = 15
_DEFAULTS = frozenset("default defaults tenant usual".split())
_TRAILING = re.compile(
    r"(?:^|\s)((?:\d+\s*(?:,|;|\s|and\b)\s*)*\d+(?:\s*days?)?|off|none|never|default|usual)\s*[.!]?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`package` by name or id, "" for none; `days` as typed, "" to look."""

    package: str = ""
    days: str = ""


def parse(words: str, value: Value) -> Wanted:
    """`"Package" 21,3,0`, `"Package" off`, `"Package" default`, or one of them, or nothing."""
    if value:
        return Wanted(text_of(value, "package"), text_of(value, "days", most=200))
    if which.is_quoted(words):
        name, rest = which.parted(words)
        return Wanted(name, rest[:200])
    found = _TRAILING.search(words.strip())
    days = found[1] if found else ""
    name = words.strip()[: found.start()] if found else words
    return Wanted(which.parted(name)[0] if name.strip() else "", days[:200])


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The schedule of the tenant with all exceptions; of one package, with a form; or what holds from now on."""
    if not wanted.package:
        return await _overview(wanted, ask)
    package = await which.package_of(wanted.package, ask, verb="notices", usage=USAGE, data=_days(wanted))
    if isinstance(package, Said):
        return package
    own = (await ask.deps.notices.schedules()).get(package.id)
    if not wanted.days:
        return _one(package, own, ask)
    refused = await ask.refuse(Act.BUILD, package.catalog.id)
    if refused:
        return refused
    try:
        new = None if wanted.days.strip().casefold() in _DEFAULTS else marks.read(wanted.days)
    except marks.NoMarks as error:
        return _form(package, own, ask, typed=wanted.days, problem=str(error))
    return await _set(package, own, new, ask)


def _days(wanted: Wanted) -> dict[str, str]:
    return {"days": wanted.days} if wanted.days else {}


async def _overview(wanted: Wanted, ask: Ask) -> Outcome:
    if wanted.days:
        return Said(
            "Of which access package?",
            f"Name it: {USAGE}. What holds for all other packages is the setting USHER_NOTICE_DAYS, which whoever runs "
            "Usher changes.",
            Tone.WARNING,
            presses=(Press("Access packages", "packages"),),
        )
    own = await ask.deps.notices.schedules()
    packages = await ask.deps.directory.packages() if own else ()
    named = {one.id: one for one in packages if ask.may(Act.READ, one.catalog.id)}
    facts = tuple((named[key].name, marks.in_words(of)) for key, of in own.items() if key in named)
    return Said(
        "Notices before access ends",
        f"Guests and those who answer for them are told {_told(ask.deps.notice_marks)}.",
        facts=facts[:_SHOWN],
        points=(
            f"For one access package: {USAGE}, or off, or default.",
            "Who answers for guests gets one digest: type digest to choose how often.",
        ),
        presses=(Press("My digest", "digest"), Press("All that end soon", "expiring")),
    )


def _told(found: tuple[int, ...]) -> str:
    return marks.in_words(found) if found else "nothing: notices are off"


def _one(package: AccessPackage, own: tuple[int, ...] | None, ask: Ask) -> Outcome:
    if ask.may(Act.BUILD, package.catalog.id):
        return _form(package, own, ask)
    return Said(f"Notices before access to “{package.name}” ends", _holds(own, ask))


def _holds(own: tuple[int, ...] | None, ask: Ask) -> str:
    if own is None:
        return f"As in the whole tenant: {_told(ask.deps.notice_marks)}."
    return f"People are told {_told(own)}." if own else "Nobody is told: notices are off for this package."


def _form(package: AccessPackage, own: tuple[int, ...] | None, ask: Ask, *, typed: str = "", problem: str = "") -> Form:
    now = DEFAULT if own is None else marks.written(own)
    return Form(
        title=f"Notices before access to “{package.name}” ends",
        fields=(Field("days", "Days before the end, or off, or default", typed[:60] or now, placeholder="21,3,0"),),
        verb="notices",
        submit="Save",
        sentence=f'notices "{package.name}" 21,3,0',
        data={"package": package.id},
        notes=(f"Now: {_holds(own, ask)}", "0 is the day on which the access ends."),
        problems={"days": problem} if problem else {},
    )


async def _set(package: AccessPackage, own: tuple[int, ...] | None, new: tuple[int, ...] | None, ask: Ask) -> Outcome:
    before = DEFAULT if own is None else marks.written(own)
    after = DEFAULT if new is None else marks.written(new)
    if before == after:
        return Said("It is like that already", _holds(own, ask), Tone.GOOD)
    async with ask.doing("set notices", package.id, detail=f"{before} → {after}"):
        await ask.deps.notices.set_schedule(package.id, new)
        await ask.deps.notices.look_anew(ask.now, package.id)
    back = Press("Undo", "notices", {"package": package.id, "days": before})
    return Said(f"Notices before access to “{package.name}” ends", _holds(new, ask), Tone.GOOD, presses=(back,))


COMMAND = Command(
    name="notices",
    usage=USAGE,
    summary="When people are told that access ends (just “notices” shows it).",
    parse=parse,
    run=run,
    aliases=("notice", "reminders"),
    act=Act.READ,
    replaces=True,
)
