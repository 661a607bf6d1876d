"""Who may ask for a package, as the clauses of a sentence say it."""

from __future__ import annotations

from difflib import get_close_matches

from bot.domain.building import values
from bot.domain.building.grammar import AUDIENCE_WORDS
from bot.domain.building.phrases import Token, several, taken, text_of
from bot.domain.building.singles import Singles

NO_GUESTS_ONLY = (
    "Entra has no setting for guests only. Say for:all-users (members and guests), for:all-organizations (guests of "
    "connected organizations), for:anyone (anyone outside), or for: and a group of guests."
)
GUESTS = frozenset("guests guest guest-users guests-only only-guests all-guests".split())


class Asking:
    """What was said about who may ask so far. `remarks`: what cannot be had, with what comes near."""

    KEYS = frozenset("users org".split())

    def __init__(self, singles: Singles) -> None:
        self.targets: list[str] = []
        self.corrected: list[tuple[str, str]] = []
        self.remarks: list[str] = []
        self._singles = singles

    def clause(self, key: str, rest: list[Token]) -> None:
        """Reads what `for`, `users` or `org` takes from the front of `rest`."""
        if key == "for":
            self._for(rest)
        elif key == "org" and values.front(rest) == "all":
            rest.pop(0)
            self._audience("all-organizations")
        elif key == "org":
            self._named("specific-organizations", taken(rest))
        elif found := values.audience(rest):
            self._audience(found)
        else:
            self._people(taken(rest))

    def _audience(self, audience: str) -> None:
        self._singles.give("audience", audience)

    def _for(self, rest: list[Token]) -> None:
        """An audience, or those who may ask; a key behind it (`for:org:`) says what they are."""
        if not rest or rest[0].key:
            return
        if found := values.audience(rest):
            self._audience(found)
        elif rest[0].quoted or (len(rest) > 1 and not rest[1].key):
            self._people(taken(rest))
        else:
            self._one_word(taken(rest))

    def _people(self, said: list[Token]) -> None:
        if "-".join(text_of(said).casefold().split()) in GUESTS:
            self.remarks.append(NO_GUESTS_ONLY)
        else:
            self._named("specific", said)

    def _one_word(self, said: list[Token]) -> None:
        """A misspelt audience, or somebody's name."""
        word = said[0].word
        near = get_close_matches(word, list(AUDIENCE_WORDS), n=1, cutoff=0.75)
        if word in GUESTS or not near:
            self._people(said)
        else:
            self.corrected.append((word, near[0]))
            self._audience(AUDIENCE_WORDS[near[0]])

    def _named(self, audience: str, said: list[Token]) -> None:
        self._audience(audience)
        self.targets.extend(several(said))
