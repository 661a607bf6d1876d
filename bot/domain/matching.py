"""Find what a person meant by a name, and what they may have meant when nothing fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Generic, TypeVar

T = TypeVar("T")
MOST_CHARACTERS = 256
"""No name in Entra is longer; likeness of longer texts would take long to compute."""


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """`one` is set when the name fits exactly one; otherwise `several` fit, or `near` ones are suggested."""

    one: T | None = None
    several: tuple[T, ...] = ()
    near: tuple[T, ...] = ()


def match(wanted: str, things: Iterable[T], *, name: Callable[[T], str], key: Callable[[T], str]) -> Match[T]:
    """By id, by exact name, by name without case, by the beginning of the name, then by likeness.

    "the Partner project package" is Partner project, unless something is called just that.
    """
    all_things = tuple(things)
    bare = " ".join(wanted[:MOST_CHARACTERS].split()).casefold()
    core = bare.removeprefix("the ").removesuffix(" access package").removesuffix(" package")
    ways: tuple[Callable[[T], bool], ...] = (
        lambda thing: key(thing).casefold() == bare,
        lambda thing: name(thing) == wanted,
        lambda thing: " ".join(name(thing).split()).casefold() == bare,
        lambda thing: bool(bare) and name(thing).casefold().startswith(bare),
        lambda thing: bool(core) and name(thing).casefold().startswith(core),
    )
    for fits in ways:
        found = tuple(thing for thing in all_things if fits(thing))
        if len(found) == 1:
            return Match(one=found[0])
        if found:
            return Match(several=found)
    return Match(near=_near(bare, all_things, name))


def _near(bare: str, things: tuple[T, ...], name: Callable[[T], str]) -> tuple[T, ...]:
    by_name = {name(thing).casefold(): thing for thing in things}
    close = get_close_matches(bare, list(by_name), n=3, cutoff=0.5)
    holding = [key for key in by_name if bare and bare in key and key not in close]
    return tuple(by_name[key] for key in (close + holding)[:3])
