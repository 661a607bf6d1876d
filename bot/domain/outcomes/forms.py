"""A small form: a few labelled inputs and one button."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.outcomes.parts import Choice, Style


class FieldKind(StrEnum):
    """What a field looks like: one line, several, a list to filter, or every choice as a button."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    LIST = "list"
    BUTTONS = "buttons"


@dataclass(frozen=True, slots=True)
class Field:
    """One input. `required` is what is said when it is left empty ("" when it may be)."""

    name: str
    label: str
    value: str = ""
    kind: FieldKind = FieldKind.LINE
    choices: tuple[Choice, ...] = ()
    placeholder: str = ""
    required: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Sent, it comes back with `verb`, `data` and the fields by name. `problems`: field name -> plain words.

    `sentence` does the same when typed.
    """

    title: str
    fields: tuple[Field, ...]
    verb: str
    submit: str
    sentence: str = ""
    data: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problems: dict[str, str] = field(default_factory=dict)
    style: Style = Style.PRIMARY
