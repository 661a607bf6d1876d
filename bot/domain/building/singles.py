"""Settings that a sentence can give once: what was said of each, and what contradicted it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.building.phrases import Token, text_of

_MOST_SHOWN = 12
_MOST_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two clauses that cannot both hold, as they were written. `field`: the field of a draft they are about."""

    field: str
    first: str
    second: str

    @property
    def text(self) -> str:
        """In plain words."""
        return f"“{self.first}” and “{self.second}” contradict each other. Say only one of them."


class Singles:
    """What was given so far. `begin` tells which clause is being read; what is given then was written there."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.contradictions: list[Contradiction] = []
        self.written: dict[str, str] = {}
        self._key = ""
        self._before: Sequence[Token] = ()
        self._length = 0
        self._rest: list[Token] = []

    def begin(self, key: str, rest: list[Token]) -> None:
        """`key` as it was written, "" for a clause without one; the clause takes its words from the front of `rest`."""
        self._key, self._rest = key, rest
        self._before, self._length = rest[:_MOST_SHOWN], len(rest)

    @property
    def clause(self) -> str:
        """The clause being read, as far as it was read."""
        text = text_of(list(self._before[: self._length - len(self._rest)]))
        return (f"{self._key}:{text}" if self._key and text else self._key or text)[:_MOST_LETTERS]

    def note(self, name: str) -> None:
        """This clause says something of `name`."""
        self.written.setdefault(name, self.clause)

    def give(self, name: str, value: str, *, field: str = "") -> None:
        """The value of `name`, unless another one was given; "" is none. `field` where the draft calls it otherwise."""
        if not value:
            return
        if self.values.setdefault(name, value).casefold() != value.casefold():
            self.clash(field or name, name, self.clause)
        self.note(name)

    def clash(self, field: str, first: str, second: str) -> None:
        """What was written of `first` cannot hold beside the clause `second`."""
        found = Contradiction(field, self.written.get(first, first), second)
        if found not in self.contradictions:
            self.contradictions.append(found)
