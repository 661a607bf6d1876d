"""Input fields: each with a label, and with words for what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from microsoft_teams.cards.core import Choice as CardChoice
from microsoft_teams.cards.core import ChoiceSetInput, DateInput, InputTextStyle, TextInput

from bot.domain.outcomes import Choice
from cards.elements import CardElement, words
from cards.literal import clipped, plain

#: Filtered sets of choices are worked on by the client: with more, typing a name is faster than finding it.
MOST_CHOICES = 100
_LONGEST_CHOICE = 80
_LONGEST_LINK = 2000


def line(
    name: str,
    label: str,
    value: str,
    *,
    error: str = "",
    placeholder: str = "",
    style: InputTextStyle | None = None,
    pattern: str | None = None,
    limit: int = 200,
) -> TextInput:
    """One line of text. With `error` it is required and that is what the client says when it is empty or unfit."""
    return TextInput(
        id=name,
        label=label,
        value=clipped(value, limit),
        is_required=True if error and not pattern else None,
        error_message=error or None,
        placeholder=placeholder or None,
        style=style,
        regex=pattern,
        max_length=limit,
    )


def paragraph(name: str, label: str, value: str, *, placeholder: str = "", limit: int = 1000) -> TextInput:
    """Several lines of text."""
    return TextInput(
        id=name,
        label=label,
        value=clipped(value, limit),
        placeholder=placeholder or None,
        is_multiline=True,
        max_length=limit,
    )


def one_of(
    name: str, label: str, choices: Sequence[Choice], value: str, *, error: str = "", open_list: bool = False
) -> ChoiceSetInput:
    """One of some choices; the list can be filtered by typing unless `open_list` shows every choice as a button."""
    kept = list(choices[:MOST_CHOICES])
    kept += [choice for choice in choices[MOST_CHOICES:] if choice.value == value]
    return ChoiceSetInput(
        id=name,
        label=label,
        choices=[CardChoice(title=plain(choice.title, _LONGEST_CHOICE), value=choice.value) for choice in kept],
        value=value or None,
        style="expanded" if open_list else "filtered",
        is_multi_select=False,
        is_required=True if error else None,
        error_message=error or None,
        wrap=True,
    )


def date(name: str, label: str, value: str) -> DateInput:
    """A calendar day, ISO."""
    return DateInput(id=name, label=label, value=value or None)


def problem(said: str) -> list[CardElement]:
    """What is wrong with the field above; nothing when nothing is."""
    return [words(f"✖ Problem: {said}", colour="Attention", spacing="None")] if said else []


def copying(link: str, message: str) -> list[CardElement]:
    """A link and a message in labelled fields, whose text every client lets people copy."""
    fields: list[CardElement] = [
        TextInput(
            id="copy_link",
            label="Request link: select all of it and copy",
            value=clipped(link, _LONGEST_LINK),
            is_multiline=len(link) > 60,
        )
    ]
    if message:
        label = "Message ready to paste"
        fields.append(TextInput(id="copy_text", label=label, value=message, is_multiline=True))
    return fields
