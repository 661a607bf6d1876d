"""The card of one access package: what it opens, on which terms, how much it is used, and what can be done with it."""

from __future__ import annotations

from typing import Any

from microsoft_teams.cards.core import Action

from bot.domain.building.facts import Use
from bot.domain.outcomes import PackageView, PolicyView
from cards import chart, listing
from cards.elements import CardElement, box, facts, finished, heading, small, subheading, words
from cards.fields import copying
from cards.literal import plain
from cards.presses import MOST, actions, is_web, row, toggling
from cards.tones import MARKS
from cards.when import moment

_COPY = "copy"
_LONGEST_NAME = 120
_LONGEST_LINE = 300
_MOST_OPENED = 10
_MOST_POLICIES = 4
_MOST_LINES = 24
"""Settings of all policies together; each of them shows `_FEWEST_LINES` at least."""
_FEWEST_LINES = 9
_MOST_CHANGES = 5


def card(outcome: PackageView) -> dict[str, Any]:
    """The whole card."""
    body: list[CardElement] = [
        heading(plain(outcome.name, _LONGEST_NAME)),
        *_state(outcome),
        *facts(_facts(outcome)),
        *_opens(outcome),
        *_policies(outcome),
        *_used(outcome),
        *_sound(outcome),
        *_changes(outcome),
        *_copying(outcome),
        *row(_actions(outcome)),
    ]
    return finished(body, text(outcome))


def text(outcome: PackageView) -> str:
    """The same in plain text."""
    tone, said = outcome.state
    opened = listing.lines(outcome.opens, total=len(outcome.opens), more="and {count} more", most=_MOST_OPENED)
    policies = [f"{plain(one.name, _LONGEST_NAME)}: {plain(one.headline, _LONGEST_LINE)}" for one in outcome.policies]
    used = chart.lines(_bars(outcome.use, outcome.within_days)) if outcome.use else []
    changes = [f"- {_change(outcome, at)}" for at in range(len(outcome.changes[:_MOST_CHANGES]))]
    link = [f"Request link: {outcome.link}"] if is_web(outcome.link) else []
    return "\n".join(
        [
            f"{plain(outcome.name, _LONGEST_NAME)}: {MARKS[tone].icon} {plain(said, _LONGEST_LINE)}",
            *(f"{title}: {value}" for title, value in _facts(outcome)),
            "Opens: " + ("; ".join(plain(each, _LONGEST_LINE) for each in opened) or "nothing yet"),
            *listing.lines(policies, total=len(policies), more="and {count} more policies", most=_MOST_POLICIES),
            *used,
            f"{MARKS[outcome.sound[0]].label}: {plain(outcome.sound[1], _LONGEST_LINE)}",
            *(["Last changes:", *changes] if changes else []),
            *link,
        ]
    )


def _state(outcome: PackageView) -> list[CardElement]:
    tone, said = outcome.state
    mark = MARKS[tone]
    return [words(f"{mark.icon} {plain(said, _LONGEST_LINE)}", colour=mark.colour, bold=True)]


def _facts(outcome: PackageView) -> list[tuple[str, str]]:
    shown = "Hidden: only its link leads to it" if outcome.hidden else "Listed in My Access"
    described = [("Description", plain(outcome.description, _LONGEST_LINE))] if outcome.description.strip() else []
    return [*described, ("Catalog", plain(outcome.catalog, _LONGEST_NAME)), ("Visibility", shown)]


def _opens(outcome: PackageView) -> list[CardElement]:
    rows = [[words(f"• {plain(each, _LONGEST_LINE)}", spacing="Small")] for each in outcome.opens]
    shown = listing.fitting(rows, total=len(rows), more="and {count} more", most=_MOST_OPENED)
    return [subheading("Opens"), *(shown or [words("Nothing yet: it has no resources.", spacing="Small")])]


def _policies(outcome: PackageView) -> list[CardElement]:
    """Each policy in one line, and what stands behind it; the settings of the first few in full."""
    most = max(_FEWEST_LINES, _MOST_LINES // max(len(outcome.policies), 1))
    rows = [_policy(one, most) for one in outcome.policies]
    shown = listing.fitting(rows, total=len(rows), more="and {count} more policies", most=_MOST_POLICIES)
    nobody = "No policy: nobody can ask for it, and nobody can be assigned."
    return [subheading("Who gets it, and how"), *(shown or [words(nobody, spacing="Small")])]


def _policy(one: PolicyView, most: int) -> list[CardElement]:
    """A line is left out only with at least one other, whose place the line that says so would take."""
    lines = [plain(each, _LONGEST_LINE) for each in one.lines]
    shown = lines if len(lines) <= most + 1 else lines[:most]
    more = [f"and {len(lines) - most} more settings"] if len(shown) < len(lines) else []
    return [
        words(plain(one.name, _LONGEST_NAME), bold=True, spacing="Small"),
        words(plain(one.headline, _LONGEST_LINE), spacing="None"),
        *(small(each) for each in [*shown, *more]),
    ]


def _bars(use: Use, days: int) -> list[chart.Bar]:
    return [
        ("✔", "Assigned", use.assigned, "good"),
        ("⏳", "Waiting for an answer or delivery", use.waiting, "accent"),
        ("⚠", f"Ending within {days} days", use.expiring, "warning"),
    ]


def _used(outcome: PackageView) -> list[CardElement]:
    if outcome.use is None:
        return [subheading("In use"), words("Entra did not say just now how many people have it.", spacing="Small")]
    return [subheading("In use"), *chart.chart(_bars(outcome.use, outcome.within_days))]


def _sound(outcome: PackageView) -> list[CardElement]:
    tone, said = outcome.sound
    mark = MARKS[tone]
    return [subheading("Checked"), words(f"{mark.label}: {plain(said, _LONGEST_LINE)}", colour=mark.colour)]


def _changes(outcome: PackageView) -> list[CardElement]:
    if not outcome.changes:
        return []
    lines = [small(_change(outcome, at)) for at in range(len(outcome.changes[:_MOST_CHANGES]))]
    return [subheading("Last changes made here"), *lines]


def _change(outcome: PackageView, at: int) -> str:
    entry = outcome.changes[at]
    when = f"{moment(entry.at, outcome.time_zone)}: " if entry.at else ""
    return f"{when}{plain(entry.text, _LONGEST_LINE)}"


def _copying(outcome: PackageView) -> list[CardElement]:
    if not is_web(outcome.link):
        return []
    name = plain(outcome.name, _LONGEST_NAME)
    line = f"Please use this link to ask for access to {name}: {outcome.link}"
    return [box(copying(outcome.link, line), name=_COPY, hidden=True)]


def _actions(outcome: PackageView) -> list[Action]:
    """Copying is the client's own, so that it works for whoever may only look."""
    copy: list[Action] = [toggling("Copy link", _COPY)] if is_web(outcome.link) else []
    shown = actions(outcome.presses)[: MOST - len(copy)]
    return [*shown[:1], *copy, *shown[1:]]
