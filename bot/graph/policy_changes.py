"""Tell what differs between two readings of a policy, and which part of the one became which part of the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.domain.building.subjects import Subject
from bot.domain.building.terms import Extension
from bot.graph.policy_subjects import key_of

Part = TypeVar("Part")


def differs(before: object | None, after: object, *names: str) -> bool:
    """Whether one of these fields changes; `before` None is a new part, where everything does.

    People are the same under another name: what they are called is theirs, not the policy's.
    """
    return before is None or any(_bare(getattr(before, name)) != _bare(getattr(after, name)) for name in names)


def aligned(before: Sequence[Part], after: Sequence[Part], same: Callable[[Part, Part], bool]) -> list[int | None]:
    """For each part of `after` the place of the part of `before` it was, None for a new one.

    First those that are the same, then those that stand at the same place as one that is left over.
    """
    left = list(range(len(before)))
    found: list[int | None] = []
    for part in after:
        place = next((one for one in left if same(before[one], part)), None)
        if place is not None:
            left.remove(place)
        found.append(place)
    for place, was in enumerate(found):
        if was is None and place in left:
            left.remove(place)
            found[place] = place
    return found


def _bare(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_bare(item) for item in value)
    if isinstance(value, Subject):
        return key_of(value)
    if isinstance(value, Extension):
        return value.at, value.id
    return value
