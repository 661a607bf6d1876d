"""A sentence about a package cut into clauses: a key with its values, a word that stands alone, or loose words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from bot.domain.building.grammar import FLAGS, WORDS
from bot.domain.text import clean, without_links

_LINK = re.compile(r"\[[^\[\]]*\]\(\s*(https?://[^)\s]+)\s*\)", re.IGNORECASE)
_WHOLE_LINK = r"\[[^\[\]\n]*\]\([^()\n]*\)"
_QUOTED = r"[\"“”„]([^\"“”„]*)[\"“”]|[«»]([^«»]*)[«»]|(?<![^\s:=(,])['‘‚]([^'‘’‚\n]+)['’‘](?!\w)"
_NAME = r"[-+]?(?:\d{1,2}-)?[^\W\d_][\w-]{0,39}"
# An equals sign parts a question from its choices as well, so a key before one stands alone.
_KEY = rf"(?<![^\s,;:=])(?!mailto:)({_NAME})\s?:(?!//)|(?<!\S)({_NAME})="
_TAGS = re.compile(rf"{_QUOTED}|</?a(?:\s[^<>]*)?>", re.IGNORECASE)
_TOKEN = re.compile(rf"{_QUOTED}|{_WHOLE_LINK}|{_KEY}|[^\s\"“”„«»]+|\S")
MOST_TOKENS = 2000


@dataclass(frozen=True, slots=True)
class Token:
    """One word, one quoted text, or a key with its colon (`key` is what was written before it)."""

    text: str
    quoted: bool = False
    key: str = ""

    @property
    def word(self) -> str:
        """The bare word for comparison, "" for quoted text and keys."""
        return "" if self.quoted or self.key else self.text.casefold().strip(".,;:!?")

    @property
    def flag(self) -> str:
        """What a word says that stands alone, "" for any other."""
        return FLAGS.get(self.word, "")


def tokens(text: str) -> list[Token]:
    """Words, quoted texts, links and keys as they were written; HTML that clients put around addresses is left out."""
    found: list[Token] = []
    for match in _TOKEN.finditer(_TAGS.sub(lambda tag: " " if tag[0].startswith("<") else tag[0], clean(text))):
        quoted = next((group for group in match.groups()[:3] if group is not None), None)
        if quoted is not None:
            found.append(Token(quoted.strip(), quoted=True))
        elif key := match[4] or match[5]:
            found.append(Token(match.group(), key=key.casefold()))
        elif match.group().strip():
            found.append(Token(match.group()))
        if len(found) >= MOST_TOKENS:
            break
    return found


def key_of(written: str) -> tuple[str, str]:
    """(key, corrected word): what a word before a colon opens; ("", word it may have meant) when it opens nothing."""
    bare = written.lstrip("-+").replace("_", "-")
    if bare in WORDS:
        return WORDS[bare], ""
    meant = _slips().get(bare, ())
    keys = {WORDS[word] for word in meant}
    if meant:
        # Two letters may be a word of their own: they are asked about, not read.
        return (min(keys), min(keys)) if len(keys) == 1 and len(bare) > 2 else ("", meant[0])
    near = near_word(bare)
    return (WORDS[near], WORDS[near]) if near in WORDS and _likely(bare, near) else ("", near)


@cache
def _slips() -> dict[str, tuple[str, ...]]:
    """What comes of a word with one letter dropped, doubled or swapped with the next -> the words it may have been."""
    found: dict[str, tuple[str, ...]] = {}
    for word in WORDS:
        for at, letter in enumerate(word):
            before, after = word[:at], word[at + 1 :]
            for slip in (before + after, before + 2 * letter + after, before + after[:1] + letter + after[1:]):
                if slip and word not in found.get(slip, ()):
                    found[slip] = (*found.get(slip, ()), word)
    return found


def _likely(bare: str, near: str) -> bool:
    return bool(get_close_matches(bare, [near], n=1, cutoff=0.82)) or sorted(bare) == sorted(near)


@lru_cache(maxsize=2000)
def near_word(word: str) -> str:
    """The word of the grammar that this one resembles, "" when none does."""
    if not 3 <= len(word) <= 24:
        return ""
    near = get_close_matches(word, [*WORDS, *FLAGS], n=1, cutoff=0.7)
    return near[0] if near else ""


_JOINING = (",", ";", ">", "then")


def taken(rest: list[Token]) -> list[Token]:
    """Takes from the front what belongs to the key just read: quoted texts and what joins them, or words up to a clause."""
    values: list[Token] = []
    while rest and not rest[0].key:
        joined = bool(values) and values[-1].text.endswith(_JOINING) and not values[-1].quoted
        if values and (ends_words(rest) or (not joined and _opens(rest))):
            break
        if rest[0].quoted and values and not joined:
            break
        if values and values[-1].quoted and not (rest[0].text in _JOINING and len(rest) > 1 and not rest[1].key):
            break
        values.append(rest.pop(0))
    return values


def _opens(rest: list[Token]) -> bool:
    """Whether a key without its colon is in front, with its quoted value, or one that takes something away."""
    return takes_away(rest[0]) or (rest[0].word in WORDS and len(rest) > 1 and rest[1].quoted)


def takes_away(token: Token) -> bool:
    """Whether this is a key without its colon and with a minus, as in `-hidden`."""
    return token.text.startswith("-") and token.word.lstrip("-") in WORDS


def ends_words(rest: list[Token]) -> bool:
    """Whether the word in front says something by itself: it does when a clause, or nothing, follows it."""
    if not rest[0].flag:
        return False
    following = rest[1] if len(rest) > 1 else None
    return following is None or bool(following.key or following.flag or following.quoted or takes_away(following))


def text_of(values: list[Token]) -> str:
    """The words in one text, without the punctuation around them; quoted texts as they are."""
    if len(values) == 1 and values[0].quoted:
        return values[0].text
    return " ".join(one.text for one in values).strip(" ,;")


def plainly(text: str) -> str:
    """The text with links replaced by where they lead, for what is looked up: addresses of people and of sites."""
    return " ".join(without_links(_LINK.sub(r" \1 ", text)).split())


def several(values: list[Token]) -> list[str]:
    """A list of references: parted by semicolons where there are any, else by commas."""
    text = plainly(text_of(values))
    return [one.strip() for one in text.split(";" if ";" in text else ",") if one.strip()]
