"""A guest's card about keeping one access, in their language: who decides, or how they do it themselves, and the answer."""

from __future__ import annotations

from typing import Any

from microsoft_teams.cards.core import Action

from bot.domain.outcomes import KeepAccess, KeepWay, Press, Style
from cards.elements import CardElement, Colour, finished, heading, words
from cards.fields import paragraph
from cards.literal import plain
from cards.presses import action, is_web, opening, row
from cards.when import Say, day, english

_LONGEST_REASON = 400
_MARKS: dict[KeepWay, tuple[str, Colour]] = {
    KeepWay.OPEN: ("➜", "Accent"),
    KeepWay.OWN: ("➜", "Accent"),
    KeepWay.AT_MOST: ("■", "Default"),
    KeepWay.ASKED: ("⏳", "Accent"),
    KeepWay.EXTENDED: ("✔", "Good"),
    KeepWay.ENDING: ("■", "Default"),
}


def card(outcome: KeepAccess, say: Say = english) -> dict[str, Any]:
    """Drawn anew once it is asked, and once it is decided. `say` speaks `outcome.language`."""
    icon, colour = _MARKS[outcome.way]
    body: list[CardElement] = [
        heading(plain(outcome.package_name, 120) or say("Access package")),
        words(f"{icon} {_standing(outcome, say)}", colour=colour, bold=True),
        *(words(line) for line in _lines(outcome, say)),
        *_reason(outcome, say),
        *row(_actions(outcome, say)),
    ]
    return finished(body, text(outcome, say), language=outcome.language or "en")


def text(outcome: KeepAccess, say: Say = english) -> str:
    """The same in plain text, with the link."""
    icon, _ = _MARKS[outcome.way]
    package = plain(outcome.package_name, 120) or say("Access package")
    link = [outcome.link] if _has_link(outcome) else []
    typed = [say("To ask, type: extend because, and your reason.")] if _asks(outcome) else []
    return "\n".join([f"{package}: {icon} {_standing(outcome, say)}", *_lines(outcome, say), *typed, *link])


def _asks(outcome: KeepAccess) -> bool:
    """Whether there is somebody to ask, and nobody was asked yet."""
    return outcome.way is KeepWay.OPEN and bool(outcome.whom)


def _standing(outcome: KeepAccess, say: Say) -> str:
    if outcome.way is KeepWay.EXTENDED and outcome.new_end:
        return say("Your access goes on until {date}.").format(date=_day(outcome, outcome.new_end, say))
    if outcome.way is KeepWay.ENDING:
        ends = _day(outcome, outcome.ends_at, say)
        return say("Your access is not extended: it ends on {date}.").format(date=ends)
    if outcome.way is KeepWay.ASKED:
        return say("You asked to keep this access. You will be told the answer.")
    return say("Access ends on {date}.").format(date=_day(outcome, outcome.ends_at, say))


def _lines(outcome: KeepAccess, say: Say) -> list[str]:
    names = ", ".join(plain(one, 80) for one in outcome.whom)
    contact = say("Ask the person who invited you if you still need it.")
    match outcome.way:
        case KeepWay.OWN if outcome.presses and outcome.new_end:
            date = _day(outcome, outcome.new_end, say)
            return [
                say("You can extend it yourself until {date}: choose Extend here, or in My Access.").format(date=date)
            ]
        case KeepWay.OWN:
            return [say("You can extend it yourself: open My Access, choose Active, then Extend.")]
        case KeepWay.AT_MOST:
            return [say("It cannot go on any longer: the access package allows no later end."), contact]
        case KeepWay.OPEN if names:
            return [say("This is decided by: {names}.").format(names=names)]
        case KeepWay.OPEN:
            return [contact]
        case KeepWay.ASKED:
            ends = say("Access ends on {date}.").format(date=_day(outcome, outcome.ends_at, say))
            asked = _day(outcome, outcome.asked_at or outcome.ends_at, say)
            return [*([say("Asked on {date}: {names}.").format(date=asked, names=names)] if names else []), ends]
        case _:
            return [say("Decided by {name}.").format(name=plain(outcome.by, 80))] if outcome.by else []


def _reason(outcome: KeepAccess, say: Say) -> list[CardElement]:
    if not _asks(outcome):
        return []
    return [paragraph("reason", say("Why you still need it (you may leave this out)"), "", limit=_LONGEST_REASON)]


def _actions(outcome: KeepAccess, say: Say) -> list[Action]:
    if _has_link(outcome):
        link = opening(say("Open My Access"), outcome.link, primary=not outcome.presses)
        return [*_own(outcome, say), link]
    if _asks(outcome):
        data = {"package": outcome.package_id}
        return [action(Press(say("Ask to keep it"), "extend.ask", data, style=Style.PRIMARY), with_inputs=True)]
    return []


def _own(outcome: KeepAccess, say: Say) -> list[Action]:
    """Extending in their own name, as far as the card says."""
    if not (outcome.presses and outcome.new_end):
        return []
    data = {"package": outcome.package_id, "seen": outcome.ends_at.isoformat()}
    return [action(Press(say("Extend"), "extend.own", data, style=Style.PRIMARY))]


def _has_link(outcome: KeepAccess) -> bool:
    return outcome.way is KeepWay.OWN and is_web(outcome.link)


def _day(outcome: KeepAccess, at: Any, say: Say) -> str:
    return day(at, outcome.time_zone, say)
