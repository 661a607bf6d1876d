"""Resource roles: what the package opens, with a role in each, and lists to add from."""

from __future__ import annotations

from microsoft_teams.cards.core import Column, ColumnSet

from bot.domain.outcomes import Choice, ResourceRow, WizardPage
from cards import fields
from cards.elements import CardElement, small, subheading, words
from cards.literal import plain
from cards.wizard_pages.entries import more, problem

MOST_ROWS = 8
_ROOM_FOR_ROLES = 700
_ROOM_FOR_LIST = 3300
_KINDS = {"app": "Application", "group": "Group or team", "site": "SharePoint site"}


def body(outcome: WizardPage) -> list[CardElement]:
    """The resources so far, then three lists to add from, then the field for names that are in none of them."""
    return [*_rows(outcome), *_adding(outcome), *_typed()]


def _rows(outcome: WizardPage) -> list[CardElement]:
    if not outcome.rows:
        return [words("Choose what people with this package may open."), *problem(outcome, "resources")]
    shown: list[CardElement] = [subheading("In this package")]
    shown += [_row(at, one) for at, one in enumerate(outcome.rows[:MOST_ROWS])]
    shown += [
        words(f"{one.name} ({_kind(one.kind)}): {one.role or 'the usual role'}")
        for one in outcome.rows[MOST_ROWS : 2 * MOST_ROWS]
    ]
    if len(outcome.rows) > 2 * MOST_ROWS:
        shown.append(small(f"and {len(outcome.rows) - 2 * MOST_ROWS} more"))
    return [*shown, *problem(outcome, "resources")]


def _row(at: int, one: ResourceRow) -> CardElement:
    name = plain(one.name, 60)
    said: list[CardElement] = [words(f"{one.name} ({_kind(one.kind)})", bold=True)]
    said += [small(f"● {one.note}")] if one.note else []
    if one.roles:
        role = fields.one_of(f"role.{at}", f"Role in {name}", one.roles, one.role, short=True, room=_ROOM_FOR_ROLES)
        said.append(role)
    else:
        said.append(fields.line(f"role.{at}", f"Role in {name}", one.role, placeholder="Left empty: the usual role"))
    leave = fields.toggle(f"remove.{at}", f"Remove {plain(one.name, 24)}", "Yes, remove", on=False)
    columns = [
        Column(items=said, width="stretch"),
        Column(items=[leave], width="auto", vertical_content_alignment="Bottom"),
    ]
    return ColumnSet(columns=columns, spacing="Medium")


def _kind(kind: str) -> str:
    return _KINDS.get(kind, kind).casefold().replace("sharepoint", "SharePoint")


def _adding(outcome: WizardPage) -> list[CardElement]:
    return [
        subheading("Add to it"),
        *(_list(kind, label, outcome.choices.get(kind, ())) for kind, label in _KINDS.items()),
    ]


def _list(kind: str, label: str, choices: tuple[Choice, ...]) -> CardElement:
    """A list to search; a list of nothing is said to be so, since some clients refuse to draw one."""
    if not choices:
        return small(f"{label}: nothing more to choose")
    return fields.one_of(f"add.{kind}", label, choices, "", room=_ROOM_FOR_LIST, placeholder="Type to search")


def _typed() -> list[CardElement]:
    kinds = tuple(Choice(label, kind) for kind, label in _KINDS.items())
    typed: list[CardElement] = [
        fields.line("add.name", "Its name, id or web address", "", limit=400),
        fields.one_of("add.kind", "What it is", kinds, "app", short=True),
    ]
    return more("Not in the lists?", typed, shown=False)
