"""The words of a sentence: quoted texts whole, addresses whole, and each word with the clause it may open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from bot.domain.text import clean, without_links, without_signature

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
WORDS = {word: clause for clause, words in _KEYWORDS.items() for word in words.split()}
"""Word that opens a clause -> name of the clause."""

_NEAR_TO = [word for word in WORDS if len(word) >= 5 and word not in ("package", "packages", "ending")]
# Any double quotation mark may open and any may close: phones and word processors mix them.
# A single one counts only at the edge of a word, else it is an apostrophe.
_TOKEN = re.compile(
    r"[\"“”„]([^\"“”„]*)[\"“”]"
    r"|[«»]([^«»]*)[«»]"
    r"|(?<![^\s:(])['‘‚]([^'‘’‚\n]+)['’‘](?!\w)"
    r"|<[^<>]*>"
    rf"|(?<!\S)(?P<marked>(?:{'|'.join(WORDS)}):)"
    r"|[^\s\"“”„«»<]+|<",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][^@]*>")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or one quoted text. `marked`: written with a colon (`days:14`), so it opens its clause for sure."""

    text: str
    quoted: bool = False
    marked: bool = False

    @property
    def word(self) -> str:
        """The bare word for comparison, "" for quoted text."""
        return "" if self.quoted else self.text.casefold().rstrip(":,.;!?")

    @property
    def clause(self) -> str:
        """The clause this word opens, "" when it opens none."""
        return WORDS.get(self.word, "")

    @property
    def near_clause(self) -> str:
        """The clause word this one was probably meant to be ("becuse" → "because"), "" otherwise."""
        return "" if self.clause or not 5 <= len(self.word) <= 14 else _near(self.word)

    @property
    def is_address(self) -> bool:
        """Something with an @ in it, in angle brackets or bare."""
        return "@" in self.text


@lru_cache(maxsize=2000)
def _near(word: str) -> str:
    near = get_close_matches(word, _NEAR_TO, n=1, cutoff=0.82)
    return near[0] if near else ""


def tokens(text: str) -> list[Token]:
    """Words and quoted texts of a sentence; `days:14` counts as two words. HTML tags and a signature are left out."""
    found: list[Token] = []
    for match in _TOKEN.finditer(without_links(without_signature(clean(text)))):
        quoted = next((group for group in match.groups()[:3] if group is not None), None)
        if quoted is not None:
            found.append(Token(quoted.strip(), quoted=True))
        elif not _TAG.fullmatch(match.group()):
            found.append(Token(match.group().strip(), marked=match["marked"] is not None))
    return found
