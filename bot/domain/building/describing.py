"""Describe a package that is there as a draft, so that a form, a file or a sentence can start from it."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, time, tzinfo
from typing import Any

from bot.domain.building.blueprints import Blueprint, Named
from bot.domain.building.drafts import (
    AUDIENCES,
    PackageDraft,
    PolicyWish,
    QuestionWish,
    ResourceWish,
    ReviewWish,
    StageWish,
)
from bot.domain.building.lengths import written
from bot.domain.building.refs import SELF, ref_of
from bot.domain.building.resources import ResourceRole, System
from bot.domain.building.subjects import Subject
from bot.domain.building.terms import NoAnswer, Question, Review, Stage, Terms
from bot.domain.packages import Expiration

KINDS = {"app": System.APPLICATION, "group": System.GROUP, "site": System.SITE}
"""Word for a kind of resource in a draft -> where it comes from."""
LAST_SECOND = time(23, 59, 59)
"""A day named as the end is the last one with access."""
NO_ANSWERS = {"keep": NoAnswer.KEEP, "remove": NoAnswer.REMOVE, "recommend": NoAnswer.RECOMMEND}

_SCOPES = {scope: word for word, scope in AUDIENCES.items()}
_KINDS = {system: word for word, system in KINDS.items()}
_NO_ANSWERS = {answer: word for word, answer in NO_ANSWERS.items()}


def draft_of(blueprint: Blueprint, *, zone: tzinfo = UTC, named: bool = False) -> PackageDraft:
    """What somebody would have to say to get this package; `resolve` makes the same blueprint of it again.

    References are ids, with `named` the names people know. Dates are days in `zone`; a moment that is not the end of
    a day stays to the second. What no words describe (kinds of subjects and scopes Usher does not make) is named, but
    comes back only when resolved on the base of this same blueprint.
    """
    wishes = [_policy(terms, zone, named=named) for terms in blueprint.policies]
    first: dict[str, Any] = {}
    if wishes:
        first = {field.name: getattr(wishes[0], field.name) for field in fields(PolicyWish)}
    return PackageDraft(
        name=blueprint.name,
        description=blueprint.description,
        catalog=(named and blueprint.catalog.name) or blueprint.catalog.id,
        hidden=yes_no(blueprint.hidden),
        resources=tuple(_resource(role, named=named) for role in blueprint.roles),
        incompatible_packages=_named(blueprint.incompatible_packages, named=named),
        incompatible_groups=_named(blueprint.incompatible_groups, named=named),
        others=tuple(wishes[1:]),
        **first,
    )


def yes_no(value: bool) -> str:
    """As a draft says it."""
    return "yes" if value else "no"


def _resource(role: ResourceRole, *, named: bool) -> ResourceWish:
    resource = role.resource
    # A site's URL says more than its name and is as good as an id.
    ref = resource.name if named and resource.system is not System.SITE else resource.origin_id
    return ResourceWish(_KINDS[resource.system], ref, (named and role.role.name) or role.role.id)


def _named(things: tuple[Named, ...], *, named: bool) -> tuple[str, ...]:
    return tuple((named and one.name) or one.id for one in things)


def _subjects(subjects: tuple[Subject, ...], *, named: bool) -> tuple[str, ...]:
    return tuple(ref_of(one, named=named) for one in subjects)


def _policy(terms: Terms, zone: tzinfo, *, named: bool) -> PolicyWish:
    ends, length, until = _ends(terms.ends, zone)
    extend = "approval" if terms.approve_extension else "yes"
    return PolicyWish(
        policy=terms.name,
        policy_description=terms.description,
        audience=_SCOPES.get(terms.scope, terms.scope.value),
        targets=_subjects(terms.targets, named=named),
        approve=yes_no(terms.needs_approval),
        stages=tuple(_stage(one, named=named) for one in terms.stages),
        requests=yes_no(terms.accepts_requests),
        justification=yes_no(terms.needs_justification),
        questions=tuple(_question(one) for one in terms.questions),
        ends=ends,
        length=length,
        until=until,
        timeline=yes_no(terms.custom_timeline),
        extend=extend if terms.extendable else "no",
        review=_review(terms.review, zone, named=named),
        extensions=tuple((one.at.value, (named and one.name) or one.id) for one in terms.extensions),
    )


def _ends(ends: Expiration, zone: tzinfo) -> tuple[str, str, str]:
    if ends.after is not None:
        length = written(ends.after)
        return ("days", length, "") if length.isdigit() else ("hours", length.removesuffix("h"), "")
    return ("date", "", moment(ends.on, zone)) if ends.on else ("never", "", "")


def moment(at: datetime, zone: tzinfo) -> str:
    """An ISO date for the end of that day in `zone`, otherwise the whole moment in ISO form."""
    local = at.astimezone(zone)
    return local.date().isoformat() if local.time() == LAST_SECOND else local.isoformat()


def _stage(stage: Stage, *, named: bool) -> StageWish:
    return StageWish(
        approvers=_subjects(stage.approvers, named=named),
        fallbacks=_subjects(stage.fallbacks, named=named),
        alternates=_subjects(stage.alternates, named=named),
        days=written(stage.answer_within),
        alternates_after=written(stage.alternates_after) if stage.alternates_after is not None else "",
        justification=yes_no(stage.needs_justification),
        alternate_fallbacks=_subjects(stage.alternate_fallbacks, named=named),
    )


def _question(question: Question) -> QuestionWish:
    return QuestionWish(
        text=question.text,
        kind=question.kind.value,
        required=yes_no(question.required),
        choices=tuple(one.text for one in question.choices),
        translations=tuple((one.language, one.text) for one in question.translations),
        choice_translations=tuple(
            (choice.text, one.language, one.text) for choice in question.choices for one in choice.translations
        ),
        choice_values=tuple((one.text, one.value) for one in question.choices if one.value != one.text),
        pattern=question.pattern,
        editable=yes_no(question.editable),
    )


def _review(review: Review | None, zone: tzinfo, *, named: bool) -> ReviewWish:
    if review is None:
        return ReviewWish("no")
    self_review = (SELF,) if review.self_review else ()
    return ReviewWish(
        frequency=review.frequency.value,
        reviewers=(*self_review, *_subjects(review.reviewers, named=named)),
        days=written(review.duration),
        no_answer=_NO_ANSWERS[review.no_answer],
        fallbacks=_subjects(review.fallbacks, named=named),
        recommendations=yes_no(review.recommendations),
        justification=yes_no(review.needs_justification),
        starts=review.starts_at.astimezone(zone).isoformat() if review.starts_at else "",
    )
