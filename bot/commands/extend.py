"""`extend`: let access go on, as far as its policy allows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.commands import ending, extending, subject
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.extending import Holding
from bot.commands.extension_words import refusal
from bot.commands.extensions import own
from bot.commands.subject import Subject
from bot.domain import extension, sentence, spoken, upcoming
from bot.domain.ends import Ends
from bot.domain.extension import Obstacle
from bot.domain.outcomes import Field, Form, Outcome, Press, Said, Tone
from bot.domain.wording import day

USAGE = 'extend ana@fabrikam.com "Invited users package" by 14 days'
_NUMBER = re.compile(r"\d{1,6}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for, unchecked. `latest`: as far as allowed; `capped`: no further than that, where `days` are more.

    `seen`: the end the pressed card showed, ISO 8601.
    """

    about: Subject
    days: str = ""
    until: str = ""
    latest: bool = False
    capped: bool = False
    seen: str = ""
    sent: bool = False
    reason: str = ""
    own: bool = False
    unknown: tuple[str, ...] = field(default=())


def parse(words: str, value: Value) -> Wanted:
    """The guest, the package where one was named, and how much longer: in days or until a date."""
    if value:
        return Wanted(
            subject.parse("", value),
            days=text_of(value, "days", most=20) or _whole(value.get("days")),
            until=text_of(value, "until", most=60),
            latest=value.get("latest") == "yes",
            seen=text_of(value, "seen", most=40),
            sent=value.get("verb") in ("extend.submit", "extend.ask"),
            reason=text_of(value, "reason"),
            own=value.get("verb") == "extend.own",
        )
    reading = sentence.read(_plain(words))
    draft, unknown = reading.draft, [word for word, _ in reading.unknown if word.casefold() not in subject.FILLERS]
    days, until, package = draft.days, draft.until, draft.package
    if not (days or until) and package and spoken.read_date(package):
        # "extend … to 2027-01-31": a package is hardly called like a day.
        until, package = package, ""
    if not (days or until):
        days = next((word for word in unknown if _NUMBER.fullmatch(word)), "")
        unknown = [word for word in unknown if word != days]
    if not package:
        package, unknown = " ".join(unknown), []
    about = subject.parse(words, {})
    about = Subject(about.address, package, problem=about.problem)
    return Wanted(about, days, until, reason=draft.justification, unknown=tuple(unknown))


def _plain(words: str) -> str:
    """The sentence in the words of `invite`, which knows lengths after `for`: by 14 days, another week."""
    parts = words.split()
    for place, word in enumerate(parts):
        rest = parts[place + 1 : place + 3]
        if word.casefold() == "another" and rest:
            parts[place] = "for 1" if spoken.is_unit(rest[0].strip(".,;!?")) else "for"
        elif word.casefold() == "by" and spoken.read_duration(rest)[1]:
            parts[place] = "for"
    return " ".join(parts)


def _whole(value: object) -> str:
    return str(value) if type(value) is int else ""


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The card of the extension, which follows it to its end; or the form; or what stands in the way."""
    if ask.person.is_guest:
        return await own.run(own.Wish(wanted.about, wanted.reason, wanted.sent, wanted.own, wanted.seen), ask)
    begun = await ask.deps.end_changes.begun_by(ask.turn.key)
    if begun:
        return await ending.go_on(begun, ask)
    found = await extending.find(wanted.about, USAGE, ask)
    if isinstance(found, Said):
        return found
    if wanted.seen and not _as_seen(wanted.seen, found):
        return moved(found, ask)
    ends, problems = _length(wanted, ask)
    if problems:
        return form(found, ask, problems=problems, typed=wanted)
    comes_to = extension.extend(found.assignment, found.policy, ends, now=ask.now, zone=ask.zone)
    if wanted.latest or (wanted.capped and comes_to.obstacle is Obstacle.TOO_LONG):
        comes_to = extension.to_latest(found.assignment, found.policy, now=ask.now)
    if comes_to.obstacle is Obstacle.NO_LENGTH or (comes_to.ends_at and wanted.unknown):
        notes = tuple(f"I did not understand “{word}”." for word in wanted.unknown[:3])
        missing = {"days": "Give a number of days, or a date below."} if wanted.sent else {}
        return form(found, ask, problems=missing, typed=wanted, notes=notes)
    if comes_to.ends_at is None:
        return refusal(comes_to, found, ends, ask)
    return await ending.begin(found, comes_to.ends_at, ask)


def _as_seen(seen: str, found: Holding) -> bool:
    """Whether the access still ends when the card said."""
    ends_at = found.assignment.ends_at
    return ends_at is not None and seen == ends_at.isoformat()


def moved(found: Holding, ask: Ask) -> Said:
    """The answer to a card from before somebody else, or Entra, changed the end."""
    ends_at = found.assignment.ends_at
    when = f"ends on {day(ends_at, ask.zone)}" if ends_at else "does not end by itself"
    return Said(
        "The end has changed since this card",
        f"The access of {found.address} to “{found.assignment.package_name}” now {when}. Nothing was done.",
        Tone.WARNING,
        presses=(Press("Extend…", "extend", found.about), Press("Status", "status", {"address": found.address})),
    )


def _length(wanted: Wanted, ask: Ask) -> tuple[Ends, dict[str, str]]:
    """How much longer, or what is wrong with which field."""
    if wanted.until:
        on = spoken.read_date(wanted.until) or upcoming.read(wanted.until, ask.today)
        return (Ends(on=on), {}) if on else (Ends(), {"until": "Give a date like 2026-12-24."})
    if not wanted.days:
        return Ends(), {}
    if not (wanted.days.isascii() and _NUMBER.fullmatch(wanted.days)):
        return Ends(), {"days": "Give the number of days, for example 14."}
    return Ends(days=int(wanted.days)), {}


def form(found: Holding, ask: Ask, *, problems: dict[str, str], typed: Wanted, notes: tuple[str, ...] = ()) -> Outcome:
    """The small form, prefilled with the policy's usual length or what is left of it."""
    ends_at = found.assignment.ends_at
    if ends_at is None:
        return refusal(extension.Extension(obstacle=Obstacle.NEVER_ENDS), found, Ends(), ask)
    proposed = typed.days or ("" if typed.until else str(extension.usual_days(found.policy, ends_at, ask.now) or ""))
    latest = extension.latest_end(found.policy, ask.now)
    return Form(
        title=f"Extend the access of {found.address}",
        fields=(
            Field("days", "Days more, from the present end on", proposed[:20], placeholder="14"),
            Field("until", "Or until a date", typed.until[:60], placeholder="2027-01-31"),
        ),
        verb="extend.submit",
        submit="Extend",
        sentence=f'extend {found.address} "{found.assignment.package_name}" by 14 days',
        data={**found.about, "seen": ends_at.isoformat()},
        notes=(
            *notes,
            f"“{found.assignment.package_name}” ends on {day(ends_at, ask.zone)}.",
            f"The package allows it until {day(latest, ask.zone)} at the latest.",
        ),
        problems=problems,
    )


COMMAND = Command(
    name="extend",
    usage=USAGE,
    summary="Let access go on, as far as the package allows.",
    parse=parse,
    run=run,
    aliases=("prolong", "renew", "verlängern"),
    verbs=("extend.submit", "extend.ask", "extend.own"),
    redraws=("extend.submit", "extend.ask", "extend.own"),
    for_guests=True,
)
