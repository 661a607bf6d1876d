"""The plain changes of a package, each as the whole package afterwards: close, open, hide, show, copy, make assignable."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import count

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.terms import Review, Terms
from bot.domain.outcomes.parts import Tone
from bot.domain.packages import Expiration, Scope

DIRECT = "Direct assignment"
"""What the policy is called that Usher adds so that administrators can assign a package."""


def closed(package: Blueprint) -> Blueprint:
    """Nobody can ask for it any more, through any of its policies."""
    return replace(package, policies=tuple(_asking(terms, accepts=False) for terms in package.policies))


def opened(package: Blueprint) -> Blueprint:
    """Everybody can ask for it whom one of its policies is for; those for administrators alone stay so."""
    return replace(package, policies=tuple(_asking(terms, accepts=True) for terms in package.policies))


def _asking(terms: Terms, *, accepts: bool) -> Terms:
    return terms if terms.scope is Scope.DIRECT_ONLY else replace(terms, accepts_requests=accepts)


def assignable(package: Blueprint) -> Blueprint:
    """Administrators can assign it at once: it has a policy for that, which asks for nothing."""
    if any(terms.scope is Scope.DIRECT_ONLY and not terms.stages and not terms.questions for terms in package.policies):
        return package
    names = {terms.name.casefold() for terms in package.policies}
    called = (DIRECT if number == 1 else f"{DIRECT} {number}" for number in count(1))
    name = next(name for name in called if name.casefold() not in names)
    # How long access lasts was decided by whoever made the package.
    ends = next((terms.ends for terms in package.policies if terms.ends != Expiration()), Expiration())
    direct = Terms(name, Scope.DIRECT_ONLY, accepts_requests=False, ends=ends, custom_timeline=True, extendable=False)
    return replace(package, policies=(*package.policies, direct))


def takes_requests(package: Blueprint) -> bool:
    """Whether anybody can ask for it now."""
    return any(terms.accepts_requests for terms in package.policies if terms.scope is not Scope.DIRECT_ONLY)


def can_take_requests(package: Blueprint) -> bool:
    """Whether anybody could ask for it, were it open: one of its policies is for more than administrators."""
    return any(terms.scope is not Scope.DIRECT_ONLY for terms in package.policies)


def shown(package: Blueprint, *, hidden: bool) -> Blueprint:
    """Listed in My Access, or found through its link alone."""
    return replace(package, hidden=hidden)


def state(package: Blueprint) -> tuple[Tone, str]:
    """Whether anybody can get it, in words."""
    if not package.policies:
        return Tone.BAD, "Without a policy: nobody can ask for it, and nobody can be assigned"
    if not can_take_requests(package):
        return Tone.INFO, "Assigned by administrators only"
    if not takes_requests(package):
        return Tone.WARNING, "Closed: nobody new can ask for it"
    if not package.catalog.published:
        return Tone.BAD, "Nobody can ask for it: its catalog is not published"
    return Tone.GOOD, "Open for requests"


def copied(package: Blueprint, name: str, *, now: datetime) -> Blueprint:
    """A new package of this name with everything the old one has: roles, policies, questions, who is kept out.

    Reviews that have begun begin anew: Entra takes no review that starts in the past.
    """
    return replace(
        package,
        name=name,
        id="",
        created_at=None,
        modified_at=None,
        roles=tuple(replace(role, scope_id="") for role in package.roles),
        policies=tuple(_fresh(terms, now) for terms in package.policies),
    )


def _fresh(terms: Terms, now: datetime) -> Terms:
    return replace(
        terms,
        id="",
        modified_at=None,
        # Entra lets a policy for administrators say that it takes requests, which means nothing.
        accepts_requests=terms.accepts_requests and terms.scope is not Scope.DIRECT_ONLY,
        questions=tuple(replace(one, id="") for one in terms.questions),
        review=_upcoming(terms.review, now),
    )


def _upcoming(review: Review | None, now: datetime) -> Review | None:
    if review is None or review.starts_at is None or review.starts_at > now:
        return review
    return replace(review, starts_at=None)
