"""What of a sentence contradicts itself: two clauses about one setting, or one that is said and taken away at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from bot.domain.building.drafts import NONE, PackageDraft
from bot.domain.building.sayings import Sayings
from bot.domain.building.singles import Contradiction

_TOGETHER = {
    "ends": ("ends", "length", "until"),
    "audience": ("audience", "targets"),
    "approve": ("approve", "stages"),
    "stages": ("approve", "stages"),
}
_LISTS = ("resources", "questions", "extensions", "incompatible_packages", "incompatible_groups", "targets")
_SINGLES = ("hidden", "requests", "approve", "timeline", "justification", "extend", "description", "policy_description")
_NOTHING = ("no", NONE, "never")


def contradictions(
    added: Sayings, dropped: Sayings, draft: PackageDraft, gone: PackageDraft, *, named: bool
) -> tuple[Contradiction, ...]:
    """Everything that cannot hold at once; `draft` and `gone` are what was added and dropped.

    `named`: the package has its name, so `name:` gives it another one.
    """
    found = [*added.singles.contradictions, *_both(added, dropped, draft, gone)]
    said = added.singles.values.get("name", "")
    if not named and added.name and said and said.casefold() != added.name.casefold():
        found.append(Contradiction("name", added.name[:60], added.singles.written["name"]))
    return tuple(dict.fromkeys(found))


def without(draft: PackageDraft, found: Iterable[Contradiction]) -> PackageDraft:
    """The draft without the settings that contradict themselves."""
    blank = PackageDraft()
    names = {name for one in found for name in _TOGETHER.get(one.field, (one.field,))}
    changes: dict[str, Any] = {name: getattr(blank, name) for name in names}
    return replace(draft, **changes)


def _both(added: Sayings, dropped: Sayings, draft: PackageDraft, gone: PackageDraft) -> Iterator[Contradiction]:
    """What is said and taken away in one breath; to replace something in a list by something else is none."""
    says, drops = added.singles.written, dropped.singles.written
    for name in _SINGLES:
        if getattr(gone, name) and getattr(draft, name) not in ("", *_NOTHING):
            yield Contradiction(name, says[name], drops[name])
    if gone.ends and draft.ends not in ("", *_NOTHING):
        yield Contradiction("ends", says["ends"], drops["ends"])
    if gone.approve and draft.stages:
        yield Contradiction("approve", says["stages"], drops["approve"])
    if gone.review.frequency and draft.review.frequency not in ("", *_NOTHING):
        yield Contradiction("review", says["review frequency"], drops["review frequency"])
    for name in _LISTS:
        for one in set(getattr(draft, name)) & set(getattr(gone, name)):
            called = _called(one)
            yield Contradiction(name, called, f"-{called}")
    named = {who for stage in draft.stages for who in stage.approvers}
    for who in sorted(named & {who for stage in gone.stages for who in stage.approvers}):
        yield Contradiction("stages", f"approver:{who}", f"-approver:{who}")
    for who in sorted(set(draft.review.reviewers) & set(gone.review.reviewers)):
        yield Contradiction("review", f"reviewer:{who}", f"-reviewer:{who}")


def _called(one: Any) -> str:
    """An entry of a list as people would name it."""
    return str(getattr(one, "ref", "") or getattr(one, "text", "") or (one if isinstance(one, str) else ": ".join(one)))
