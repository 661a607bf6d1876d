"""The card with forgotten guests: a chart by group, a line for each with what gives pause, and whom to act on."""

from __future__ import annotations

from typing import Any

from microsoft_teams.cards.core import Action

from bot.domain.dormancy import Dormancy, Forgotten, Seen
from bot.domain.outcomes import Choice, Press, StaleGuests, Style
from cards import chart, fields, listing
from cards.elements import CardElement, ContainerStyle, finished, heading, small, words
from cards.literal import plain
from cards.presses import action, actions, row
from cards.when import day

PICKED = "picked"
_MORE = "and {count} more, less long forgotten"
_MOST_CHOICES = 25
_GROUPS: dict[Dormancy, tuple[str, str, ContainerStyle]] = {
    Dormancy.NEVER_REDEEMED: ("⏳", "Never accepted the invitation", "accent"),
    Dormancy.NEVER_SIGNED_IN: ("⚠", "Accepted, never signed in", "warning"),
    Dormancy.SILENT: ("⚠", "Not seen for long", "warning"),
    Dormancy.UNKNOWN: ("●", "Not known, left alone", "emphasis"),
    Dormancy.RESTING: ("●", "Let in again lately, left alone", "emphasis"),
    Dormancy.BLOCKED: ("✖", "Sign-in blocked", "attention"),
    Dormancy.ACTIVE: ("✔", "Active or new", "good"),
}


def card(outcome: StaleGuests) -> dict[str, Any]:
    """Whoever gives pause is not ticked beforehand."""
    entries = (_entry(one, outcome) for one in outcome.guests)
    body: list[CardElement] = [
        heading(_title(outcome)),
        *chart.chart(_bars(outcome)),
        *(small(said) for said in _said(outcome)),
        *listing.fitting(entries, total=outcome.total, more=_MORE, most=12),
        *([] if outcome.guests else [words(_none(outcome))]),
        *_ticks(outcome),
        *row(_actions(outcome)),
    ]
    return finished(body, text(outcome))


def text(outcome: StaleGuests) -> str:
    """The same in plain text."""
    lines = [f"{_who(one)}: {_how(one, outcome)}" for one in outcome.guests]
    shown = listing.lines(lines, total=outcome.total, more=_MORE)
    return "\n".join([_title(outcome), *chart.lines(_bars(outcome)), *_said(outcome), *(shown or [_none(outcome)])])


def _title(outcome: StaleGuests) -> str:
    if outcome.waiting:
        return f"Blocked here for {outcome.days} days and more ({outcome.total})"
    return f"Forgotten guests, {outcome.days} days ({outcome.total})"


def _none(outcome: StaleGuests) -> str:
    if outcome.waiting:
        return "✔ Nobody whom Usher blocked has been blocked for so long."
    return "✔ No guest was forgotten for so long."


def _bars(outcome: StaleGuests) -> list[chart.Bar]:
    return [
        (icon, said, outcome.counts[group], style)
        for group, (icon, said, style) in _GROUPS.items()
        if outcome.counts.get(group, 0) > 0
    ]


def _said(outcome: StaleGuests) -> list[str]:
    said = []
    if outcome.blind:
        said.append(f"Entra tells no sign-ins: {plain(outcome.blind, 200)}. Who accepted is left alone, therefore.")
    elif outcome.counts.get(Dormancy.UNKNOWN):
        said.append("Not known: Entra tells nothing of their sign-ins, which does not mean that there were none.")
    if outcome.waiting:
        said.append(f"Deleting can be taken back for 30 days. One run takes {outcome.cap} at most.")
    elif outcome.choose:
        said.append(f"One run blocks {outcome.cap} at most. Those who give pause (⚠) are not ticked.")
    elif outcome.guests:
        said.append(
            "The first look only reports. Nothing was done; from the second look on you can choose whom to block."
        )
    return said


def _entry(one: Forgotten, outcome: StaleGuests) -> list[CardElement]:
    return [words(_who(one), bold=True, spacing="Small"), small(_how(one, outcome))]


def _who(one: Forgotten) -> str:
    name, address = plain(one.guest.name, 80), plain(one.guest.address or one.guest.upn, 120)
    return (f"{name} ({address})" if name and name != address else address or name) or "A guest without a name"


def _how(one: Forgotten, outcome: StaleGuests) -> str:
    sleeper, zone = one.sleeper, outcome.time_zone
    seen = sleeper.sign_in.at
    match one.dormancy:
        case Dormancy.NEVER_REDEEMED:
            how = f"never accepted{_on(', invited on', one.guest.created_at, zone)}"
        case Dormancy.NEVER_SIGNED_IN:
            how = f"never signed in{_on(', here since', one.guest.created_at, zone)}"
        case _:
            known = "not known" if sleeper.sign_in.seen is Seen.UNKNOWN else "never"
            how = f"last seen {f'on {day(seen, zone)}' if seen else known}"
    marks = "; ".join(plain(mark, 120) for mark in one.marks[:4])
    return f"{how}{f'. ⚠ {marks}' if marks else ''}"


def _on(words_: str, at: Any, zone: str) -> str:
    return f"{words_} {day(at, zone)}" if at else ""


def _ticks(outcome: StaleGuests) -> list[CardElement]:
    if not outcome.choose:
        return []
    shown = [one for one in outcome.guests if one.guest.id][:_MOST_CHOICES]
    choices = [Choice(f"{'⚠ ' if one.marks else ''}{_who(one)}", one.guest.id[:60]) for one in shown]
    ticked = [] if outcome.waiting else [one.guest.id[:60] for one in shown if not one.marks][: max(outcome.cap, 0)]
    label = "Delete" if outcome.waiting else "Block"
    return [fields.many_of(PICKED, f"{label} these", choices, ticked=ticked)] if choices else []


def _actions(outcome: StaleGuests) -> list[Action]:
    others = actions(outcome.presses)[:5]
    if not outcome.choose or not _ticks(outcome):
        return others
    title = "Delete these…" if outcome.waiting else "Block these…"
    press = Press(title, outcome.choose[:60], {"days": str(outcome.days)}, style=Style.DANGER)
    return [action(press, with_inputs=True), *others]
