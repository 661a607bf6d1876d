"""What is likely wrong with an assignment policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain.building import partner_lint
from bot.domain.building.facts import Facts, Standing
from bot.domain.building.naming import who
from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.building.terms import Stage, Terms
from bot.domain.outcomes.parts import Finding, Tone
from bot.domain.packages import GUEST_SCOPES, Scope

_BROKEN = {
    Standing.DELETED: "was deleted",
    Standing.DISABLED: "is switched off",
    Standing.GUEST: "is a guest",
    Standing.EMPTY: "has no members",
}
_GONE = (Standing.DELETED, Standing.DISABLED)
# Everybody of these scopes is a member, or may be one.
_WITH_MEMBERS = (Scope.MEMBERS, Scope.ALL_USERS, Scope.SOME_USERS)
_FOUND_BY_REQUESTOR = {
    SubjectKind.MANAGER: "guests, and some members, have no manager",
    SubjectKind.TARGET_MANAGER: "guests, and some members, have no manager",
    SubjectKind.INTERNAL_SPONSORS: "only people of connected organizations have such sponsors",
    SubjectKind.EXTERNAL_SPONSORS: "only people of connected organizations have such sponsors",
    SubjectKind.GUEST_SPONSORS: "not every guest has a sponsor",
}


def findings(terms: Terms, facts: Facts, *, now: datetime, alone: bool) -> Iterator[Finding]:
    """Everything found about the policy; its name is said unless it is `alone` in its package."""
    about = "" if alone else f"Policy “{terms.name}”: "
    for finding in (*_approval(terms, facts), *_targets(terms, facts), *_lifecycle(terms, now), *_review(terms, facts)):
        yield replace(finding, text=about + finding.text)


def _approval(terms: Terms, facts: Facts) -> Iterator[Finding]:
    if terms.scope is Scope.ANYONE_OUTSIDE and not terms.stages:
        text = "Anyone outside gets access without approval. The portal makes approval compulsory for that: say who approves."
        yield Finding(text, Tone.WARNING, code="approval_forced")
    if terms.approve_extension and not terms.stages:
        text = "More time needs approval, but nobody approves. Name approvers, or give more time without approval."
        yield Finding(text, Tone.BAD, code="extension_unapproved")
    for number, stage in enumerate(terms.stages, start=1):
        where = f"Stage {number}: " if len(terms.stages) > 1 else ""
        for finding in (*_people(stage, facts), *_reachable(terms, stage)):
            yield replace(finding, text=where + finding.text)


def _people(stage: Stage, facts: Facts) -> Iterator[Finding]:
    everybody = (*stage.approvers, *stage.fallbacks)
    if not any(facts.standings.get(one.id) not in _BROKEN for one in everybody):
        text = "Nobody can approve, so every request is denied in the end. Name somebody who can."
        yield Finding(text, Tone.BAD, code="nobody_approves")
    yield from _broken((*everybody, *stage.alternates, *stage.alternate_fallbacks), facts, "approver")


def _broken(subjects: Iterable[Subject], facts: Facts, job: str) -> Iterator[Finding]:
    for one in dict.fromkeys(subjects):
        standing = facts.standings.get(one.id) if one.id else None
        if standing in _BROKEN:
            kind = "group " if one.kind is SubjectKind.GROUP else ""
            text = f"The {job} {kind}“{one.name or one.id}” {_BROKEN[standing]}. Name somebody else."
            yield Finding(text, Tone.WARNING, code=f"{job}_{standing.value}")


def _reachable(terms: Terms, stage: Stage) -> Iterator[Finding]:
    kinds = {one.kind for one in stage.approvers}
    if kinds and kinds <= set(_FOUND_BY_REQUESTOR) and not stage.fallbacks:
        why = _FOUND_BY_REQUESTOR[stage.approvers[0].kind]
        text = f"Only {who(stage.approvers[0])} can approve, but {why}. Name a fallback approver."
        yield Finding(text, Tone.WARNING, code="no_fallback")
    single = stage.approvers[0] if len(stage.approvers) == 1 else None
    if single and single.kind is SubjectKind.USER and terms.scope in _WITH_MEMBERS and not stage.alternates:
        text = (
            f"Only {who(single)} approves, and nobody may approve their own request: if {who(single)} asks, or is away, "
            "nobody can say yes. Name a second approver or an alternate."
        )
        yield Finding(text, Tone.INFO, code="single_approver")


def _targets(terms: Terms, facts: Facts) -> Iterator[Finding]:
    if terms.scope in (Scope.SOME_USERS, Scope.SOME_ORGANISATIONS) and not terms.targets:
        text = "The policy is for certain people but names nobody. Name them."
        yield Finding(text, Tone.BAD, code="no_targets")
    gone = [one for one in terms.targets if facts.standings.get(one.id) in (*_GONE, Standing.EMPTY)]
    if gone and len(gone) == len(terms.targets):
        said = ", ".join(f"“{one.name or one.id}” {_BROKEN[facts.standings[one.id]]}" for one in gone[:4])
        yield Finding(f"Nobody can ask: {said}. Name others.", Tone.BAD, code="nobody_asks")
        gone = []
    for one in gone:
        standing = facts.standings[one.id]
        kind = "The group " if one.kind is SubjectKind.GROUP else ""
        text = f"{kind}“{one.name or one.id}” may ask but {_BROKEN[standing]}. Take it off the list."
        yield Finding(text, Tone.WARNING, code=f"target_{standing.value}")
    if facts.organizations is not None:
        yield from partner_lint.findings(terms, facts.organizations)


def _lifecycle(terms: Terms, now: datetime) -> Iterator[Finding]:
    ends = terms.ends
    if ends.on is not None and ends.after is None and ends.on <= now:
        text = "The date on which access ends is over, so nobody gets access any more. Choose another end."
        yield Finding(text, Tone.BAD, code="ended")
    if ends.on is not None or ends.after is not None:
        return
    if terms.scope in GUEST_SCOPES or terms.scope is Scope.DIRECT_ONLY:
        text = "Guests keep access for ever: it never ends. Give it an end; they can ask for more time."
        yield Finding(text, Tone.WARNING, code="no_expiry")
    if terms.review is None:
        text = "Access never ends and nobody reviews it. Switch on access reviews, or give it an end."
        yield Finding(text, Tone.WARNING, code="no_review")


def _review(terms: Terms, facts: Facts) -> Iterator[Finding]:
    review = terms.review
    if review is None:
        return
    everybody = (*review.reviewers, *review.fallbacks)
    if not review.self_review and not any(facts.standings.get(one.id) not in _BROKEN for one in everybody):
        text = "Nobody can review access. Name a reviewer, or let people answer for themselves."
        yield Finding(text, Tone.BAD, code="nobody_reviews")
    yield from _broken(everybody, facts, "reviewer")
