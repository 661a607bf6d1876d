"""Read what is typed behind `review`: which package, who reviews, for how long, and what happens with no answer."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import clauses, spoken
from bot.domain.reviews.campaigns import Kind
from bot.domain.reviews.facts import Unanswered

USUAL_DAYS, MOST_DAYS, MOST_PEOPLE = 7, 180, 10
UNANSWERED = {
    **dict.fromkeys("keep keeps keepaccess stay stays".split(), Unanswered.KEEP),
    **dict.fromkeys("remove removed removes revoke".split(), Unanswered.REMOVE),
    **dict.fromkeys("recommend recommended recommendation advice".split(), Unanswered.ADVICE),
}
_RHYTHMS = {
    **dict.fromkeys("week weekly".split(), "weekly"),
    **dict.fromkeys("month monthly".split(), "monthly"),
    **dict.fromkeys("quarter quarterly".split(), "quarterly"),
    **dict.fromkeys("half-year half-yearly".split(), "half-yearly"),
    **dict.fromkeys("year yearly annually".split(), "yearly"),
}
_KINDS = {
    **dict.fromkeys("sponsor sponsors".split(), Kind.SPONSORS),
    **dict.fromkeys("manager managers".split(), Kind.MANAGERS),
}
_FILLERS = frozenset("of the access package guests please everybody everyone their his her days day".split())
_OPENING = frozenset("by for every each otherwise else unanswered with reviewer reviewers".split())
_BETWEEN = frozenset({"and", "&", ",", "or"})


@dataclass(frozen=True, slots=True)
class ReviewWish:
    """What was asked for, as text and unchecked. `kind` None: nobody was named. `every`: how often, "" for once."""

    package: str = ""
    kind: Kind | None = None
    people: tuple[str, ...] = ()
    days: str = ""
    unanswered: Unanswered | None = None
    reason: bool = False
    every: str = ""
    unknown: tuple[str, ...] = ()


def read(words: str) -> ReviewWish:
    """The clauses in any order; a name in quotation marks is the package, further ones are reviewers."""
    said = clauses.read(words)
    parts = _parts([one.strip("\"'“”„«»") for one in said.bare])
    quoted = list(said.quoted)
    package = quoted.pop(0) if quoted else " ".join(parts.get("", []))
    typed = [*_people(parts.get("by", [])), *quoted]
    kinds = [_KINDS[one.casefold()] for one in typed if one.casefold() in _KINDS]
    people = tuple(one for one in typed if one.casefold() not in _KINDS)[:MOST_PEOPLE]
    days, beyond = spoken.read_duration(parts.get("for", [])) if "for" in parts else ("", 0)
    otherwise = [one.casefold() for one in parts.get("otherwise", [])]
    return ReviewWish(
        package=package[:256],
        kind=kinds[0] if kinds else Kind.PEOPLE if people else None,
        people=people,
        days=days,
        unanswered=next((UNANSWERED[one] for one in otherwise if one in UNANSWERED), None),
        reason=any(one.casefold().startswith("reason") for one in parts.get("with", [])),
        every=_rhythm(parts.get("every", [])),
        unknown=_unknown(said, parts, beyond),
    )


def _parts(bare: list[str]) -> dict[str, list[str]]:
    """Words by the word that opened them; "" for those before the first."""
    found: dict[str, list[str]] = {}
    key = ""
    for place, word in enumerate(bare):
        plain = word.casefold().strip(".,;!?")
        if plain in _RHYTHMS and key != "every":
            found.setdefault("every", []).append(plain)
        elif plain in _OPENING and place + 1 < len(bare):
            key = {"each": "every", "else": "otherwise", "unanswered": "otherwise"}.get(plain, plain)
            key = "by" if key.startswith("reviewer") else key
        elif plain not in _FILLERS or key == "for":
            found.setdefault(key, []).append(word if key == "by" else word.strip(",;!?"))
    return found


def _people(words: list[str]) -> list[str]:
    """Names and addresses, parted by commas and "and"; each address stands for itself."""
    found: list[list[str]] = [[]]
    for word in words:
        plain = word.strip(",;")
        alone = "@" in plain or plain.casefold() in _KINDS or plain.casefold() == "me"
        if plain.casefold() in _BETWEEN or not plain:
            found.append([])
            continue
        if alone:
            found.append([])
        found[-1].append(plain)
        if alone or word != plain:
            found.append([])
    return [" ".join(one) for one in found if one]


def _rhythm(words: list[str]) -> str:
    return next((_RHYTHMS[one.casefold()] for one in words if one.casefold() in _RHYTHMS), "")


def _unknown(said: clauses.Clauses, parts: dict[str, list[str]], read_of_for: int) -> tuple[str, ...]:
    rest = parts.get("for", [])[read_of_for:]
    rest += [one for one in parts.get("otherwise", []) if one.casefold() not in UNANSWERED]
    rest += [one for one in parts.get("with", []) if not one.casefold().startswith("reason")]
    rest += [one for one in parts.get("every", []) if one.casefold() not in _RHYTHMS]
    if said.quoted:
        rest += parts.get("", [])
    return tuple(rest)[:5]
