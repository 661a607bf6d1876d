"""Collect what the clauses of a sentence say until they make a draft."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from bot.domain.building import questioning, values
from bot.domain.building.drafts import NONE, PackageDraft, ResourceWish
from bot.domain.building.grammar import AUDIENCE_WORDS, FREQUENCIES, MOMENTS, NO, YES
from bot.domain.building.phrases import Token, several, taken, text_of
from bot.domain.building.refs import standard, unnamed
from bot.domain.building.reviewing import Reviewing
from bot.domain.building.staging import Staging

_TEXTS = {
    "name": "name",
    "description": "description",
    "catalog": "catalog",
    "policy": "policy",
    "policy-name": "renamed",
    "policy-description": "policy_description",
}
_MAY_BE_NONE = ("description", "policy_description")
_YES_NO = {"requests": "requests", "timeline": "timeline", "justification": "justification", "hidden": "hidden"}
_INCOMPATIBLE = {"incompatible": "incompatible_packages", "incompatible-group": "incompatible_groups"}
_HINTS = {"guests": "for:all-users", "guest": "for:all-users"}


class Sayings:
    """What was said so far; `clause` reads one clause, `draft` what they come to."""

    def __init__(self) -> None:
        self.name = ""
        self.begun = False
        self.unknown: list[tuple[str, str]] = []
        self.corrected: list[tuple[str, str]] = []
        self._fields: dict[str, str] = {}
        self._lists: dict[str, list[Any]] = {}
        self._staging = Staging()
        self._reviewing = Reviewing()

    def draft(self) -> PackageDraft:
        """Everything said, in one draft."""
        stages = self._staging.stages()
        if stages and self._fields.get("approve") == "no":
            self.unknown.append((f"approver:{', '.join(stages[0].approvers)}", "approve:yes"))
        lists = {name: tuple(said) for name, said in self._lists.items()}
        fields: dict[str, Any] = {"name": self.name, **self._fields, **lists}
        return PackageDraft(**fields, stages=stages, review=self._reviewing.wish())

    def clause(self, key: str, rest: list[Token]) -> None:
        """Reads what the key takes from the front of `rest`."""
        self.begun = True
        reads: dict[str, Callable[[list[Token]], None]] = {
            "for": self._for,
            "users": self._users,
            "org": self._org,
            "approve": self._approve,
            "days": self._days,
            "hours": lambda rest: self._end("hours", values.number(rest)),
            "until": self._until,
            "never": lambda _: self._end("never", ""),
            "visible": self._visible,
            "extend": self._extend,
            "extension": self._extension,
            "question": self._question,
            "role": self._role,
        }
        if key in reads:
            reads[key](rest)
        elif key in Reviewing.KEYS:
            self._reviewing.clause(key, rest)
        elif key == "stages" and not values.front(rest).strip("0").isdecimal():
            self.unknown.append((f"stages:{text_of(taken(rest))}", "stages:2"))
        elif key in Staging.KEYS:
            self._staging.clause(key, rest)
        elif key in _TEXTS:
            self._text(_TEXTS[key], rest)
        elif key in _YES_NO:
            self._give(_YES_NO[key], values.yes_no(rest))
        elif key in _INCOMPATIBLE:
            self._add(_INCOMPATIBLE[key], values.text_or_none(rest))
        else:
            self._resource(key, text_of(taken(rest)))

    def fits(self, key: str, following: Token) -> bool:
        """Whether a key without its colon is meant as one, by what follows it."""
        if following.quoted or key == "never":
            return True
        word = following.word
        match key:
            case "days" | "hours" | "stages" | "decide":
                return word.isdecimal()
            case "until":
                return word[:1].isdecimal()
            case "for":
                return word in AUDIENCE_WORDS or word in ("all", "certain", "specific")
            case "review" | "approve" | "extend" | "requests" | "timeline" | "justification" | "hidden":
                return word in YES | NO or word in FREQUENCIES or bool(unnamed(standard(word)))
        return bool(self.name) and bool(word) and key in ("app", "group", "site", "role", "catalog", "approver")

    def length(self, rest: list[Token]) -> bool:
        """Takes `14 days`, `for 8 hours` or `a week` from the front of `rest`, when it begins with one."""
        kind, amount = values.length(rest)
        if kind:
            self._end(kind, amount)
        return bool(kind)

    def _give(self, name: str, value: str) -> None:
        """The first value stays; a second, different one is named, so that the person decides."""
        if value and self._fields.setdefault(name, value) != value:
            self.unknown.append((value, ""))

    def _add(self, name: str, value: Any) -> None:
        self._lists.setdefault(name, []).append(value)

    def _text(self, name: str, rest: list[Token]) -> None:
        text = text_of(taken(rest))
        if name == "name":
            self.name = text or self.name
        else:
            self._give(name, NONE if name in _MAY_BE_NONE and values.is_none(text) else text)

    def _end(self, kind: str, value: str) -> None:
        """One end only: whichever comes first."""
        if self._fields.setdefault("ends", kind) != kind:
            self.unknown.append((f"{kind}:{value}" if value else kind, ""))
        elif value:
            self._give("until" if kind == "date" else "length", value)

    def _days(self, rest: list[Token]) -> None:
        never = values.front(rest) == "never"
        amount = values.number(rest) if never else values.days(rest)
        self._end("never" if never else "days", "" if never else amount)

    def _until(self, rest: list[Token]) -> None:
        if values.front(rest) == "never":
            rest.pop(0)
            self._end("never", "")
            return
        if values.front(rest) in ("after", "in", "on"):
            rest.pop(0)
        if not rest or not self.length(rest):
            self._end("date", values.date(rest))

    def _visible(self, rest: list[Token]) -> None:
        self._give("hidden", "no" if values.yes_no(rest) == "yes" else "yes")

    def _extend(self, rest: list[Token]) -> None:
        approval = values.front(rest) in ("approval", "approved", "with-approval")
        if approval:
            rest.pop(0)
        self._give("extend", "approval" if approval else values.yes_no(rest))

    def _for(self, rest: list[Token]) -> None:
        """An audience, a length of time, or those who may ask; a key behind it (`for:org:`) says what they are."""
        if not rest or rest[0].key or self.length(rest):
            return
        if found := values.audience(rest):
            self._give("audience", found)
        elif rest[0].quoted or (len(rest) > 1 and not rest[1].key):
            self._targets("specific", taken(rest))
        else:
            self._one_word(taken(rest))

    def _one_word(self, said: list[Token]) -> None:
        """A misspelt audience, or somebody's name."""
        word = said[0].word
        near = get_close_matches(word, list(AUDIENCE_WORDS), n=1, cutoff=0.75)
        if word in _HINTS:
            self.unknown.append((f"for:{word}", _HINTS[word]))
        elif near:
            self.corrected.append((word, near[0]))
            self._give("audience", AUDIENCE_WORDS[near[0]])
        else:
            self._targets("specific", said)

    def _targets(self, audience: str, said: list[Token]) -> None:
        self._give("audience", audience)
        self._lists.setdefault("targets", []).extend(several(said))

    def _users(self, rest: list[Token]) -> None:
        if found := values.audience(rest):
            self._give("audience", found)
        else:
            self._targets("specific", taken(rest))

    def _org(self, rest: list[Token]) -> None:
        if values.front(rest) == "all":
            rest.pop(0)
            self._give("audience", "all-organizations")
        else:
            self._targets("specific-organizations", taken(rest))

    def _approve(self, rest: list[Token]) -> None:
        """Yes or no; anybody named instead is an approver."""
        word = values.front(rest)
        if not word or word in YES | NO:
            self._give("approve", values.yes_no(rest))
        else:
            self._staging.clause("approver", rest)

    def _extension(self, rest: list[Token]) -> None:
        """`extension:granted:"Notify HR"` or `extension:"granted=Notify HR"`."""
        if rest and rest[0].key:
            said, name = rest.pop(0).key, text_of(taken(rest))
        else:
            said, _, name = text_of(taken(rest)).partition("=")
        if not name and values.is_none(said):
            self._add("extensions", (NONE, NONE))
            return
        moment = MOMENTS.get(said.strip().casefold().replace(" ", "-"))
        self._add("extensions", (moment.value if moment else said.strip(), name.strip()))

    def _question(self, rest: list[Token]) -> None:
        self._add("questions", questioning.read(values.text_or_none(rest)))

    def _resource(self, kind: str, ref: str) -> None:
        none = values.is_none(ref)
        self._add("resources", ResourceWish("" if none else kind, NONE if none else ref))

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
