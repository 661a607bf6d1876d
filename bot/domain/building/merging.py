"""Put what somebody says in addition over a draft: single settings are replaced, lists grow or shrink."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields, replace
from typing import Any, TypeVar

from bot.domain.building.drafts import PackageDraft, ResourceWish, ReviewWish

T = TypeVar("T", bound=Hashable)
_LISTS = ("questions", "extensions", "incompatible_packages", "incompatible_groups")
_ENDS = ("ends", "length", "until")


def merged(draft: PackageDraft, said: PackageDraft, dropped: PackageDraft = PackageDraft()) -> PackageDraft:
    """`draft` with all that `said` gives, without what `dropped` names.

    A new end takes the place of the old one whole, so do new stages, and a new audience takes its names with it.
    """
    given: dict[str, Any] = {
        one.name: getattr(said, one.name)
        for one in fields(PackageDraft)
        if getattr(said, one.name) != one.default and one.name not in (*_LISTS, "resources", "review")
    }
    if any(name in given for name in _ENDS):
        given = {**dict.fromkeys(_ENDS, ""), **given}
    if "audience" in given:
        given.setdefault("targets", ())
    if given.get("approve") == "no":
        given["stages"] = ()
    elif given.get("stages"):
        given.setdefault("approve", "yes")
    lists: dict[str, Any] = {
        name: _without(_joined(getattr(draft, name), getattr(said, name)), getattr(dropped, name)) for name in _LISTS
    }
    return replace(
        draft,
        **given,
        **lists,
        resources=_resources(draft.resources, said.resources, dropped.resources),
        review=_review(draft.review, said.review),
    )


def _joined(stands: tuple[T, ...], said: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*stands, *said)))


def _without(stands: tuple[T, ...], dropped: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(one for one in stands if one not in dropped)


def _resources(
    stands: tuple[ResourceWish, ...], said: tuple[ResourceWish, ...], dropped: tuple[ResourceWish, ...]
) -> tuple[ResourceWish, ...]:
    """A role said for a resource that has none yet is its role; otherwise it is one more."""
    blank = {(one.kind, one.ref.casefold()) for one in said if one.role}
    kept = [one for one in stands if one.role or (one.kind, one.ref.casefold()) not in blank]
    gone = {(one.kind, one.ref.casefold()) for one in dropped}
    return tuple(one for one in _joined(tuple(kept), said) if (one.kind, one.ref.casefold()) not in gone)


def _review(stands: ReviewWish, said: ReviewWish) -> ReviewWish:
    given = {one.name: value for one in fields(ReviewWish) if (value := getattr(said, one.name)) != one.default}
    return replace(stands, **given)
