"""The card of a small form: labelled inputs, what is wrong beside each, one button."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import Field, FieldKind, Form, Press
from cards import fields
from cards.elements import CardElement, finished, heading, words
from cards.literal import plain
from cards.presses import action, row

_MOST_FIELDS = 12
_LONGEST_ID = 40
_LONGEST_VALUE = 256
_LONGEST_NOTE = 300
_MOST_NOTES = 6


def card(outcome: Form) -> dict[str, Any]:
    """Only the submit button checks and sends the inputs."""
    inputs: list[CardElement] = []
    for name, each in _shown(outcome).items():
        inputs += [_input(name, each), *fields.problem(outcome.problems.get(name, ""))]
    data = {name[:_LONGEST_ID]: value[:_LONGEST_VALUE] for name, value in list(outcome.data.items())[:_MOST_FIELDS]}
    submit = Press(outcome.submit, outcome.verb, data, style=outcome.style)
    body: list[CardElement] = [
        heading(outcome.title),
        *(words(note) for note in _notes(outcome)),
        *inputs,
        *row([action(submit, with_inputs=True), action(Press("Cancel", "cancel"))]),
    ]
    return finished(body, text(outcome))


def text(outcome: Form) -> str:
    """What is asked, what is wrong, and the sentence that says the same."""
    problems = [
        f"✖ {plain(each.label, 80)}: {plain(outcome.problems[name], 200)}"
        for name, each in _shown(outcome).items()
        if outcome.problems.get(name)
    ]
    sentence = [f"Fill in the form, or type: {plain(outcome.sentence, 300)}"] if outcome.sentence else []
    return "\n".join([plain(outcome.title, 200) or "Please fill in", *_notes(outcome), *problems, *sentence])


def _shown(outcome: Form) -> dict[str, Field]:
    """Fields by input id, each once."""
    named = {each.name[:_LONGEST_ID]: each for each in reversed(outcome.fields[:_MOST_FIELDS]) if each.name}
    return dict(reversed(named.items()))


def _notes(outcome: Form) -> list[str]:
    """Notes, and problems that belong to no field."""
    elsewhere = [f"✖ Problem: {said}" for name, said in outcome.problems.items() if name not in _shown(outcome)]
    told = [plain(each, _LONGEST_NOTE) for each in (*elsewhere, *outcome.notes)]
    return [each for each in told if each][:_MOST_NOTES]


def _input(name: str, each: Field) -> CardElement:
    label = plain(each.label, 120) or name
    match each.kind:
        case FieldKind.LIST | FieldKind.BUTTONS if each.choices:
            shown_whole = each.kind is FieldKind.BUTTONS and len(each.choices) <= _MOST_FIELDS
            return fields.one_of(name, label, each.choices, each.value, error=each.required, open_list=shown_whole)
        case FieldKind.PARAGRAPH:
            return fields.paragraph(name, label, each.value, placeholder=each.placeholder)
        case _:
            return fields.line(name, label, each.value, error=each.required, placeholder=each.placeholder, limit=400)
