"""What a command is about, by name from words or by id from a card: catalogs and connected organizations alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from bot.commands.command import Value, text_of
from bot.domain import clauses
from bot.domain.matching import match
from bot.domain.outcomes import Press, Said, Tone

_MOST_CHOICES = 5


@dataclass(frozen=True, slots=True)
class Which:
    """One thing as somebody meant it: by name, or by id from a card; `others` were quoted behind it."""

    name: str = ""
    id: str = ""
    others: tuple[str, ...] = ()


class Thing(Protocol):
    """What has an id and a name."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


One = TypeVar("One", bound=Thing)


@dataclass(frozen=True, slots=True)
class Sort:
    """What is looked for: `noun` in the words of answers, `key` in cards, `every` shows them all."""

    noun: str
    key: str
    every: Press


def parse(words: str, value: Value, *, key: str) -> Which:
    """The first quoted text, or else all words; from a card what stands under `key`."""
    if value:
        return Which(id=text_of(value, key))
    read = clauses.read(words)
    return Which(read.name[:256], others=tuple(one[:80] for one in read.quoted[1:4]))


def asked_back(wanted: Which, known: Sequence[Thing], sort: Sort) -> Said | None:
    """The answer to a wish that cannot be looked for; None when it can. `known` counts where an id is wanted."""
    if wanted.others:
        text = f"Nothing was changed. Besides “{wanted.name[:80]}” I read “{'”, “'.join(wanted.others)}”."
        return Said(f"One {sort.noun} at a time, please", text, Tone.WARNING, presses=(sort.every,))
    if wanted.id and all(one.id != wanted.id for one in known):
        return Said(f"That {sort.noun} is gone", "Nothing was changed.", Tone.WARNING, presses=(sort.every,))
    return None


def near(name: str, known: Sequence[One], sort: Sort) -> tuple[str, tuple[One, ...]]:
    """What to say of a name that nothing has, and what comes near it: offered, never taken."""
    found = match(name, known, name=lambda one: one.name, key=lambda one: one.id)
    fitting = (found.one,) if found.one else found.several or found.near
    return ("Did you mean one of these?" if fitting else f"Type {sort.every.verb} to see them all."), fitting


def choose(
    title: str, text: str, things: Sequence[One], sort: Sort, *, press: Press, about: Callable[[One], str]
) -> Said:
    """A button for each thing that says `press` with its id filled in; `about` tells them apart."""
    shown = things[:_MOST_CHOICES]
    choices = [replace(press, title=one.name, data={**press.data, sort.key: one.id}) for one in shown]
    points = [f"{one.name}: {about(one)}" for one in shown if about(one)]
    return Said(title, text, Tone.WARNING, points=tuple(points), presses=(*choices, sort.every))
