"""The assignment policies a draft means: the one it describes, and the others."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.building.drafts import NONE, PackageDraft, PolicyWish, ReviewWish
from bot.domain.building.resolving.audience import audience
from bot.domain.building.resolving.inquiry import Inquiry
from bot.domain.building.resolving.lifecycle import ends, extending, extensions, review
from bot.domain.building.resolving.questions import questions
from bot.domain.building.resolving.stages import compulsory, stages
from bot.domain.building.terms import Terms
from bot.domain.packages import Scope

FIRST = "Initial Policy"
"""What the portal calls the first policy of a package."""
DIRECT = "Direct assignment"
MOST_NAME = 256


def policies(
    inquiry: Inquiry, draft: PackageDraft, base: tuple[Terms, ...] | None, earlier: tuple[PolicyWish, ...]
) -> tuple[Terms, ...]:
    """All policies of the package. `base` are those it has, None when it is new; `earlier` the same as wishes.

    A new package needs one. A draft that is not whole changes the policy it names (the first one, when it names none) and leaves the rest.
    """
    made: dict[int, Terms] = {}
    new: list[Terms] = []
    order: list[int] = []
    wishes = [wish for wish in (first_of(draft), *draft.others) if wish != PolicyWish() or base is None]
    base = base or ()
    for number, wish in enumerate(wishes):
        asked = inquiry if number == 0 and wish not in draft.others else inquiry.about(wish.policy or DIRECT)
        place = _place(asked, wish, base, taken=set(made), further=asked is not inquiry)
        if place is None:
            continue
        order.append(place)
        if place >= 0:
            made[place] = _terms(asked, wish, base[place], earlier[place])
        else:
            new.append(_terms(asked, wish, None, PolicyWish()))
    if inquiry.whole:
        fresh = iter(new)
        return _distinct([made[place] if place >= 0 else next(fresh) for place in order])
    return _distinct([*(made.get(place, terms) for place, terms in enumerate(base)), *new])


def first_of(draft: PackageDraft) -> PolicyWish:
    """The policy whose fields stand in the draft itself."""
    return PolicyWish(**{name: getattr(draft, name) for name in PolicyWish.__dataclass_fields__})


def _place(
    inquiry: Inquiry, wish: PolicyWish, base: tuple[Terms, ...], *, taken: set[int], further: bool
) -> int | None:
    """Index of the policy in `base` that a wish is about, -1 for a new one, None (and a problem) for an unknown one."""
    free = [place for place in range(len(base)) if place not in taken]
    if not wish.policy:
        return free[0] if free and not further else -1
    exact = [place for place in free if base[place].name == wish.policy]
    bare = wish.policy.strip().casefold()
    same = exact or [place for place in free if base[place].name.casefold() == bare]
    if same:
        return same[0]
    if further or inquiry.whole or not base:
        return -1
    named = ", ".join(f"“{terms.name}”" for terms in base[:6])
    inquiry.problem("policy", f"The package has no policy “{wish.policy[:80]}”. It has {named}.")
    return None


def _distinct(made: list[Terms]) -> tuple[Terms, ...]:
    """New policies get a name of their own."""
    names = {terms.name.casefold() for terms in made if terms.id}
    distinct: list[Terms] = []
    for terms in made:
        name, number = terms.name, 2
        while not terms.id and name.casefold() in names:
            name, number = f"{terms.name} {number}", number + 1
        names.add(name.casefold())
        distinct.append(replace(terms, name=name))
    return tuple(distinct)


class _Kept:
    """Which fields of a wish leave the policy as it is."""

    def __init__(self, inquiry: Inquiry, wish: PolicyWish, base: Terms | None, earlier: PolicyWish) -> None:
        self._there = base is not None
        self._whole = inquiry.whole
        self._wish = wish
        self._earlier = earlier

    def __call__(self, *names: str) -> bool:
        return self._there and all(self._same(name) for name in names)

    def _same(self, name: str) -> bool:
        said, was = getattr(self._wish, name), getattr(self._earlier, name)
        blank = PolicyWish.__dataclass_fields__[name].default
        return bool(said == was or (said == blank and not self._whole))


def _terms(inquiry: Inquiry, wish: PolicyWish, base: Terms | None, earlier: PolicyWish) -> Terms:
    kept = _Kept(inquiry, wish, base, earlier)
    terms = base or Terms("", Scope.UNKNOWN)
    terms = replace(terms, name=_name(inquiry, wish, base))
    if not kept("policy_description"):
        terms = replace(terms, description="" if wish.policy_description == NONE else wish.policy_description)
    if not kept("audience", "targets"):
        scope, targets = audience(inquiry, wish, earlier)
        terms = replace(terms, scope=scope, targets=targets)
    if not kept("requests"):
        terms = replace(terms, accepts_requests=_accepts(inquiry, wish, terms))
    if not kept("approve", "stages"):
        terms = replace(terms, stages=stages(inquiry, wish, base, earlier))
    if not kept("audience", "approve", "stages"):
        compulsory(inquiry, wish, terms.scope)
    if not kept("justification"):
        terms = replace(terms, needs_justification=inquiry.yes("justification", wish.justification, usual=False))
    if not kept("questions"):
        pairs = tuple(zip(earlier.questions, base.questions, strict=True)) if base else ()
        terms = replace(terms, questions=questions(inquiry, wish.questions, pairs))
    return _lifecycle(inquiry, wish, terms, earlier, kept)


def _lifecycle(inquiry: Inquiry, wish: PolicyWish, terms: Terms, earlier: PolicyWish, kept: _Kept) -> Terms:
    if not kept("ends", "length", "until"):
        terms = replace(terms, ends=ends(inquiry, wish))
    if not kept("timeline"):
        terms = replace(terms, custom_timeline=inquiry.yes("timeline", wish.timeline, usual=False))
    if not kept("extend"):
        usual = terms.scope is not Scope.DIRECT_ONLY
        may, approved = extending(inquiry, wish.extend, approved=bool(terms.stages), usual=usual)
        terms = replace(terms, extendable=may, approve_extension=approved)
    elif terms.approve_extension and not terms.stages and not kept("approve", "stages"):
        # Nobody is left who could approve it.
        terms = replace(terms, approve_extension=False)
    if not kept("review"):
        was = ReviewWish(starts=earlier.review.starts) if inquiry.whole else earlier.review
        terms = replace(terms, review=review(inquiry, wish.review, was))
    if not kept("extensions"):
        terms = replace(terms, extensions=extensions(inquiry, wish.extensions))
    return terms


def _name(inquiry: Inquiry, wish: PolicyWish, base: Terms | None) -> str:
    if base is not None and not wish.renamed:
        return base.name
    usual = DIRECT if wish.audience == "admins-only" else FIRST
    name = (wish.renamed or wish.policy).strip() or usual
    if len(name) > MOST_NAME:
        inquiry.problem("policy", f"Keep the policy's name under {MOST_NAME} characters.")
    return name


def _accepts(inquiry: Inquiry, wish: PolicyWish, terms: Terms) -> bool:
    direct = terms.scope is Scope.DIRECT_ONLY
    accepts = inquiry.yes("requests", wish.requests, usual=not direct)
    if direct and accepts:
        inquiry.problem("requests", "Only administrators assign people here, so nobody can ask. Leave requests off.")
    return accepts
