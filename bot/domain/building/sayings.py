"""Collect what the clauses of a sentence say until they make a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from bot.domain import upcoming
from bot.domain.building import questioning, values
from bot.domain.building.asking import GUESTS, Asking
from bot.domain.building.drafts import NONE, PackageDraft, ResourceWish
from bot.domain.building.grammar import AUDIENCE_WORDS, FREQUENCIES, MOMENTS, NO, YES
from bot.domain.building.phrases import Token, plainly, taken, text_of
from bot.domain.building.refs import standard, unnamed
from bot.domain.building.reviewing import Reviewing
from bot.domain.building.singles import Singles
from bot.domain.building.staging import Staging

_TEXTS = {
    "name": "name",
    "description": "description",
    "catalog": "catalog",
    "policy": "policy",
    "policy-name": "renamed",
    "policy-description": "policy_description",
}
_BEGIN_A_DAY = frozenset("end next the day this eom eoy".split())
_MAY_BE_NONE = ("description", "policy_description")
_YES_NO = {"requests": "requests", "timeline": "timeline", "justification": "justification", "hidden": "hidden"}
_INCOMPATIBLE = {"incompatible": "incompatible_packages", "incompatible-group": "incompatible_groups"}
_FIELDS = frozenset(one.name for one in fields(PackageDraft) if one.default == "")


class Sayings:
    """What was said so far; `clause` reads one clause, `draft` what they come to."""

    def __init__(self) -> None:
        self.name = ""
        self.begun = False
        self.unknown: list[tuple[str, str]] = []
        self.singles = Singles()
        self.asking = Asking(self.singles)
        self._roles: list[str] = []
        self._lists: dict[str, list[Any]] = {}
        self._staging = Staging(self.singles)
        self._reviewing = Reviewing(self.singles)

    def draft(self) -> PackageDraft:
        """Everything said, in one draft; of what contradicts itself the first."""
        self.unknown += [(f"role:{role}", "app:… role:…") for role in self._roles]
        self._roles = []
        stages = self._staging.stages()
        if stages and self.singles.values.get("approve") == "no":
            self.singles.clash("approve", "approve", self.singles.written["stages"])
        given = {name: value for name, value in self.singles.values.items() if name in _FIELDS and name != "ends"}
        lists = {name: tuple(said) for name, said in self._lists.items()}
        wanted: dict[str, Any] = {"name": self.name, **given, **self._ends(), **lists}
        targets = tuple(self.asking.targets)
        return PackageDraft(**wanted, targets=targets, stages=stages, review=self._reviewing.wish())

    def _ends(self) -> dict[str, str]:
        kind, _, value = self.singles.values.get("ends", "").partition(":")
        return {"ends": kind, "until" if kind == "date" else "length": value}

    def clause(self, key: str, rest: list[Token], *, said: str = "") -> None:
        """Reads what the key, which was written as `said`, takes from the front of `rest`."""
        self.begun = True
        self.singles.begin(said or key, rest)
        reads: dict[str, Callable[[list[Token]], None]] = {
            "for": self._for,
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
        elif key in Asking.KEYS:
            self.asking.clause(key, rest)
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
            text = values.text_or_none(rest)
            self._add(_INCOMPATIBLE[key], text, none=text == NONE)
        else:
            self._resource(key, plainly(text_of(taken(rest))))

    def fits(self, key: str, following: Token) -> bool:
        """Whether a key without its colon is meant as one, by what follows it."""
        if following.quoted or key == "never":
            return True
        word = following.word
        match key:
            case "days" | "hours" | "stages" | "decide":
                return word.isdecimal()
            case "until":
                return word[:1].isdecimal() or word in _BEGIN_A_DAY or upcoming.is_day(word)
            case "for":
                return word in AUDIENCE_WORDS or word in ("all", "certain", "specific", *GUESTS)
            case "review" | "approve" | "extend" | "requests" | "timeline" | "justification" | "hidden":
                return word in YES | NO or word in FREQUENCIES or bool(unnamed(standard(word)))
        return bool(self.name) and bool(word) and key in ("app", "group", "site", "role", "catalog", "approver")

    def length(self, rest: list[Token]) -> bool:
        """Takes `14 days`, `for 8 hours` or `a week` from the front of `rest`, when it begins with one."""
        self.singles.begin("", rest)
        return self._length(rest)

    def _length(self, rest: list[Token]) -> bool:
        kind, amount = values.length(rest)
        if kind:
            self._end(kind, amount)
        return bool(kind)

    def _give(self, name: str, value: str) -> None:
        self.singles.give(name, value)

    def _add(self, name: str, value: Any, *, none: bool = False) -> None:
        """One more of a list; there cannot be some and none."""
        self.singles.give(f"any {name}", "none" if none else "some", field=name)
        self._lists.setdefault(name, []).append(value)

    def _text(self, name: str, rest: list[Token]) -> None:
        text = text_of(taken(rest))
        self._give(name, NONE if name in _MAY_BE_NONE and values.is_none(text) else text)

    def _end(self, kind: str, value: str) -> None:
        self._give("ends", f"{kind}:{value}")

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
        if not rest or not self._length(rest):
            self._end("date", values.date(rest))

    def _for(self, rest: list[Token]) -> None:
        """A length of time, or who may ask."""
        if not rest or rest[0].key or not self._length(rest):
            self.asking.clause("for", rest)

    def _visible(self, rest: list[Token]) -> None:
        self._give("hidden", "no" if values.yes_no(rest) == "yes" else "yes")

    def _extend(self, rest: list[Token]) -> None:
        approval = values.front(rest) in ("approval", "approved", "with-approval")
        if approval:
            rest.pop(0)
        self._give("extend", "approval" if approval else values.yes_no(rest))

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
            self._add("extensions", (NONE, NONE), none=True)
            return
        moment = MOMENTS.get(said.strip().casefold().replace(" ", "-"))
        self._add("extensions", (moment.value if moment else said.strip(), name.strip()))

    def _question(self, rest: list[Token]) -> None:
        text = values.text_or_none(rest)
        self._add("questions", questioning.read(text), none=text == NONE)

    def _resource(self, kind: str, ref: str) -> None:
        """Roles said before the first resource are its roles."""
        if values.is_none(ref):
            self._add("resources", ResourceWish("", NONE), none=True)
            return
        for role in self._roles or [""]:
            self._add("resources", ResourceWish(kind, ref, role))
        self._roles = []

    def _role(self, rest: list[Token]) -> None:
        """Belongs to the resource before it, or to the first one; a second role of the same resource is one more."""
        role = text_of(taken(rest))
        resources: list[ResourceWish] = self._lists.get("resources", [])
        if not resources:
            self._roles.append(role)
            return
        last = resources[-1]
        if not last.role:
            resources.pop()
        resources.append(ResourceWish(last.kind, last.ref, role))
