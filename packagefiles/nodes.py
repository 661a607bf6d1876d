"""What a file is made of once it is read: texts, lists and fields, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.building.filed import Spot


@dataclass(frozen=True, slots=True)
class Text:
    """A value as it was written. `bare`: without quotes, so that nothing at all means "not given"."""

    spot: Spot
    text: str
    bare: bool = True


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    spot: Spot
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fields:
    """Names with values. `keys`: where each name stands."""

    spot: Spot
    values: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Spot] = field(default_factory=dict)


Node = Text | Items | Fields


def is_blank(node: Node) -> bool:
    """Whether nothing was written: `key:` alone, `~` or `null`."""
    return isinstance(node, Text) and node.bare and node.text.casefold() in ("", "~", "null")
