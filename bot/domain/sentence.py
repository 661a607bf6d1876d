"""Read what is typed behind `invite` or `assign`: clauses in any order, with aliases and near misses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from bot.domain.addresses import clean
from bot.domain.drafts import LANGUAGES, InviteDraft

_TOKEN = re.compile(r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»|(<[^<>]*>)|([^\s"“”„«»]+)')
_KEYWORDS = {
    "package": "to into package packages pack",
    "for": "for",
    "days": "days",
    "until": "until till ending ends end",
    "justification": "because reason justification why since",
    "sponsor": "sponsor sponsored",
    "language": "language lang in",
    "message": "message saying say note msg",
    "way": "via by as how",
}
_WORDS = {word: clause for clause, words in _KEYWORDS.items() for word in words.split()}
_UNITS = {"day": 1, "d": 1, "tag": 1, "week": 7, "wk": 7, "w": 7, "month": 30, "mo": 30, "year": 365}
_NUMBERS = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten".split())}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WAYS = {"link": "link", "assign": "assign", "assigned": "assign", "now": "assign", "directly": "assign"}
_LONG = [word for word in _WORDS if len(word) >= 5 and word not in ("package", "packages", "ending")]
_INSIDE_A_NAME = frozenset("package packages pack in end note by how since".split())
_FILLERS = frozenset("the a an please and with access by of guest user pls send".split())


@dataclass(frozen=True, slots=True)
class Token:
    """One word or one quoted text."""

    text: str
    quoted: bool = False

    @property
    def word(self) -> str:
        """The bare word for comparison, "" for quoted text."""
        return "" if self.quoted else self.text.casefold().rstrip(":,.")

    @property
    def clause(self) -> str:
        """The clause this word opens, "" when it opens none."""
        return _WORDS.get(self.word, "")

    @property
    def near_clause(self) -> str:
        """The clause word this one was probably meant to be ("becuse" → "because"), "" otherwise."""
        near = get_close_matches(self.word, _LONG, n=1, cutoff=0.82) if len(self.word) >= 5 else []
        return near[0] if near and not self.clause else ""


@dataclass(slots=True)
class Reading:
    """What was understood, and what was not.

    `unknown`: words that fit nowhere, each with the word it may have meant or "". `corrected`: misspelt words
    that were read as the word beside them.
    """

    draft: InviteDraft = InviteDraft()
    corrected: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)


def tokens(text: str) -> list[Token]:
    """Words and quoted texts of a sentence; `days:14` counts as two words."""
    spaced = re.sub(rf"(?<!\S)({'|'.join(_WORDS)}):(?=\S)", r"\1 ", clean(text), flags=re.IGNORECASE)
    found = []
    for match in _TOKEN.finditer(spaced):
        quoted = next((group for group in match.groups()[:4] if group is not None), None)
        found.append(Token(match.group().strip()) if quoted is None else Token(quoted.strip(), True))
    return found


def read(text: str) -> Reading:
    """The draft a sentence describes; never raises, whatever is typed."""
    return _Reader(tokens(text)).run()


class _Reader:
    """Walks over the tokens once; each clause takes what belongs to it."""

    def __init__(self, found: list[Token]) -> None:
        self.rest = found
        self.given: dict[str, str] = {}
        self.addresses: list[str] = []
        self.loose: list[Token] = []
        self.reading = Reading()

    def run(self) -> Reading:
        while self.rest:
            token = self.rest.pop(0)
            if token.near_clause:
                self.reading.corrected.append((token.text, token.near_clause))
                token = Token(token.near_clause)
            if token.clause:
                self._clause(token.clause, token)
            elif "@" in token.text:
                self._address(token)
            else:
                self.loose.append(token)
        self._settle_loose()
        self.given["addresses"] = ", ".join(self.addresses)
        self.reading.draft = InviteDraft.from_json(self.given)
        return self.reading

    def _address(self, token: Token) -> None:
        named = token.text.startswith("<")
        name = " ".join(loose.text for loose in self.loose if loose.word not in _FILLERS) if named else ""
        if named:
            self.loose.clear()
        # A comma would part the name from its address when the addresses are read.
        name = " ".join(name.replace(",", " ").replace(";", " ").split())
        self.addresses.append(f"{name} {token.text}".strip(" ,;"))

    def _settle_loose(self) -> None:
        for token in self.loose:
            if token.quoted and "package" not in self.given:
                self.given["package"] = token.text
            elif token.word in _WAYS:
                self.given["way"] = _WAYS[token.word]
            elif token.word and token.word not in _FILLERS:
                near = get_close_matches(token.word, list(_WORDS), n=1, cutoff=0.75)
                self.reading.unknown.append((token.text[:60], near[0] if near else ""))

    def _clause(self, clause: str, token: Token) -> None:
        if clause == "for":
            if not self._duration():
                self._text("package")
        elif clause == "days":
            if not self._duration():
                self.reading.unknown.append((token.text, "for 14 days"))
        elif clause == "until":
            self._until()
        elif clause == "sponsor":
            self._sponsor()
        elif clause == "language":
            self._language(token)
        elif clause == "way":
            self._way(token)
        else:
            self._text(clause)

    def _text(self, name: str) -> None:
        """A quoted text, or all words up to the next clause or address."""
        if self.rest and self.rest[0].quoted:
            self.given[name] = self.rest.pop(0).text
            return
        words = []
        while self.rest and not self._ends_text(name, self.rest[0]):
            words.append(self.rest.pop(0).text)
        if words:
            self.given[name] = " ".join(words).strip(" ,;")

    @staticmethod
    def _ends_text(name: str, token: Token) -> bool:
        if token.quoted or "@" in token.text:
            return True
        if name == "package":
            return bool(token.near_clause) or (bool(token.clause) and token.word not in _INSIDE_A_NAME)
        return bool(token.clause)

    def _duration(self) -> bool:
        if not self.rest or self.rest[0].quoted:
            return False
        match = re.fullmatch(r"(\d{1,6})([a-z]*)", self.rest[0].word)
        number = _NUMBERS.get(self.rest[0].word) if match is None else int(match.group(1))
        if number is None:
            return False
        unit = match.group(2) if match else ""
        following = self.rest[1].word if len(self.rest) > 1 else ""
        taken = 1
        if not unit and _unit(following):
            unit, taken = following, 2
        if unit and not _unit(unit):
            return False
        del self.rest[:taken]
        self.given |= {"ends": "days", "days": str(number * (_unit(unit) or 1))}
        return True

    def _until(self) -> None:
        for length in (3, 1):
            words = [token.text for token in self.rest[:length]]
            day = read_date(" ".join(words)) if len(words) == length else None
            if day:
                del self.rest[:length]
                self.given |= {"ends": "date", "until": day.isoformat()}
                return
        if self.rest:
            self.given |= {"ends": "date", "until": self.rest.pop(0).text}

    def _sponsor(self) -> None:
        if self.rest and self.rest[0].word == "by":
            self.rest.pop(0)
        if self.rest:
            self.given["sponsor"] = self.rest.pop(0).text.strip("<>,;")

    def _language(self, token: Token) -> None:
        following = self.rest[0].text if self.rest else ""
        tag = read_language(following)
        if tag:
            self.rest.pop(0)
            self.given["language"] = tag
        elif token.word != "in" and following:
            self.given["language"] = self.rest.pop(0).text

    def _way(self, token: Token) -> None:
        following = self.rest[0].word if self.rest else ""
        if following in _WAYS:
            self.rest.pop(0)
            self.given["way"] = _WAYS[following]
        elif token.word == "by":
            self._until()


def _unit(word: str) -> int:
    """Days in a unit, 0 when it is none."""
    bare = word.casefold()
    return _UNITS.get(bare) or _UNITS.get(bare.removesuffix("s")) or _UNITS.get(bare.removesuffix("e"), 0)


def read_language(text: str) -> str:
    """The tag of a language named by tag or name ("de", "de-AT", "German", "Deutsch"), "" when unknown."""
    english = {"english": "en", "german": "de", "french": "fr", "spanish": "es"}
    own = {name.casefold(): tag for tag, name in LANGUAGES.items()}
    bare = text.casefold().strip(" .,;")
    tag = bare.split("-")[0]
    return tag if tag in LANGUAGES else english.get(bare) or own.get(bare, "")


def read_date(text: str) -> date | None:
    """A calendar day written as 2026-12-24, 24.12.2026, 24 Dec 2026 or Dec 24, 2026; None for anything else."""
    bare = text.strip(" .,;").casefold()
    numbers = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", bare)
    dotted = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", bare)
    spoken = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|\.)?\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})", bare)
    american = re.fullmatch(r"([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", bare)
    try:
        if numbers:
            return date(*(int(part) for part in numbers.groups()))
        if dotted:
            return date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
        if spoken and spoken[2] in _MONTHS:
            return date(int(spoken[3]), _MONTHS.index(spoken[2]) + 1, int(spoken[1]))
        if american and american[1] in _MONTHS:
            return date(int(american[3]), _MONTHS.index(american[1]) + 1, int(american[2]))
    except ValueError:
        return None
    return None
