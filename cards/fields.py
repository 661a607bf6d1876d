"""Input fields: each with a label, and with words for what is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from microsoft_teams.cards.core import Choice as CardChoice
from microsoft_teams.cards.core import ChoiceSetInput, DateInput, InputTextStyle, TextInput, ToggleInput

from bot.domain.outcomes import Choice
from cards.elements import CardElement, words
from cards.literal import clipped, plain

#: Bytes for the choices of one field: some fifty packages. Others are reached by typing their name in a sentence.
_ROOM_FOR_CHOICES = 6000
_LONGEST_CHOICE = 60
_LONGEST_PROBLEM = 400
LONGEST_LINK = 1000


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
    name: str,
    label: str,
    choices: Sequence[Choice],
    value: str,
    *,
    error: str = "",
    open_list: bool = False,
    short: bool = False,
    room: int = _ROOM_FOR_CHOICES,
    placeholder: str = "",
) -> ChoiceSetInput:
    """One of some choices. The list can be filtered by typing, unless `open_list` shows every choice as a button or
    the list is `short` enough to look through. `room`: bytes the choices may take.

    As many of the first choices are offered as leave room for the rest of the card; the chosen one and the last,
    which often is "none", always are. `value` matches a choice's value, or its title as typed.
    """
    chosen = _chosen(choices, value)
    offered = _offered(choices, chosen, room)
    titles = [(_title(each), each.value) for each in offered]
    return ChoiceSetInput(
        id=name,
        key=_key(name, titles),
        label=label,
        choices=[CardChoice(title=title, value=each) for title, each in titles],
        value=chosen or None,
        style="expanded" if open_list else "compact" if short else "filtered",
        placeholder=placeholder or None,
        is_multi_select=False,
        is_required=True if error else None,
        error_message=error or None,
        wrap=True,
    )


def many_of(name: str, label: str, choices: Sequence[Choice], *, ticked: Sequence[str] = ()) -> ChoiceSetInput:
    """Any of some choices, to be ticked; sent as one text with commas, so that no value may hold one."""
    titles = [(_title(each), each.value) for each in choices if "," not in each.value]
    on = [value for _, value in titles if value in ticked]
    return ChoiceSetInput(
        id=name,
        key=_key(name, titles),
        label=label,
        choices=[CardChoice(title=title, value=each) for title, each in titles],
        value=",".join(on) or None,
        style="expanded",
        is_multi_select=True,
        wrap=True,
    )


def _key(name: str, choices: Sequence[tuple[str, str]]) -> str:
    """Another list of choices is another field: Microsoft's renderer goes on showing the choices that the card before
    had in this place, unless the key tells the two apart.
    """
    return f"{name}-{hashlib.sha256(repr(choices).encode(errors='replace')).hexdigest()[:8]}"


def toggle(name: str, label: str, title: str, *, on: bool) -> ToggleInput:
    """A yes or no, sent as "yes" or "no"; `title` says what a yes means."""
    return ToggleInput(
        id=name, label=label, title=title, value="yes" if on else "no", value_on="yes", value_off="no", wrap=True
    )


def _offered(choices: Sequence[Choice], chosen: str, room: int) -> list[Choice]:
    offered: list[Choice] = []
    for choice in choices:
        room -= len((_title(choice) + choice.value).encode()) + 24
        if room >= 0 or choice.value == chosen or choice is choices[-1]:
            offered.append(choice)
    return offered


def _title(choice: Choice) -> str:
    return plain(choice.title, _LONGEST_CHOICE) or choice.value


def _chosen(choices: Sequence[Choice], value: str) -> str:
    """A value that no choice has would leave the field looking empty but answered."""
    wanted = value.strip().casefold()
    by_title = (choice.value for choice in choices if choice.title.strip().casefold() == wanted)
    return next((choice.value for choice in choices if choice.value == value), next(by_title, ""))


def date(name: str, label: str, value: str) -> DateInput:
    """A calendar day, ISO."""
    return DateInput(id=name, label=label, value=value or None)


def problem(said: str) -> list[CardElement]:
    """What is wrong with the field above; nothing when nothing is."""
    return [words(f"✖ Problem: {clipped(said, _LONGEST_PROBLEM)}", colour="Attention", spacing="None")] if said else []


def copying(link: str, message: str) -> list[CardElement]:
    """A link and a message in labelled fields, whose text every client lets people copy."""
    fields: list[CardElement] = [
        TextInput(
            id="copy_link",
            label="Request link: select all of it and copy",
            value=clipped(link, LONGEST_LINK),
            is_multiline=len(link) > 60,
        )
    ]
    if message:
        label = "Message ready to paste"
        fields.append(TextInput(id="copy_text", label=label, value=message, is_multiline=True))
    return fields
