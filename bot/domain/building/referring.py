"""Walk over everything a draft refers to, to say it in another way: by name for people, by id for what is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import Enum, auto
from typing import TypeVar

from bot.domain.building.drafts import NONE, PackageDraft, PolicyWish, ResourceWish, ReviewWish, StageWish
from bot.domain.building.lookup import Found

Wish = TypeVar("Wish", bound=PolicyWish)


class Kind(Enum):
    """What a reference refers to. PERSON may be a group as well."""

    CATALOG = auto()
    PERSON = auto()
    GROUP = auto()
    ORGANIZATION = auto()
    PACKAGE = auto()
    EXTENSION = auto()


Say = Callable[[Kind, str], str]
"""(what it refers to, the reference) -> the reference to put in its place."""


def referring(draft: PackageDraft, say: Say, resource: Callable[[ResourceWish], ResourceWish]) -> PackageDraft:
    """The draft with each reference as `say` and `resource` put it; what is not given, or NONE, stays."""

    def saying(kind: Kind, ref: str) -> str:
        return ref if ref in ("", NONE) else say(kind, ref)

    def each(kind: Kind, refs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(saying(kind, ref) for ref in refs)

    return replace(
        _policy(draft, saying),
        catalog=saying(Kind.CATALOG, draft.catalog),
        resources=tuple(map(resource, draft.resources)),
        incompatible_packages=each(Kind.PACKAGE, draft.incompatible_packages),
        incompatible_groups=each(Kind.GROUP, draft.incompatible_groups),
        others=tuple(_policy(other, saying) for other in draft.others),
    )


def _policy(wish: Wish, say: Say) -> Wish:
    targets = Kind.ORGANIZATION if wish.audience == "specific-organizations" else Kind.PERSON
    return replace(
        wish,
        targets=tuple(say(targets, ref) for ref in wish.targets),
        stages=tuple(_stage(one, say) for one in wish.stages),
        review=_review(wish.review, say),
        extensions=tuple((at, say(Kind.EXTENSION, ref)) for at, ref in wish.extensions),
    )


def _stage(stage: StageWish, say: Say) -> StageWish:
    return replace(
        stage,
        approvers=_people(stage.approvers, say),
        fallbacks=_people(stage.fallbacks, say),
        alternates=_people(stage.alternates, say),
        alternate_fallbacks=_people(stage.alternate_fallbacks, say),
    )


def _review(review: ReviewWish, say: Say) -> ReviewWish:
    return replace(review, reviewers=_people(review.reviewers, say), fallbacks=_people(review.fallbacks, say))


def _people(refs: tuple[str, ...], say: Say) -> tuple[str, ...]:
    return tuple(say(Kind.PERSON, ref) for ref in refs)


def things(kind: Kind, found: Found) -> list[tuple[str, str]]:
    """(id, name) of everything of this kind in the tenant; people and groups are looked up one by one instead."""
    match kind:
        case Kind.CATALOG:
            return [(one.id, one.name) for one in found.catalogs]
        case Kind.PACKAGE:
            return [(one.id, one.name) for one in found.packages]
        case Kind.ORGANIZATION:
            return [(one.id, one.name) for one in found.organizations]
        case Kind.EXTENSION:
            return [(one.id, one.name) for one in found.extensions]
        case Kind.PERSON | Kind.GROUP:
            return []


def refs_of(draft: PackageDraft) -> Iterator[tuple[Kind, str]]:
    """Every reference of the draft, resources aside, always in the same order."""
    found: list[tuple[Kind, str]] = []

    def note(kind: Kind, ref: str) -> str:
        found.append((kind, ref))
        return ref

    referring(draft, note, lambda wish: wish)
    return iter(found)
