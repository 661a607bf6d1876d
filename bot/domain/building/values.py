"""Take one value of a certain kind from the front of what follows a key: a yes or no, a length, a date, names, a text."""

from __future__ import annotations

from bot.domain import spoken, upcoming
from bot.domain.building.drafts import NONE
from bot.domain.building.grammar import AUDIENCE_WORDS, NO, WORDS, YES
from bot.domain.building.phrases import Token, several, taken, text_of
from bot.domain.building.refs import standard

_EMPTY = frozenset("none no nothing -".split())
_DATE_LENGTHS = (5, 3, 1)
_MOST_AUDIENCE = 6


def front(rest: list[Token]) -> str:
    """The bare word or quoted text in front, "" where a key or nothing is."""
    return rest[0].text.casefold().strip(" .,;") if rest and not rest[0].key else ""


def yes_no(rest: list[Token]) -> str:
    """Yes or no in many words, yes without any; another word is kept for whoever checks it to say what is wrong."""
    word = front(rest)
    if word in YES or word in NO:
        rest.pop(0)
        return "yes" if word in YES else "no"
    return text_of(taken(rest)) or "yes"


def text_or_none(rest: list[Token]) -> str:
    """A text; NONE for "none" and the like."""
    text = text_of(taken(rest))
    return NONE if is_none(text) else text


def is_none(text: str) -> bool:
    """Whether this says that there shall be none."""
    return text.casefold() in _EMPTY


def people(rest: list[Token]) -> list[str]:
    """Names, addresses, or our words for managers and sponsors."""
    return [standard(one) for one in several(taken(rest))]


def number(rest: list[Token]) -> str:
    """One word, whatever it is."""
    return text_of([rest.pop(0)]) if rest and not rest[0].key else ""


def days(rest: list[Token]) -> str:
    """Days, counted from any unit ("2 weeks"); whatever else stands there is kept."""
    amount, count = spoken.read_duration([token.text for token in rest[:2] if not token.key])
    if not count:
        return text_of(taken(rest))
    del rest[:count]
    return amount


def date(rest: list[Token]) -> str:
    """A date in ISO form, or a day said from today on; whatever else stands there is kept."""
    for length in _DATE_LENGTHS:
        words = [token.text for token in rest[:length] if not token.key]
        day = spoken.read_date(" ".join(words)) if len(words) == length else None
        if day:
            del rest[:length]
            return day.isoformat()
    for length in range(upcoming.MOST_WORDS, 0, -1):
        said = " ".join(token.text for token in rest[:length] if not token.key).strip(" .,;!?")
        if len(said.split()) == length and upcoming.is_day(said):
            del rest[:length]
            return said.casefold()
    return text_of(taken(rest))


def length(rest: list[Token]) -> tuple[str, str]:
    """("days" or "hours", how many) of `14 days`, `for 8 hours` or `a week`; ("", "") where none is, nothing taken."""
    start = 1 if rest[0].word == "for" else 0
    words = [token.text for token in rest[start : start + 2] if not token.quoted and not token.key]
    if len(words) == 2 and words[0].isdecimal() and WORDS.get(words[1].casefold().strip(".,;")) == "hours":
        del rest[: start + 2]
        return "hours", words[0]
    amount, count = spoken.read_duration(words)
    if not count or (count == 1 and words[0][-1:].isdecimal()):
        return "", ""
    del rest[: start + count]
    return "days", amount


def audience(rest: list[Token]) -> str:
    """The audience that the longest run of words in front names, "" where none does."""
    for count in range(min(_MOST_AUDIENCE, len(rest)), 0, -1):
        words = [token.text.casefold().strip(".,;()") for token in rest[:count] if not token.key]
        found = AUDIENCE_WORDS.get("-".join("-".join(words).split()))
        if found and len(words) == count:
            del rest[:count]
            return found
    return ""
