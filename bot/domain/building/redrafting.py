"""Somebody else changed a package while its change was being described: the same change, on what is there now."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import tzinfo
from typing import TypeVar

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.describing import draft_of
from bot.domain.building.drafts import PackageDraft, PolicyWish
from bot.domain.building.resolving.policies import first_of

W = TypeVar("W", bound=PolicyWish)


def redrafted(draft: PackageDraft, before: Blueprint, now: Blueprint, *, zone: tzinfo) -> PackageDraft:
    """`draft` described a change of `before`: what it leaves as it was is as it is `now`, the rest as it says.

    Both in days of `zone`. Policies are the same by name; one that was added meanwhile is there, one that was deleted
    comes back only where the draft changes it.
    """
    was, has = draft_of(before, zone=zone), draft_of(now, zone=zone)
    theirs = {one.policy.casefold(): one for one in _policies(has)}
    old = {one.policy.casefold(): one for one in _policies(was)}
    wishes = [_wish(one, old, theirs) for one in _policies(draft)]
    named = {one.policy.casefold() for one in _policies(draft)} | old.keys()
    kept = [*(one for one in wishes if one), *(one for name, one in theirs.items() if name not in named)]
    first = kept[0] if kept else PolicyWish()
    package = _newer(draft, was, has)
    shown = {one.name: getattr(first, one.name) for one in fields(PolicyWish)}
    return replace(package, others=tuple(kept[1:]), **shown)


def _policies(draft: PackageDraft) -> tuple[PolicyWish, ...]:
    return tuple(one for one in (first_of(draft), *draft.others) if one != PolicyWish())


def _wish(one: PolicyWish, old: dict[str, PolicyWish], theirs: dict[str, PolicyWish]) -> PolicyWish | None:
    name = one.policy.casefold()
    was, has = old.get(name), theirs.get(name)
    if was is None:
        return one
    if has is None:
        return None if one == was else one
    return _newer(one, was, has)


def _newer(one: W, was: W, has: W) -> W:
    untouched = (field.name for field in fields(one) if getattr(one, field.name) == getattr(was, field.name))
    return replace(one, **{name: getattr(has, name) for name in untouched})
