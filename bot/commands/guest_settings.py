"""`settings guests`: what becomes of a guest's account when the last access package ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.commands.command import Ask, Command, Value, text_of
from bot.domain import clauses
from bot.domain.outcomes import Choice, Field, FieldKind, Form, Outcome, Press, Said, Style, Tone
from bot.domain.people import AccountEnding
from bot.domain.roles import Act
from bot.domain.spoken import read_duration

USAGE = "settings guests block-and-delete after 30 days"
MOST_DAYS = 3660
_YES = "settings.guests.yes"
_NAMES = {
    AccountEnding.NOTHING: "none",
    AccountEnding.BLOCK: "block",
    AccountEnding.DELETE: "block-and-delete",
}
_WORDS = {
    "none": AccountEnding.NOTHING, "nothing": AccountEnding.NOTHING, "keep": AccountEnding.NOTHING,
    "block": AccountEnding.BLOCK,
    "block-and-delete": AccountEnding.DELETE, "delete": AccountEnding.DELETE, "remove": AccountEnding.DELETE,
}  # fmt: skip
_GOVERNED = (
    "This concerns only guests whom Entra governs: those who came through an access package, and those whom Usher "
    "marked as governed. It counts from the next last package on; who was blocked before stays as they are."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`ending` and `days` as typed, "" for nothing. `unknown`: words that fit nowhere. `sure`: a card's "yes"."""

    ending: str = ""
    days: str = ""
    unknown: str = ""
    sure: bool = False


def parse(words: str, value: Value) -> Wanted:
    """`block-and-delete after 30 days`, `block`, `none`, or the form. Only a card can say yes."""
    if value:
        sure = text_of(value, "verb") == _YES
        return Wanted(text_of(value, "ending"), text_of(value, "days"), sure=sure)
    read = clauses.read(words, ("after", "days"))
    bare = [word.casefold().strip(".,;!") for word in " ".join((*read.quoted, *read.bare)).split()]
    joined = (
        " ".join(bare).replace("block and delete", "block-and-delete").replace("block & delete", "block-and-delete")
    )
    parts = [word for word in joined.split() if word not in ("after", "sign-in", "and", "then", "account", "the")]
    ending = next((word for word in parts if word in _WORDS), "")
    rest = [word for word in parts if word != ending]
    days, count = read_duration(rest)
    days = read.given.get("days") or read.given.get("after") or days
    return Wanted(ending, days[:20], " ".join(rest[count:])[:60])


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The setting as it is now with the form to change it; the question; or what holds from now on."""
    ending, after = await ask.deps.catalogs.ending()
    asked = bool(wanted.ending or wanted.days or wanted.unknown)
    if not asked and not ask.may(Act.SET_LIFECYCLE):
        return Said("When a guest's last access package ends", in_words(ending, after), points=(_GOVERNED,))
    refused = await ask.refuse(Act.SET_LIFECYCLE)
    if refused:
        return refused
    problems = _problems(wanted) if asked else {}
    if problems or not asked:
        return _form(wanted, ending, after, problems)
    chosen = _WORDS[wanted.ending.casefold()]
    delay = timedelta(days=int(wanted.days)) if wanted.days else after
    if chosen is ending and (chosen is not AccountEnding.DELETE or delay == after):
        return Said("It is like that already", in_words(ending, after), Tone.GOOD)
    if not wanted.sure:
        return _question(chosen, delay, ending, after)
    return await _set(chosen, delay, ending, after, ask)


def in_words(ending: AccountEnding, after: timedelta) -> str:
    """What happens to a governed guest without access packages."""
    match ending:
        case AccountEnding.NOTHING:
            return "Nothing happens: the guest keeps the account and can go on signing in."
        case AccountEnding.BLOCK:
            return "Entra blocks the guest's sign-in. The account stays until somebody deletes it."
        case AccountEnding.DELETE:
            when = "at once" if not after.days else f"{after.days} day{'' if after.days == 1 else 's'} later"
            return f"Entra blocks the guest's sign-in, and deletes the account {when}."


def _problems(wanted: Wanted) -> dict[str, str]:
    problems: dict[str, str] = {}
    if wanted.unknown:
        problems["words"] = f"I did not understand “{wanted.unknown}”. For example: {USAGE}"
    if wanted.ending.casefold() not in _WORDS:
        problems["ending"] = "Choose what shall happen: none, block, or block-and-delete."
    days = wanted.days.strip()
    if days and not (days.isascii() and days.isdigit() and 1 <= int(days) <= MOST_DAYS):
        problems["days"] = f"Give whole days from 1 to {MOST_DAYS}."
    return problems


def _form(wanted: Wanted, ending: AccountEnding, after: timedelta, problems: dict[str, str]) -> Form:
    chosen = _WORDS.get(wanted.ending.casefold(), ending)
    choices = (
        Choice("Nothing: the account stays and works", "none"),
        Choice("Block sign-in", "block"),
        Choice("Block sign-in, and delete the account some days later", "block-and-delete"),
    )
    return Form(
        title="When a guest's last access package ends",
        fields=(
            Field("ending", "What shall happen to the account?", _NAMES[chosen], FieldKind.BUTTONS, choices),
            Field("days", "Days from blocking to deleting", wanted.days or str(after.days), placeholder="30"),
        ),
        verb="settings.guests",
        submit="Change",
        sentence=USAGE,
        notes=(f"Now: {in_words(ending, after)}", _GOVERNED),
        problems=problems,
    )


def _question(chosen: AccountEnding, delay: timedelta, ending: AccountEnding, after: timedelta) -> Said:
    """The consequence in plain words; a deleted account can be restored for 30 days.

    https://learn.microsoft.com/entra/id-governance/entitlement-management-external-users
    """
    points = [f"Until now: {in_words(ending, after)}", _GOVERNED]
    if chosen is AccountEnding.DELETE:
        points.append("A deleted account can be restored for 30 days (restore ana@fabrikam.com); then it is gone.")
    return Said(
        "Change what happens when a guest's last access package ends?",
        in_words(chosen, delay),
        Tone.WARNING,
        points=tuple(points),
        presses=(
            Press("Yes, change it", _YES, {"ending": _NAMES[chosen], "days": str(delay.days)}, style=Style.DANGER),
            Press("No, leave it", "settings guests"),
        ),
    )


async def _set(chosen: AccountEnding, delay: timedelta, ending: AccountEnding, after: timedelta, ask: Ask) -> Outcome:
    target = (await ask.deps.directory.tenant()).id
    detail = f"{_NAMES[ending]}, {after.days} days → {_NAMES[chosen]}, {delay.days} days"
    async with ask.doing("settings guests", target, detail=detail):
        await ask.deps.catalogs.set_ending(chosen, delete_after=delay)
    back = Press("Undo", "settings.guests", {"ending": _NAMES[ending], "days": str(after.days)})
    text = in_words(chosen, delay)
    return Said("From now on, when a guest's last access package ends", text, Tone.GOOD, presses=(back,))


COMMAND = Command(
    name="settings guests",
    usage=USAGE,
    summary="What happens to a guest's account when the last access package ends (just “settings guests” shows it).",
    parse=parse,
    run=run,
    aliases=("settings", "guest settings"),
    verbs=("settings.guests", _YES),
    act=Act.READ,
    replaces=True,
    group="orgs",
)
