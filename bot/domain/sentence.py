"""Read what is typed behind `invite` or `assign`: clauses in any order, with aliases and near misses."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.domain.ahead import LEADS_TO_A_NAME, WAYS, Ahead
from bot.domain.drafts import InviteDraft
from bot.domain.spoken import read_language
from bot.domain.tokens import WORDS, Token, tokens

_FILLERS = frozenset("the a an our please and with access by of guest guests user users pls send to".split())
_LEADS_TO_A_DATE = frozenset("on the in after at".split())
_MOST_HINTS = 20


@dataclass(slots=True)
class Reading:
    """What was understood, and what was not.

    `unknown`: words that fit nowhere, each with the word it may have meant or "". `corrected`: misspelt words
    that were read as the word beside them.
    """

    draft: InviteDraft = InviteDraft()
    corrected: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)


def read(text: str) -> Reading:
    """The draft a sentence describes; never raises, whatever is typed."""
    return _Reader(tokens(text)).run()


class _Reader:
    """Walks over the tokens once; each clause takes what belongs to it."""

    def __init__(self, found: list[Token]) -> None:
        self.rest = found
        self.ahead = Ahead(found)
        self.given: dict[str, str] = {}
        self.addresses: list[str] = []
        self.loose: list[Token] = []
        self.purposes: list[str] = []
        self.reading = Reading()

    def run(self) -> Reading:
        while self.rest:
            if self.ahead.counted() and self._duration():
                continue
            token = self.rest.pop(0)
            if token.near_clause:
                self.reading.corrected.append((token.text, token.near_clause))
                token = Token(token.near_clause)
            if token.clause:
                self._clause(token.clause, token)
            elif token.is_address:
                self._address(token)
            else:
                self.loose.append(token)
        self._settle_purposes()
        self._settle_loose()
        self.given["addresses"] = ", ".join(self.addresses)
        self.reading.draft = InviteDraft.from_json(self.given)
        return self.reading

    def _give(self, name: str, value: str) -> None:
        """The first value stays; a second, different one is named, so that the person decides."""
        if self.given.setdefault(name, value) != value:
            self._unknown(value)

    def _unknown(self, text: str, hint: str = "") -> None:
        self.reading.unknown.append((text[:60], hint))

    def _address(self, token: Token) -> None:
        named = token.text.startswith("<")
        name = " ".join(loose.text for loose in self.loose if loose.word not in _FILLERS) if named else ""
        if named:
            self.loose.clear()
        self.addresses.append(f"{name.replace(';', ' ')} {token.text}".strip(" ,;"))

    def _settle_purposes(self) -> None:
        """`for` names the package where nothing else does, otherwise the reason."""
        for purpose in self.purposes:
            free = next((name for name in ("package", "justification") if name not in self.given), "package")
            self._give(free, purpose)

    def _settle_loose(self) -> None:
        for token in self.loose:
            if token.quoted:
                self._give("package", token.text)
            elif token.word in WAYS:
                self._give("way", WAYS[token.word])
            elif any(map(str.isalnum, token.word)) and token.word not in _FILLERS:
                hinted = len(self.reading.unknown) < _MOST_HINTS and len(token.word) <= 14
                near = get_close_matches(token.word, list(WORDS), n=1, cutoff=0.75) if hinted else []
                self._unknown(token.text, near[0] if near else "")

    def _clause(self, clause: str, token: Token) -> None:
        match clause:
            case "for" if not self._duration():
                self._purpose()
            case "days" if not self._duration():
                self._unknown(token.text, "for 14 days")
            case "until":
                self._until(token)
            case "sponsor":
                self._sponsor(token)
            case "language":
                self._language(token)
            case "way":
                self._way(token)
            case "package" | "justification" | "message":
                self._named_text(clause, token)

    def _named_text(self, name: str, token: Token) -> None:
        text = self._text(name)
        if text:
            self._give(name, text)
        elif token.word not in _FILLERS:
            self._unknown(token.text)

    def _purpose(self) -> None:
        text = self._text("package")
        if text:
            self.purposes.append(text)

    def _text(self, name: str) -> str:
        """Takes a quoted text, or all words up to the next clause or address."""
        if name == "package" and self.ahead.quoted():
            while self.rest[0].word in LEADS_TO_A_NAME:
                self.rest.pop(0)
        if self.rest and self.rest[0].quoted and (name != "package" or not self.rest[0].is_address):
            return self.rest.pop(0).text
        words: list[str] = []
        while self.rest and not self.ahead.ends(name, first=not words, addressed=bool(self.addresses)):
            words.append(self.rest.pop(0).text)
        return " ".join(words).strip(" ,;.!?" if name == "package" else " ,;")

    def _duration(self) -> bool:
        days, taken = self.ahead.length()
        if not taken:
            return False
        del self.rest[:taken]
        self._end("days", days)
        return True

    def _end(self, kind: str, value: str) -> None:
        """One end only, in days or on a date: whichever comes first."""
        if self.given.setdefault("ends", kind) != kind:
            self._unknown(f"until {value}" if kind == "date" else f"for {value} days")
            return
        self._give("until" if kind == "date" else "days", value)

    def _until(self, token: Token) -> None:
        while len(self.rest) > 1 and self.rest[0].word in _LEADS_TO_A_DATE:
            self.rest.pop(0)
        day, taken = self.ahead.date()
        if taken:
            del self.rest[:taken]
            self._end("date", day)
        elif self.ahead.length()[1] == 2:
            self._duration()
        elif words := self._text("until"):
            self._end("date", words)
        else:
            self._unknown(token.text, "until 2026-12-24")

    def _sponsor(self, token: Token) -> None:
        while len(self.rest) > 1 and self.rest[0].word in ("by", "is"):
            self.rest.pop(0)
        # "Megan Bowen <megan@contoso.com>" is one sponsor, not a sponsor and a guest.
        words = next((n for n, one in enumerate(self.rest[:4]) if one.is_address or one.clause), None)
        named = self.rest[words] if words is not None else None
        if named and named.is_address and (words == 0 or named.text.startswith("<")):
            del self.rest[: (words or 0) + 1]
            self._give("sponsor", named.text.strip("<>,;"))
        elif self.rest and words != 0:
            self._give("sponsor", self.rest.pop(0).text.strip("<>,;"))
        else:
            self._unknown(token.text, "sponsor megan@contoso.com")

    def _language(self, token: Token) -> None:
        following = self.rest[0].text if self.rest else ""
        tag = read_language(following)
        if tag:
            self.rest.pop(0)
            self._give("language", tag)
        elif token.word != "in" and following:
            self._give("language", self.rest.pop(0).text)

    def _way(self, token: Token) -> None:
        following = self.rest[0].word if self.rest else ""
        if following in WAYS:
            self.rest.pop(0)
            self._give("way", WAYS[following])
        elif token.word == "by" and self.ahead.date()[1]:
            self._until(token)
