"""What is known while a draft is being understood, and what was found wrong so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.lookup import Found
from bot.domain.building.refs import standard, unnamed
from bot.domain.building.subjects import Candidate, Subject, SubjectKind
from bot.domain.matching import match
from bot.domain.outcomes.parts import Choice

T = TypeVar("T")
MOST_CHOICES = 25
_YES = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Resolution:
    """`blueprint` is None exactly when there are `problems` (name of a field of the draft -> plain words).

    `choices`: field -> what an ambiguous reference of it may mean; `ambiguous`: the same field -> that reference, as
    it stands in the draft. A chosen value put in its place is unambiguous.
    """

    blueprint: Blueprint | None = None
    problems: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    ambiguous: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Inquiry:
    """Collects problems. `whole`: what the draft does not give is absent, rather than as it was.

    `known`: people and groups that the package names already, by id; they are taken as they are.
    `policy`: the name of the further policy being read, "" for the first one and for the package.
    """

    found: Found
    now: datetime
    zone: ZoneInfo
    whole: bool = False
    known: Mapping[str, Subject] = field(default_factory=dict)
    policy: str = ""
    problems: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    ambiguous: dict[str, str] = field(default_factory=dict)

    def about(self, policy: str) -> Inquiry:
        """The same inquiry, its next problems those of a further policy."""
        return replace(self, policy=policy)

    def problem(self, name: str, text: str) -> None:
        """Another problem of this field; a further policy's stand under `others`."""
        key, said = ("others", f"Policy “{self.policy[:80]}”: {text}") if self.policy else (name, text)
        before = self.problems.get(key, "")
        if said not in before:
            self.problems[key] = f"{before} {said}".strip()

    def choose(self, name: str, ref: str, choices: Sequence[Choice], text: str) -> None:
        """An ambiguous reference; the first of a field is offered to choose from."""
        key = "others" if self.policy else name
        if key not in self.choices:
            self.choices[key] = tuple(choices[:MOST_CHOICES])
            self.ambiguous[key] = ref
        self.problem(name, text)

    def yes(self, name: str, text: str, *, usual: bool) -> bool:
        """A yes or no of the draft; "" is the usual."""
        answer = _YES.get(text, usual if not text else None)
        if answer is None:
            self.problem(name, f"Say yes or no, not “{text[:40]}”.")
            return usual
        return answer

    def one(
        self,
        name: str,
        ref: str,
        things: Iterable[T],
        *,
        called: Callable[[T], str],
        key: Callable[[T], str],
        what: str,
    ) -> T | None:
        """The thing this reference means; otherwise the problem is noted."""
        known = tuple(things)
        fits = match(ref, known, name=called, key=key)
        if fits.one is not None:
            return fits.one
        if fits.several:
            choices = [Choice(called(one), key(one)) for one in fits.several]
            self.choose(name, ref, choices, f"Several {what}s fit “{ref[:80]}”. Choose one.")
            return None
        near = " or ".join(f"“{called(one)}”" for one in fits.near)
        hint = f" Did you mean {near}?" if near else ""
        self.problem(name, f"There is no {what} “{ref[:80]}”.{hint}")
        return None

    def subject(self, name: str, ref: str, *, job: str, kind: SubjectKind | None = None) -> Subject | None:
        """The person or group a reference means; who cannot do `job` (an approver, …) is a problem. "" for any.

        `kind` asks for a person or for a group only.
        """
        wanted = standard(ref)
        if kind is None and job and (special := unnamed(wanted)):
            return special
        known = self.known.get(wanted)
        if known is not None and kind in (None, known.kind):
            return known
        candidate = self._candidate(name, wanted, kind, job)
        if candidate is None:
            return None
        called = candidate.subject.name
        if job and candidate.is_guest:
            self.problem(name, f"{called} is a guest. {job} must belong to the organisation.")
            return None
        if job and not candidate.enabled:
            self.problem(name, f"{called}'s account is switched off. Name somebody else.")
            return None
        return candidate.subject

    def _candidate(self, name: str, ref: str, kind: SubjectKind | None, job: str) -> Candidate | None:
        fitting = [one for one in self.found.subjects.get(ref, ()) if kind in (None, one.subject.kind)]
        exact = _exact(ref, fitting)
        if len(exact) == 1:
            return exact[0]
        what = "group" if kind is SubjectKind.GROUP else "person or group"
        if not fitting:
            self.problem(name, f"There is no {what} “{ref[:80]}” here. Give the whole name or an address.")
            return None
        # Who cannot do the job is no choice: it would only be refused afterwards.
        able = [one for one in exact if not job or (one.enabled and not one.is_guest)]
        if len(able) == 1 and _names(ref, able[0]):
            return able[0]
        guests = f" {job} must belong to the organisation: guests are left out." if _some_guest(exact, job) else ""
        if not able:
            others = f"“{ref[:80]}” fits only people who cannot be chosen."
            self.problem(name, f"{others}{guests or ' Their accounts are switched off.'} Name somebody else.")
            return None
        choices = [Choice(_described(one), one.subject.id) for one in able]
        named = ", ".join(choice.title for choice in choices[:4])
        self.choose(name, ref, choices, f"“{ref[:80]}” may mean {named}. Choose one.{guests}")
        return None


def _names(ref: str, candidate: Candidate) -> bool:
    return ref.casefold() in (
        candidate.subject.id.casefold(),
        candidate.address.casefold(),
        candidate.subject.name.casefold(),
    )


def _some_guest(candidates: list[Candidate], job: str) -> bool:
    return bool(job) and any(one.is_guest for one in candidates)


def _exact(ref: str, candidates: list[Candidate]) -> list[Candidate]:
    """Those the reference fits best: by id, by address, by name, or all."""
    bare = ref.casefold()
    ways: tuple[Callable[[Candidate], str], ...] = (
        lambda one: one.subject.id,
        lambda one: one.address,
        lambda one: one.subject.name,
    )
    for read in ways:
        fits = [one for one in candidates if read(one).casefold() == bare]
        if fits:
            return fits
    return candidates


def _described(candidate: Candidate) -> str:
    subject = candidate.subject
    kind = "group" if subject.kind is SubjectKind.GROUP else "guest" if candidate.is_guest else ""
    about = ", ".join(filter(None, [candidate.address, kind]))
    return f"{subject.name} ({about})" if about else subject.name
