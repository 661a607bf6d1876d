"""The card with access that ends soon: a chart by week, a line for each, and a choice to extend or revoke."""

from __future__ import annotations

from datetime import date
from typing import Any

from microsoft_teams.cards.core import Action

from bot.domain.access import Assignment
from bot.domain.expiring import EndingWeek
from bot.domain.outcomes import Choice, Expiring, Press, Style
from cards import chart, listing
from cards.elements import CardElement, finished, heading, small, words
from cards.fields import one_of
from cards.literal import plain
from cards.presses import action, actions, row
from cards.when import ago, end

PICK = "pick"
_MORE = "and {count} more: name a package, or fewer days"
_MOST_CHOICES = 30
_LONGEST_PICK = 320
_MOST_BUTTONS = 6


def card(outcome: Expiring) -> dict[str, Any]:
    """Everybody can be chosen who fits; the buttons act on the one that is."""
    entries = (_entry(one, outcome) for one in outcome.ending)
    choices = _choices(outcome)
    body: list[CardElement] = [
        heading(_title(outcome)),
        *chart.chart(_bars(outcome)),
        *listing.fitting(entries, total=len(outcome.ending), more=_MORE),
        *([] if outcome.ending else [words(_none(outcome))]),
        *([small(_as_of(outcome))] if outcome.counted_at else []),
        *_picking(choices),
        *row(_actions(outcome, picking=bool(choices))),
    ]
    return finished(body, text(outcome))


def text(outcome: Expiring) -> str:
    """The same in plain text."""
    lines = [f"{_who(one)}: {_ends(one, outcome)}" for one in outcome.ending]
    shown = listing.lines(lines, total=len(lines), more=_MORE)
    told = [_title(outcome), *chart.lines(_bars(outcome)), *(shown or [_none(outcome)])]
    return "\n".join([*told, *([_as_of(outcome)] if outcome.counted_at else [])])


def _title(outcome: Expiring) -> str:
    days = "1 day" if outcome.days == 1 else f"{outcome.days} days"
    whose = ", guests I sponsor" if outcome.mine else ""
    package = f", {plain(outcome.package, 80)}" if outcome.package else ""
    count = f"the next {len(outcome.ending)}" if outcome.more else len(outcome.ending)
    return f"Access that ends within {days}{whose}{package} ({count})"


def _as_of(outcome: Expiring) -> str:
    more = "More ends in that time: name a package, or fewer days. " if outcome.more else ""
    return f"{more}As of {ago(outcome.counted_at or outcome.now, outcome.now)}."


def _none(outcome: Expiring) -> str:
    whose = " of a guest you sponsor" if outcome.mine else ""
    return f"✔ No access{whose} ends in that time."


def _bars(outcome: Expiring) -> list[chart.Bar]:
    return [("⏳", _week(one), one.count, "accent") for one in outcome.weeks] if outcome.ending else []


def _week(week: EndingWeek) -> str:
    if week.first == week.last:
        return _day(week.first)
    return f"{_day(week.first)} to {_day(week.last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _entry(one: Assignment, outcome: Expiring) -> list[CardElement]:
    return [words(_who(one), bold=True, spacing="Small"), small(_ends(one, outcome))]


def _who(one: Assignment) -> str:
    name, address = plain(one.person_name, 80), plain(one.person_address, 120)
    return (f"{name} ({address})" if name and name != address else address or name) or "Somebody without a name"


def _ends(one: Assignment, outcome: Expiring) -> str:
    ends = end(one.ends_at, outcome.now, outcome.time_zone) if one.ends_at else "never"
    return f"{plain(one.package_name, 80) or 'access package'}, ends on {ends}"


def _picking(choices: list[Choice]) -> list[CardElement]:
    """Nobody is chosen beforehand: a press of Revoke must mean somebody."""
    if not choices:
        return []
    return [one_of(PICK, "Whose access", choices, "", error="Choose whose access.", placeholder="Choose a guest")]


def _choices(outcome: Expiring) -> list[Choice]:
    """Those whom a command can name: an address, a package and an account."""
    known = (one for one in outcome.ending if one.person_address and " " not in one.person_address)
    made = [
        Choice(f"{_who(one)}, {plain(one.package_name, 80)}", f"{one.person_address} {one.package_id} {one.person_id}")
        for one in list(known)[:_MOST_CHOICES]
    ]
    return [one for one in made if len(one.value) <= _LONGEST_PICK]


def _actions(outcome: Expiring, *, picking: bool) -> list[Action]:
    others = actions(outcome.presses)[: _MOST_BUTTONS - 2]
    if not picking:
        return others
    longer = Press("Extend…", "expiring.extend", style=Style.PRIMARY)
    back = [action(Press("Revoke…", "expiring.revoke"), with_inputs=True)] if outcome.revokes else []
    return [action(longer, with_inputs=True), *back, *others]
