"""What of a draft has to be looked up in the tenant before it can be understood."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.describing import KINDS, draft_of
from bot.domain.building.drafts import NONE, PackageDraft, PolicyWish
from bot.domain.building.lookup import Wanted
from bot.domain.building.refs import SELF, standard, unnamed

_BY_NAME = ("specific", "")


def references(draft: PackageDraft, *, base: Blueprint | None = None) -> Wanted:
    """Everything the draft names, each reference once and in order, exactly as `resolve` will ask for it.

    What stands in `base` by its id already is left out: `resolve` on that base takes it from there.
    """
    wanted = _all(draft)
    if base is None:
        return wanted
    stands = draft_of(base)
    known = _all(stands)
    changed = {
        (KINDS[one.kind], one.ref.strip())
        for one in draft.resources
        if one.kind in KINDS and one not in stands.resources
    }
    return Wanted(
        wanted.catalog or base.catalog.id,
        tuple(one for one in wanted.resources if one in changed),
        tuple(one for one in wanted.subjects if one not in known.subjects),
    )


def _all(draft: PackageDraft) -> Wanted:
    resources = ((KINDS[one.kind], one.ref.strip()) for one in draft.resources if one.kind in KINDS and one.ref.strip())
    named = [*draft.incompatible_groups, *_people(draft)]
    for other in draft.others:
        named += _people(other)
    subjects = (standard(one) for one in named)
    kept = (one for one in subjects if one not in ("", NONE, SELF) and unnamed(one) is None)
    return Wanted(draft.catalog.strip(), tuple(dict.fromkeys(resources)), tuple(dict.fromkeys(kept)))


def _people(wish: PolicyWish) -> Iterator[str]:
    if wish.audience in _BY_NAME:
        yield from wish.targets
    for stage in wish.stages if wish.approve != "no" else ():
        yield from stage.approvers
        yield from stage.fallbacks
        yield from stage.alternates
        yield from stage.alternate_fallbacks
    yield from wish.review.reviewers
    yield from wish.review.fallbacks
