"""The few card elements Usher uses, typed by Microsoft's own classes and right by default: wrapped and escaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from microsoft_teams.cards.core import (
    ActionSet,
    AdaptiveCard,
    CardElement,
    Column,
    ColumnSet,
    Container,
    ContainerStyle,
    Fact,
    FactSet,
    Spacing,
    TextBlock,
    TextColor,
)

from cards.literal import clipped, literal, plain_lines

__all__ = [
    "CardElement",
    "Colour",
    "ContainerStyle",
    "bar",
    "beside",
    "block",
    "box",
    "facts",
    "finished",
    "heading",
    "small",
    "subheading",
    "words",
]

Colour = TextColor
LONGEST_NAME = 120
LONGEST_TEXT = 700
_FALLBACK_LENGTH = 600
#: Shown for an empty name or text, of which clients would show no trace.
_NOTHING = "…"
_TWIN_LENGTH = 2000

LARGEST = 22_500
"""Bytes of a card; Teams refuses messages of more than about 28 KB.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
"""


def heading(title: str) -> TextBlock:
    """The title of a card; screen readers can jump to it. `title` is plain text."""
    return TextBlock(
        text=literal(title, 2 * LONGEST_NAME) or _NOTHING, style="heading", size="Large", weight="Bolder", wrap=True
    )


def subheading(title: str) -> TextBlock:
    """A heading inside a card. `title` is plain text."""
    return TextBlock(
        text=literal(title, LONGEST_NAME) or _NOTHING,
        style="heading",
        weight="Bolder",
        spacing="Medium",
        wrap=True,
    )


def words(text: str, *, colour: Colour | None = None, bold: bool = False, spacing: Spacing | None = None) -> TextBlock:
    """A line of plain text."""
    return block(literal(text, LONGEST_TEXT) or _NOTHING, colour=colour, bold=bold, spacing=spacing)


def small(text: str) -> TextBlock:
    """A quieter line of plain text under something."""
    return TextBlock(
        text=literal(text, LONGEST_TEXT) or _NOTHING, size="Small", is_subtle=True, spacing="None", wrap=True
    )


def block(
    markdown: str, *, colour: Colour | None = None, bold: bool = False, spacing: Spacing | None = None
) -> TextBlock:
    """A line of markdown: every part from outside must have gone through `literal`."""
    return TextBlock(
        text=markdown,
        color=colour,
        weight="Bolder" if bold else None,
        spacing=spacing,
        wrap=True,
    )


def box(
    items: Sequence[CardElement],
    *,
    style: ContainerStyle | None = None,
    spacing: Spacing | None = None,
    name: str | None = None,
    hidden: bool = False,
) -> Container:
    """Elements held together, on a ground of their own when `style` is given."""
    return Container(
        items=list(items),
        style=style,
        spacing=spacing,
        id=name,
        is_visible=False if hidden else None,
    )


def beside(left: CardElement, right: Sequence[CardElement], spacing: Spacing = "Small") -> ColumnSet:
    """An icon, and what it stands for next to it: two columns are what a phone still shows well."""
    columns = [
        Column(items=[left], width="24px"),
        Column(items=list(right), width="stretch", spacing="Small"),
    ]
    return ColumnSet(columns=columns, spacing=spacing)


def bar(parts: Sequence[tuple[str, ContainerStyle]]) -> ColumnSet:
    """A bar of equal parts, each with its icon: what is done, what is next, what comes later. Words stand beside it."""
    columns = [
        Column(
            items=[TextBlock(text=icon, horizontal_alignment="Center", wrap=True)],
            width="stretch",
            style=style,
            spacing="Small",
        )
        for icon, style in parts
    ]
    return ColumnSet(columns=columns, spacing="Small")


def facts(pairs: Sequence[tuple[str, str]]) -> list[CardElement]:
    """Title and value pairs, plain text; nothing where there are none."""
    if not pairs:
        return []
    rows = [Fact(title=literal(title, LONGEST_NAME), value=literal(value, LONGEST_TEXT)) for title, value in pairs]
    return [FactSet(facts=rows)]


def finished(body: Sequence[CardElement], twin: str, *, language: str = "en") -> dict[str, Any]:
    """The card as Teams takes it, always small enough.

    `twin` is its text twin: a client that cannot draw the card shows it, and it takes the place of a body that names
    and messages have made too large; buttons stay, and what they unfold where it is not too large itself.
    """
    made = _card(body, twin, language)
    if _bytes(made) > LARGEST:
        made = _card([*_paragraphs(twin), *(each for each in body if _acts(each))], twin, language)
    if _bytes(made) > LARGEST:
        made = _card([*_paragraphs(twin), *(each for each in body if isinstance(each, ActionSet))], twin, language)
    plain: dict[str, Any] = made.model_dump(by_alias=True, exclude_none=True)
    return {"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", **plain}


def _bytes(made: AdaptiveCard) -> int:
    return len(made.model_dump_json(by_alias=True, exclude_none=True).encode())


def _card(body: Sequence[CardElement], twin: str, language: str) -> AdaptiveCard:
    fallback = clipped(twin, _FALLBACK_LENGTH) or "Usher"
    return AdaptiveCard(version="1.5", body=list(body), lang=language[:35], fallback_text=fallback)


def _paragraphs(twin: str) -> list[CardElement]:
    title, *lines = plain_lines(twin, _TWIN_LENGTH) or ["Usher"]
    return [heading(title), *(words(line) for line in lines)]


def _acts(element: CardElement) -> bool:
    return isinstance(element, ActionSet) or (isinstance(element, Container) and element.is_visible is False)
