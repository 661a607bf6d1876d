"""Collect what the clauses of a sentence say until they make a draft."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from bot.domain import spoken
from bot.domain.building import questioning
from bot.domain.building.drafts import NONE, PackageDraft, ResourceWish, ReviewWish
from bot.domain.building.grammar import AUDIENCE_WORDS, FREQUENCIES, MOMENTS, NO, NO_ANSWERS, WORDS, YES
from bot.domain.building.phrases import Token, several, taken, text_of
from bot.domain.building.refs import SELF, standard, unnamed
from bot.domain.building.staging import Staging

_TEXTS = {
    "name": "name",
    "description": "description",
    "catalog": "catalog",
    "policy": "policy",
    "policy-name": "renamed",
    "policy-description": "policy_description",
}
_YES_NO = {"requests": "requests", "timeline": "timeline", "justification": "justification", "hidden": "hidden"}
_REVIEW_YES_NO = {"recommendations": "recommendations", "reviewer-justification": "justification"}
_STAGE = ("approver", "stages", "fallback", "alternate", "alternate-fallback", "decide", "alternate-after")
_EMPTY = frozenset("none no nothing -".split())
_DATE_LENGTHS = (5, 3, 1)
_MOST_AUDIENCE = 6
_HINTS = {"guests": "for:all-users", "guest": "for:all-users"}


class Sayings:
    """What was said so far; `clause` reads one clause, `draft` what they come to."""

    def __init__(self) -> None:
        self.name = ""
        self.begun = False
        self.unknown: list[tuple[str, str]] = []
        self.corrected: list[tuple[str, str]] = []
        self._fields: dict[str, str] = {}
        self._review: dict[str, Any] = {}
        self._lists: dict[str, list[Any]] = {}
        self._staging = Staging()

    def draft(self) -> PackageDraft:
        """Everything said, in one draft."""
        fields: dict[str, Any] = dict(self._fields)
        stages = self._staging.stages()
        if stages and fields.get("approve") == "no":
            self.unknown.append((f"approver:{', '.join(stages[0].approvers)}", "approve:yes"))
        fields |= {name: tuple(values) for name, values in self._lists.items()}
        return PackageDraft(**({"name": self.name} | fields), stages=stages, review=ReviewWish(**self._review))

    def clause(self, key: str, written: str, rest: list[Token]) -> None:
        """Reads what the key `key` (typed as `written`) takes from the front of `rest`."""
        self.begun = True
        reads: dict[str, Callable[[list[Token]], None]] = {
            "for": self._for,
            "users": self._users,
            "org": self._org,
            "approve": self._approve,
            "days": self._days,
            "hours": self._hours,
            "until": self._until,
            "never": lambda _: self._end("never", ""),
            "visible": self._visible,
            "extend": self._extend,
            "review": self._reviewed,
            "no-answer": self._no_answer,
            "extension": self._extension,
            "question": self._question,
            "role": self._role,
        }
        if key in reads:
            reads[key](rest)
        elif key in _TEXTS:
            self._text(_TEXTS[key], rest)
        elif key in _YES_NO:
            self._give(_YES_NO[key], self._yes_no(rest, written))
        else:
            self._listed(key, written, rest)

    def _listed(self, key: str, written: str, rest: list[Token]) -> None:
        match key:
            case "app" | "group" | "site":
                self._resource(key, rest)
            case "incompatible":
                self._lists.setdefault("incompatible_packages", []).append(self._or_none(rest))
            case "incompatible-group":
                self._lists.setdefault("incompatible_groups", []).append(self._or_none(rest))
            case "reviewer":
                self._review["reviewers"] = (*self._review.get("reviewers", ()), *self._people(rest))
            case "review-fallback":
                self._review["fallbacks"] = (*self._review.get("fallbacks", ()), *self._people(rest))
            case "review-days":
                self._review["days"] = self._amount(rest)
            case "review-start":
                self._review["starts"] = self._date(rest)
            case "approver-justification":
                self._staging.answer("justification", self._yes_no(rest, written))
            case _ if key in _REVIEW_YES_NO:
                self._review[_REVIEW_YES_NO[key]] = self._yes_no(rest, written)
            case _ if key in _STAGE:
                self._stage(key, rest)

    def fits(self, key: str, following: Token) -> bool:
        """Whether a key without its colon is meant as one, by what follows it."""
        if following.quoted or key == "never":
            return True
        word = following.word
        match key:
            case "days" | "hours" | "stages" | "decide":
                return word.isdigit()
            case "until":
                return word[:1].isdigit()
            case "for":
                return word in AUDIENCE_WORDS or word in ("all", "certain", "specific")
            case "review" | "approve" | "extend" | "requests" | "timeline" | "justification" | "hidden":
                return word in YES | NO or word in FREQUENCIES or bool(unnamed(standard(word)))
        return bool(self.name) and bool(word) and key in ("app", "group", "site", "role", "catalog", "approver")

    def length(self, rest: list[Token]) -> bool:
        """Takes `14 days`, `for 8 hours` or `a week` from the front of `rest`, when it begins with one."""
        start = 1 if rest[0].word == "for" else 0
        words = [token.text for token in rest[start : start + 2] if not token.quoted and not token.key]
        if len(words) == 2 and words[0].isdigit() and WORDS.get(words[1].casefold().strip(".,;")) == "hours":
            del rest[: start + 2]
            self._end("hours", words[0])
            return True
        days, count = spoken.read_duration(words)
        if not count or (count == 1 and words[0][-1:].isdigit()):
            return False
        del rest[: start + count]
        self._end("days", days)
        return True

    def _give(self, name: str, value: str) -> None:
        """The first value stays; a second, different one is named, so that the person decides."""
        if value and self._fields.setdefault(name, value) != value:
            self.unknown.append((value, ""))

    def _text(self, name: str, rest: list[Token]) -> None:
        text = text_of(taken(rest))
        empty = name in ("description", "policy_description") and text.casefold() in _EMPTY
        if name == "name":
            self.name = text or self.name
        else:
            self._give(name, NONE if empty else text)

    def _or_none(self, rest: list[Token]) -> str:
        text = text_of(taken(rest))
        return NONE if text.casefold() in _EMPTY else text

    def _yes_no(self, rest: list[Token], written: str) -> str:
        """Yes or no in many words, yes without any; another word is kept for whoever checks it to say what is wrong."""
        word = rest[0].text.casefold().strip(".,;") if rest and not rest[0].key else ""
        if word in YES or word in NO:
            rest.pop(0)
            return "yes" if word in YES else "no"
        if word and not rest[0].quoted and len(rest) > 1 and not rest[1].key:
            return "yes"
        return text_of(taken(rest)) or "yes"

    def _people(self, rest: list[Token]) -> list[str]:
        return [standard(one) for one in several(taken(rest))]

    def _amount(self, rest: list[Token]) -> str:
        """Days; whatever else stands there is kept."""
        words = [token.text for token in rest[:2] if not token.key]
        days, count = spoken.read_duration(words)
        if count:
            del rest[:count]
            return days
        return text_of(taken(rest))

    def _date(self, rest: list[Token]) -> str:
        for length in _DATE_LENGTHS:
            words = [token.text for token in rest[:length] if not token.key]
            day = spoken.read_date(" ".join(words)) if len(words) == length else None
            if day:
                del rest[:length]
                return day.isoformat()
        return text_of(taken(rest))

    def _end(self, kind: str, value: str) -> None:
        if self._fields.setdefault("ends", kind) != kind:
            self.unknown.append((f"{kind}:{value}" if value else kind, ""))
        elif value:
            self._give("until" if kind == "date" else "length", value)

    def _days(self, rest: list[Token]) -> None:
        value = self._amount(rest)
        self._end("never" if value.casefold() == "never" else "days", "" if value.casefold() == "never" else value)

    def _hours(self, rest: list[Token]) -> None:
        self._end("hours", text_of([rest.pop(0)]) if rest and not rest[0].key else "")

    def _until(self, rest: list[Token]) -> None:
        if rest and rest[0].word in ("never", "after", "in") and rest.pop(0).word == "never":
            self._end("never", "")
            return
        if rest and not rest[0].quoted and self.length(rest):
            return
        self._end("date", self._date(rest))

    def _visible(self, rest: list[Token]) -> None:
        self._give("hidden", "no" if self._yes_no(rest, "visible") == "yes" else "yes")

    def _extend(self, rest: list[Token]) -> None:
        if rest and rest[0].word in ("approval", "approved", "with-approval"):
            rest.pop(0)
            self._give("extend", "approval")
        else:
            self._give("extend", self._yes_no(rest, "extend"))

    def _for(self, rest: list[Token]) -> None:
        """An audience, a length of time, or those who may ask; a key behind it (`for:org:`) says what they are."""
        if not rest or rest[0].key or self.length(rest):
            return
        if not rest[0].quoted and (rest[0].word in AUDIENCE_WORDS or not self._several_words(rest)):
            self._one_audience(rest)
        elif not self._audience(rest):
            self._targets("specific", taken(rest))

    def _several_words(self, rest: list[Token]) -> bool:
        return len(rest) > 1 and not rest[1].key

    def _one_audience(self, rest: list[Token]) -> None:
        if self._audience(rest):
            return
        values = taken(rest)
        word = values[0].word
        near = get_close_matches(word, list(AUDIENCE_WORDS), n=1, cutoff=0.75)
        if word in _HINTS:
            self.unknown.append((f"for:{word}", _HINTS[word]))
        elif near:
            self.corrected.append((word, near[0]))
            self._give("audience", AUDIENCE_WORDS[near[0]])
        else:
            self._targets("specific", values)

    def _audience(self, rest: list[Token]) -> bool:
        """Takes the longest run of words that names an audience."""
        for length in range(min(_MOST_AUDIENCE, len(rest)), 0, -1):
            words = [token.text.casefold().strip(".,;()") for token in rest[:length] if not token.key]
            audience = AUDIENCE_WORDS.get("-".join("-".join(words).split()))
            if audience and len(words) == length:
                del rest[:length]
                self._give("audience", audience)
                return True
        return False

    def _targets(self, audience: str, values: list[Token]) -> None:
        self._give("audience", audience)
        self._lists.setdefault("targets", []).extend(several(values))

    def _users(self, rest: list[Token]) -> None:
        if not self._audience(rest):
            self._targets("specific", taken(rest))

    def _org(self, rest: list[Token]) -> None:
        if rest and rest[0].word == "all":
            rest.pop(0)
            self._give("audience", "all-organizations")
        else:
            self._targets("specific-organizations", taken(rest))

    def _approve(self, rest: list[Token]) -> None:
        """Yes or no; anybody named instead is an approver."""
        word = rest[0].text.casefold() if rest and not rest[0].key else ""
        if not word or word in YES | NO:
            self._give("approve", self._yes_no(rest, "approve"))
        else:
            self._stage("approver", rest)

    def _stage(self, key: str, rest: list[Token]) -> None:
        if key in ("decide", "alternate-after"):
            self._staging.answer("days" if key == "decide" else "alternates_after", self._amount(rest))
        elif key == "stages":
            self._staging.count = text_of([rest.pop(0)]) if rest and not rest[0].key else ""
        elif key == "approver":
            self._staging.approvers(taken(rest))
        else:
            self._staging.people(key, self._people(rest))

    def _reviewed(self, rest: list[Token]) -> None:
        word = rest[0].text.casefold().strip(".,;") if rest and not rest[0].key else ""
        if word in FREQUENCIES:
            rest.pop(0)
            self._review.setdefault("frequency", FREQUENCIES[word].value)
        elif word == SELF or unnamed(standard(word)):
            rest.pop(0)
            self._review["reviewers"] = (*self._review.get("reviewers", ()), standard(word))
        else:
            self._review.setdefault("frequency", self._yes_no(rest, "review"))

    def _no_answer(self, rest: list[Token]) -> None:
        word = text_of([rest.pop(0)]).casefold() if rest and not rest[0].key else ""
        self._review["no_answer"] = NO_ANSWERS.get(word, word)

    def _extension(self, rest: list[Token]) -> None:
        """`extension:granted:"Notify HR"` or `extension:"granted=Notify HR"`."""
        if rest and rest[0].key:
            said, name = rest.pop(0).key, text_of(taken(rest))
        else:
            said, _, name = text_of(taken(rest)).partition("=")
        if not name and said.casefold() in _EMPTY:
            self._lists.setdefault("extensions", []).append((NONE, NONE))
            return
        moment = MOMENTS.get(said.strip().casefold().replace(" ", "-"))
        self._lists.setdefault("extensions", []).append((moment.value if moment else said.strip(), name.strip()))

    def _question(self, rest: list[Token]) -> None:
        text = text_of(taken(rest))
        empty = text.casefold() in _EMPTY
        wish = questioning.read(NONE if empty else text)
        self._lists.setdefault("questions", []).append(wish)

    def _resource(self, kind: str, rest: list[Token]) -> None:
        self._lists.setdefault("resources", []).append(ResourceWish(kind, text_of(taken(rest))))

    def _role(self, rest: list[Token]) -> None:
        """Belongs to the resource before it; a second role of the same resource is one more."""
        role = text_of(taken(rest))
        resources: list[ResourceWish] = self._lists.get("resources", [])
        if not resources:
            self.unknown.append((f"role:{role}", "app:… role:…"))
            return
        last = resources[-1]
        if not last.role:
            resources.pop()
        resources.append(ResourceWish(last.kind, last.ref, role))
