"""Put what a sentence says about a package together with what the package has: clauses add, `-clauses` take away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import tzinfo
from itertools import chain
from typing import Any, TypeVar

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.describing import draft_of
from bot.domain.building.drafts import (
    NONE,
    PackageDraft,
    PolicyWish,
    QuestionWish,
    ResourceWish,
    ReviewWish,
    StageWish,
)
from bot.domain.building.lookup import Found
from bot.domain.building.refs import standard
from bot.domain.building.sentence import Reading
from bot.domain.building.subjects import Candidate, Subject
from bot.domain.building.terms import Terms

T = TypeVar("T")
_REMOVING = re.compile(r"(?<!\S)(?:remove|without|drop|take-away)\s?:", re.IGNORECASE)
_NOTHING = ResourceWish("", NONE)


@dataclass(frozen=True, slots=True)
class Amendment:
    """The draft to resolve on the package as base. `problems`: field of the draft -> plain words."""

    draft: PackageDraft
    problems: dict[str, str] = field(default_factory=dict)


def removing(words: str) -> str:
    """The sentence with `remove:"App4Guest"` said as the grammar says it."""
    return _REMOVING.sub("-app:", words)


def amended(reading: Reading, base: Blueprint, *, zone: tzinfo) -> Amendment:
    """Every list the sentence touches, whole: what the package has, without what is taken away, with what is added.

    Single settings are as the sentence gives them; what it does not give is left out, and stays.
    """
    return _Amending(reading, base, zone).run()


def remembering(found: Found, base: Blueprint) -> Found:
    """What was found, and beside it everybody the package names already: who is gone from the directory stays named."""
    named = {one.id: (Candidate(one),) for terms in base.policies for one in _subjects(terms) if one.id}
    return replace(found, subjects={**named, **found.subjects})


def _subjects(terms: Terms) -> Iterator[Subject]:
    yield from terms.targets
    for stage in terms.stages:
        yield from (*stage.approvers, *stage.fallbacks, *stage.alternates, *stage.alternate_fallbacks)
    if terms.review:
        yield from (*terms.review.reviewers, *terms.review.fallbacks)


class _Amending:
    """Works out one draft; problems gather on the way."""

    def __init__(self, reading: Reading, base: Blueprint, zone: tzinfo) -> None:
        self._said = reading.draft
        self._dropped = reading.dropped
        self._base = base
        self._problems: dict[str, str] = {}
        had = draft_of(base, zone=zone)
        wishes = (had, *had.others)
        names = [terms.name.casefold() for terms in base.policies]
        asked = self._said.policy.strip().casefold()
        place = names.index(asked) if asked in names else 0
        self._terms = base.policies[place] if base.policies else None
        self._had: PolicyWish = wishes[place]
        self._package = had

    def run(self) -> Amendment:
        changes: dict[str, Any] = {
            "resources": self._resources(),
            "targets": self._targets(),
            "questions": self._questions(),
            "extensions": self._extensions(),
            "review": self._review(),
            "incompatible_packages": self._incompatible("incompatible_packages"),
            "incompatible_groups": self._incompatible("incompatible_groups"),
        }
        draft = self._stages(replace(self._said, **changes))
        return Amendment(self._singles(draft), self._problems)

    def _resources(self) -> tuple[ResourceWish, ...]:
        dropped, added = self._dropped.resources, self._said.resources
        if not dropped and not added:
            return ()
        pairs = list(zip(self._package.resources, self._base.roles, strict=True))
        for gone in dropped:
            names = {gone.ref.casefold()}
            fitting = [
                pair
                for pair in pairs
                if names & {pair[1].resource.name.casefold(), pair[1].resource.origin_id.casefold()}
                and gone.role.casefold() in ("", pair[1].role.name.casefold(), pair[1].role.id.casefold())
            ]
            if not fitting:
                opened = ", ".join(dict.fromkeys(f"“{role.resource.name}”" for _, role in pairs[:6])) or "nothing"
                self._problem("resources", f"The package does not open “{gone.ref[:80]}”. It opens {opened}.")
            pairs = [pair for pair in pairs if pair not in fitting]
        there = {(role.resource.name.casefold(), "") for _, role in pairs}
        new = [one for one in added if (one.ref.casefold(), one.role.casefold()) not in there]
        return (*(wish for wish, _ in pairs), *new) or (_NOTHING,)

    def _targets(self) -> tuple[str, ...]:
        said, dropped = self._said.targets, self._dropped.targets
        others = self._said.audience not in ("", self._had.audience)
        if others or not (said or dropped):
            return said
        kept = self._without("targets", self._had.targets, self._terms.targets if self._terms else (), dropped)
        if dropped and not kept and not said:
            self._problem("targets", "Then nobody is left who may ask. Say for: and who may ask instead.")
        return tuple(dict.fromkeys((*kept, *said)))

    def _without(
        self, name: str, refs: tuple[str, ...], subjects: tuple[Subject, ...], dropped: Iterable[str]
    ) -> tuple[str, ...]:
        gone = {standard(one).casefold() for one in dropped}
        called = {ref: {ref.casefold(), subject.name.casefold()} for ref, subject in zip(refs, subjects, strict=False)}
        missing = gone - set().union(*called.values())
        if missing:
            self._problem(name, f"“{min(missing)[:80]}” is not named there, so it cannot be taken away.")
        return tuple(ref for ref in refs if not called.get(ref, {ref}) & gone)

    def _questions(self) -> tuple[QuestionWish, ...]:
        def same(one: QuestionWish, other: QuestionWish) -> bool:
            return one.text.strip(" ?*").casefold() == other.text.strip(" ?*").casefold()

        return self._listed("questions", same, lambda one: one.text, QuestionWish(NONE))

    def _extensions(self) -> tuple[tuple[str, str], ...]:
        names = {one.id: one.name.casefold() for one in self._terms.extensions} if self._terms else {}

        def same(one: tuple[str, str], other: tuple[str, str]) -> bool:
            wanted = other[1].casefold()
            return one[0] == other[0] and wanted in ("", one[1].casefold(), names.get(one[1], ""))

        return self._listed("extensions", same, lambda one: f"{one[0]}: {one[1]}", (NONE, NONE))

    def _incompatible(self, name: str) -> tuple[str, ...]:
        names = {one.id: one.name.casefold() for one in getattr(self._base, name)}

        def same(one: str, other: str) -> bool:
            return other.casefold() in (one.casefold(), names.get(one, ""))

        return self._listed(name, same, str, NONE, had=getattr(self._package, name))

    def _listed(
        self,
        name: str,
        same: Callable[[T, T], bool],
        called: Callable[[T], str],
        nothing: T,
        *,
        had: tuple[T, ...] | None = None,
    ) -> tuple[T, ...]:
        """What there is, without what is dropped, with what is said; what is said again takes the place of the old."""
        said: tuple[T, ...] = getattr(self._said, name)
        dropped: tuple[T, ...] = getattr(self._dropped, name)
        if nothing in said or not (said or dropped):
            return said
        there: tuple[T, ...] = getattr(self._had, name) if had is None else had
        for gone in dropped:
            if not any(same(one, gone) for one in there):
                self._problem(name, f"There is no “{called(gone)[:80]}” that could be taken away.")
        kept = [one for one in there if not any(same(one, gone) for gone in dropped)]
        places = [next((at for at, one in enumerate(kept) if same(one, new)), len(kept)) for new in said]
        for at, new in zip(places, said, strict=True):
            kept[at : at + 1] = [new]
        return tuple(kept) or (nothing,)

    def _review(self) -> ReviewWish:
        said, dropped = self._said.review, self._dropped.review
        if dropped.frequency:
            return ReviewWish("no")
        given = {one.name: getattr(said, one.name) for one in fields(ReviewWish) if getattr(said, one.name)}
        gone = {standard(one) for one in dropped.reviewers}
        if said.frequency == "no" or not (given or gone):
            return said
        had = self._had.review
        if had.frequency == "no":
            had = ReviewWish("yes")
        if gone:
            given["reviewers"] = tuple(one for one in (*had.reviewers, *said.reviewers) if one not in gone)
        return replace(had, **given)

    def _stages(self, draft: PackageDraft) -> PackageDraft:
        """Named approvers are the new stages; days and the like, said alone, are about the stages there are."""
        said, had = draft.stages, self._had.stages
        gone = [name for stage in self._dropped.stages for name in stage.approvers]
        named = [stage for stage in said if stage.approvers]
        if said and not named and len(said) <= len(had):
            said = (*map(_over, had, said), *had[len(said) :])
        if not gone:
            return replace(draft, stages=said)
        subjects = self._terms.stages if self._terms else ()
        refs = tuple(ref for stage in had for ref in stage.approvers)
        kept = set(self._without("stages", refs, tuple(one for stage in subjects for one in stage.approvers), gone))
        if len(named) > 1:
            return replace(draft, stages=said)
        new = named[0].approvers if named else ()
        stages = [_instead(one, kept, new) for one in (had if named else said or had)]
        left = tuple(stage for stage in stages if stage.approvers)
        return replace(draft, stages=left, approve=draft.approve or ("yes" if left else "no"))

    def _singles(self, draft: PackageDraft) -> PackageDraft:
        """`-hidden` is no, `-description` is none, `-until` is never."""
        gone = self._dropped
        changes: dict[str, Any] = {}
        for name in ("hidden", "requests", "approve", "timeline", "justification", "extend"):
            if getattr(gone, name):
                changes[name] = "no"
        for name in ("description", "policy_description"):
            if getattr(gone, name):
                changes[name] = NONE
        if gone.ends:
            changes["ends"] = "never"
        return replace(draft, **{name: value for name, value in changes.items() if not getattr(draft, name)})

    def _problem(self, name: str, text: str) -> None:
        self._problems.setdefault(name, text)


def _instead(stage: StageWish, kept: set[str], new: tuple[str, ...]) -> StageWish:
    """The stage with the new approvers in the place of the first who is not kept, and without the others."""
    gone = [ref for ref in stage.approvers if ref not in kept]
    parts = ((ref,) if ref in kept else new if ref == gone[0] else () for ref in stage.approvers)
    return replace(stage, approvers=tuple(dict.fromkeys(chain.from_iterable(parts))))


def _over(stage: StageWish, said: StageWish) -> StageWish:
    given = {one.name: getattr(said, one.name) for one in fields(StageWish) if getattr(said, one.name)}
    return replace(stage, **given)
