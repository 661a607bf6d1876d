"""Look ahead in a sentence: what comes next, and whether it still belongs to the text that is being read."""

from __future__ import annotations

from itertools import takewhile

from bot.domain import upcoming
from bot.domain.spoken import is_unit, read_date, read_duration, read_language
from bot.domain.tokens import WORDS, Token

WAYS = {"link": "link", "assign": "assign", "assigned": "assign", "now": "assign", "directly": "assign"}
LEADS_TO_A_NAME = frozenset("the access package packages a an our".split())
_INSIDE_A_NAME = frozenset("to into for package packages pack in end ends note by as via how since days".split())
_DATE_LENGTHS = (5, 3, 1)


class Ahead:
    """A view of the tokens still to be read; `rest` is shared with the reader, who takes from its front."""

    def __init__(self, rest: list[Token]) -> None:
        self.rest = rest

    def length(self, start: int = 0) -> tuple[str, int]:
        """(days, number of tokens) of the length of time that begins at `start`; ("", 0) when none does."""
        return read_duration(self._words(start, 2))

    def counted(self) -> bool:
        """Whether a length of time with its unit comes next: `14 days`, `a week`, `14d`."""
        taken = self.length()[1]
        return taken == 2 or (taken == 1 and self.rest[0].word[-1:].isalpha())

    def date(self, start: int = 0) -> tuple[str, int]:
        """(ISO date or a day said from today on, number of tokens) that begins at `start`; ("", 0) when none does."""
        for length in _DATE_LENGTHS:
            words = self._words(start, length)
            day = read_date(" ".join(words)) if len(words) == length else None
            if day:
                return day.isoformat(), length
        for length in range(upcoming.MOST_WORDS, 0, -1):
            said = " ".join(self._words(start, length)).strip(" .,;!?")
            if len(said.split()) == length and upcoming.is_day(said):
                return said.casefold(), length
        return "", 0

    def _words(self, start: int, most: int) -> list[str]:
        unquoted = takewhile(lambda token: not token.quoted, self.rest[start : start + most])
        return [token.text for token in unquoted]

    def quoted(self, start: int = 0) -> bool:
        """Whether a quoted name follows, the words that only lead up to one set aside."""
        following = next((token for token in self.rest[start:] if token.word not in LEADS_TO_A_NAME), None)
        return following is not None and following.quoted and not following.is_address

    def ends(self, name: str, *, first: bool, addressed: bool) -> bool:
        """Whether the next token is no part of the text `name` any more; `addressed`: a guest is named already.

        In words that are not quoted, a word like "for" or "in" opens a clause only when what follows fits that
        clause: "because we need it for the audit in March" is one reason, and a person it mentions no guest.
        """
        token = self.rest[0]
        if token.quoted:
            return True
        if token.is_address:
            return name == "package" or not addressed
        if name == "package":
            return self._ends_name(token, first=first)
        if token.clause == name == "justification" and not token.marked:
            return False
        return token.word == "because" or self.opens(token)

    def _ends_name(self, token: Token, *, first: bool) -> bool:
        counted = len(self.rest) > 1 and is_unit(self.rest[1].word) and self.length()[1] > 0
        if counted or self.opens(token):
            return True
        if first:
            return False
        if token.near_clause:
            clause = WORDS[token.near_clause]
            return clause == "justification" or self.fits(clause)
        return token.clause in ("justification", "until", "message") and token.word not in _INSIDE_A_NAME

    def opens(self, token: Token) -> bool:
        """Whether `token`, which is next, opens a clause for sure."""
        return token.marked or (bool(token.clause) and self.fits(token.clause))

    def fits(self, clause: str) -> bool:
        """Whether what comes after the next token is what this clause takes."""
        following = self.rest[1] if len(self.rest) > 1 else Token("")
        match clause:
            case "for":
                return self.length(1)[1] > 0 or self.quoted(1)
            case "package":
                return self.quoted(1)
            case "days":
                return self.length(1)[1] > 0
            case "until":
                return following.text[:1].isdigit() or self.date(1)[1] > 0
            case "sponsor":
                return following.is_address or following.word in ("me", "myself", "by")
            case "language":
                return bool(read_language(following.text))
            case "way":
                return following.word in WAYS or (self.rest[0].word == "by" and self.date(1)[1] > 0)
            case _:
                return following.quoted
