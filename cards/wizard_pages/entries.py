"""What the wizard's pages share: fields with their problems, yes or no, and the part that is folded away."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.building.inputs import unlisted, which
from bot.domain.outcomes import Ambiguous, Choice, WizardPage
from cards import fields
from cards.elements import CardElement, box, small, words
from cards.literal import plain
from cards.presses import row, toggling

_MOST_AMBIGUOUS = 4
_ROOM = 1200
_LONGEST_SAID = 200


def entry(
    outcome: WizardPage,
    name: str,
    label: str,
    value: str,
    *,
    field: str = "",
    placeholder: str = "",
    limit: int = 300,
    lines: bool = False,
) -> list[CardElement]:
    """A text field and what is wrong with it. What is too long for it is only shown, so that nothing is cut off."""
    wrong = problem(outcome, field or name)
    if len(value) > limit:
        return [words(f"{label}: {plain(value, _LONGEST_SAID)}"), small("Too long to change here."), *wrong]
    if lines:
        return [fields.paragraph(name, label, value, placeholder=placeholder, limit=limit), *wrong]
    return [fields.line(name, label, value, placeholder=placeholder, limit=limit), *wrong]


def names(
    outcome: WizardPage, name: str, label: str, refs: tuple[str, ...], *, field: str = "", placeholder: str = ""
) -> list[CardElement]:
    """A text field for several names, each shown with the id it stands for where that is known."""
    return entry(outcome, name, label, unlisted(refs, outcome.names), field=field, placeholder=placeholder, limit=1000)


def pick(
    outcome: WizardPage, name: str, label: str, choices: Sequence[Choice], value: str, *, field: str = ""
) -> list[CardElement]:
    """A short list, and what is wrong with what was chosen."""
    return [fields.one_of(name, label, choices, value, short=True), *problem(outcome, field or name)]


def toggle(outcome: WizardPage, name: str, label: str, title: str, *, on: bool) -> list[CardElement]:
    """A yes or no, and what is wrong with it."""
    return [fields.toggle(name, label, title, on=on), *problem(outcome, name)]


def problem(outcome: WizardPage, field: str) -> list[CardElement]:
    """What is wrong with this field, and the things it may mean as a list to choose from."""
    asked = [
        fields.one_of(which(one.ref), f"Which “{plain(one.ref, 60)}” do you mean?", one.choices, "", room=_ROOM)
        for one in _asked(outcome)
        if one.field == field
    ]
    return [*fields.problem(outcome.problems.get(field, "")), *asked]


def _asked(outcome: WizardPage) -> list[Ambiguous]:
    """Each reference once, and as many as a page asks at once; the others are asked when these are answered."""
    first = {one.ref: one for one in reversed(outcome.ambiguous)}
    return list(first.values())[::-1][:_MOST_AMBIGUOUS]


def more(title: str, items: Sequence[CardElement], *, shown: bool) -> list[CardElement]:
    """The rarer fields behind a button; `shown` when one of them holds something or is wrong."""
    return [*row([toggling(title, "more")]), box(items, name="more", hidden=not shown)]
