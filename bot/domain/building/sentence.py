"""Read what is typed behind `package new` or `package edit`: `key:value` in any order, with aliases and near misses.

The first quoted text, or the words before the first key, name the package. A value with spaces is quoted, or ends where
the next key begins. `-app:"Old"` and `-hidden` take something away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.building.contradicting import contradictions, without
from bot.domain.building.drafts import PackageDraft
from bot.domain.building.grammar import FLAGS, WORDS
from bot.domain.building.phrases import Token, ends_words, key_of, near_word, taken, takes_away, text_of, tokens
from bot.domain.building.sayings import Sayings
from bot.domain.building.singles import Contradiction

_FILLERS = frozenset("a an and the with please access".split())
_TO_NO = frozenset("no without".split())
_MOST_UNKNOWN = 20
_HAS_A_NAME = "\0"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood, and what was not.

    `dropped` holds what shall be taken away. `unknown`: words that fit nowhere, each with what it may have meant or "".
    `corrected`: misspelt keys that were read as the word beside them. `contradictions`: clauses that cannot both hold;
    the draft has neither. `remarks`: what cannot be had at all, in plain words.
    """

    draft: PackageDraft = PackageDraft()
    dropped: PackageDraft = PackageDraft()
    unknown: tuple[tuple[str, str], ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    remarks: tuple[str, ...] = ()


def read(words: str, *, named: bool = False) -> Reading:
    """The package a sentence describes; never raises, whatever is typed.

    `named`: the words are about a package that has its name, so only `name:` gives one.
    """
    return _Reader(tokens(words), named=named).run()


class _Reader:
    """Walks over the tokens once; each key takes what belongs to it."""

    def __init__(self, rest: list[Token], *, named: bool) -> None:
        self.rest = rest
        self.named = named
        self.added = Sayings()
        self.dropped = Sayings()
        if named:
            self.added.name = _HAS_A_NAME
        self.loose: list[Token] = []
        self.corrected: list[tuple[str, str]] = []
        self.unknown: list[tuple[str, str]] = []

    def run(self) -> Reading:
        while self.rest:
            token = self.rest[0]
            if token.key:
                self._settle_loose()
                self._key(self.rest.pop(0))
            elif token.quoted:
                self._settle_loose()
                self._name(self.rest.pop(0))
            elif ends_words(self.rest) and (self.added.name or not self.loose or len(self.rest) == 1):
                self._settle_loose()
                self._flag(self.rest.pop(0))
            elif not self._bare():
                self.loose.append(self.rest.pop(0))
        self._settle_loose()
        draft, dropped = self.added.draft(), self.dropped.draft()
        found = contradictions(self.added, self.dropped, draft, dropped, named=self.named)
        unknown = [*self.unknown, *self.added.unknown, *self.dropped.unknown]
        return Reading(
            without(replace(draft, name="") if draft.name == _HAS_A_NAME else draft, found),
            dropped,
            tuple((word[:60], hint) for word, hint in unknown[:_MOST_UNKNOWN]),
            (*self.corrected, *self.added.asking.corrected),
            found,
            tuple(dict.fromkeys(self.added.asking.remarks)),
        )

    def _name(self, token: Token) -> None:
        if self.added.name:
            self.unknown.append((token.text, ""))
        else:
            self.added.name = token.text

    def _settle_loose(self) -> None:
        """Words before any key name the package where nothing else does; later ones are not understood."""
        words, self.loose = self.loose, []
        if words and not self.added.name and not self.added.begun:
            self.added.name = text_of(words)
            return
        for token in words:
            if any(map(str.isalnum, token.word)) and token.word not in _FILLERS:
                self.unknown.append((token.text, _hint(near_word(token.word))))

    def _key(self, token: Token) -> None:
        key, near = key_of(token.key)
        if not key:
            values = taken(self.rest)
            self.unknown.append((f"{token.key}:{text_of(values)}", _hint(near)))
            return
        if near:
            self.corrected.append((token.key, near))
        sayings = self.dropped if token.key.startswith("-") else self.added
        sayings.clause(key, self.rest, said=token.key)

    def _flag(self, token: Token) -> None:
        key, _, value = token.flag.partition(":")
        self.added.clause(key, [Token(value)] if value else [])

    def _bare(self) -> bool:
        """A key without its colon counts where what follows is what it takes, and no name is being read."""
        if self.loose and not self.added.name:
            return False
        token, following = self.rest[0], self.rest[1] if len(self.rest) > 1 else Token("")
        if takes_away(token):
            said = self.rest.pop(0).word
            self.dropped.clause(WORDS[said.lstrip("-")], [], said=said)
            return True
        if token.word in _TO_NO and WORDS.get(following.word) in ("approve", "review"):
            del self.rest[:2]
            self.added.clause(WORDS[following.word], [Token("no")])
            return True
        if self.added.length(self.rest):
            return True
        key = WORDS.get(token.word, "")
        if not key or not self.added.fits(key, following):
            return False
        self.rest.pop(0)
        self.added.clause(key, self.rest)
        return True


def _hint(near: str) -> str:
    return f"{near}:" if near in WORDS and near not in FLAGS else near
