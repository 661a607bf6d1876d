"""The settings of an assignment policy in plain words, in the order of the wizard's pages."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from datetime import tzinfo

from bot.domain.building.describing import LAST_SECOND
from bot.domain.building.lengths import count, words
from bot.domain.building.naming import all_of, keys
from bot.domain.building.rows import INFORMATION, LIFECYCLE, REQUESTS, Row, listed
from bot.domain.building.terms import Frequency, Moment, NoAnswer, Question, QuestionKind, Review, Stage, Terms
from bot.domain.packages import Expiration, Scope

_SCOPES = {
    Scope.DIRECT_ONLY: "Nobody: administrators assign people",
    Scope.MEMBERS: "All members of this organisation (no guests)",
    Scope.ALL_USERS: "Everybody in this directory (guests included)",
    Scope.ALL_ORGANISATIONS: "People of all configured connected organizations",
    Scope.ANYONE_OUTSIDE: "Anyone outside (also people not invited yet)",
    Scope.SOME_USERS: "Only certain people of this directory",
    Scope.SOME_ORGANISATIONS: "Only people of certain connected organizations",
    Scope.SOME_APPLICATIONS: "Only certain applications (service principals)",
    Scope.APPLICATIONS: "All applications (service principals) of this directory",
    Scope.AGENTS: "All agent identities of this directory",
    Scope.UNKNOWN: "A group of people Usher does not know; see the portal",
}
_FREQUENCIES = {
    Frequency.WEEKLY: "Every week",
    Frequency.MONTHLY: "Every month",
    Frequency.QUARTERLY: "Every three months",
    Frequency.HALF_YEARLY: "Every six months",
    Frequency.YEARLY: "Every year",
}
_NO_ANSWERS = {
    NoAnswer.KEEP: "access stays when nobody answers",
    NoAnswer.REMOVE: "access is removed when nobody answers",
    NoAnswer.RECOMMEND: "Entra's recommendation is followed when nobody answers",
}
MOMENTS = {
    Moment.REQUESTED: "When somebody asks",
    Moment.APPROVED: "When a request is approved",
    Moment.GRANTED: "When access is given",
    Moment.REMOVED: "When access is removed",
    Moment.FOURTEEN_DAYS: "14 days before access ends",
    Moment.ONE_DAY: "1 day before access ends",
}
"""When a custom extension is called."""


def rows(terms: Terms, *, zone: tzinfo) -> Iterator[Row]:
    """Every setting of the policy; dates as they are in `zone`."""
    yield from _requests(terms)
    yield from _information(terms)
    yield from _lifecycle(terms, zone)


def scope(terms: Terms) -> str:
    """Who may ask."""
    if terms.scope in (Scope.SOME_USERS, Scope.SOME_ORGANISATIONS) and terms.targets:
        return all_of(terms.targets)
    extra = f" ({all_of(terms.targets)})" if terms.targets else ""
    return _SCOPES[terms.scope] + extra


def _requests(terms: Terms) -> Iterator[Row]:
    yield Row(REQUESTS, "Policy", terms.name, terms.name)
    yield Row(REQUESTS, "Policy description", terms.description or "none", terms.description)
    yield Row(REQUESTS, "Who can ask", scope(terms), (terms.scope, keys(terms.targets)))
    open_now = "open" if terms.accepts_requests else "closed, nobody can ask for now"
    yield Row(REQUESTS, "New requests", open_now, terms.accepts_requests)
    needed = f"needed, in {count(len(terms.stages), 'stage')}" if terms.stages else "not needed"
    yield Row(REQUESTS, "Approval", needed, len(terms.stages))
    for number, stage in enumerate(terms.stages, start=1):
        yield Row(REQUESTS, f"Stage {number}", _stage(stage), _stage_value(stage))
    reason = "must be given with the request" if terms.needs_justification else "not asked for"
    yield Row(REQUESTS, "Reason", reason, terms.needs_justification)


def _stage(stage: Stage) -> str:
    deciding = all_of(stage.approvers, last="or") or "nobody"
    said = [
        f"decided by {deciding} within {words(stage.answer_within)}, otherwise the request is denied",
        "a decision must be explained" if stage.needs_justification else "a decision need not be explained",
    ]
    if stage.fallbacks:
        said.append(f"where there is nobody of these: {all_of(stage.fallbacks, last='or')}")
    if stage.alternates:
        after = f"after {words(stage.alternates_after)}" if stage.alternates_after is not None else "later"
        said.append(f"{after} {all_of(stage.alternates, last='or')} may decide too")
    elif stage.alternates_after is not None:
        said.append(f"passed on after {words(stage.alternates_after)}, but to nobody")
    if stage.alternate_fallbacks:
        said.append(f"where there is nobody of the latter: {all_of(stage.alternate_fallbacks, last='or')}")
    return "; ".join(said)


def _stage_value(stage: Stage) -> Hashable:
    nobody = replace(stage, approvers=(), fallbacks=(), alternates=(), alternate_fallbacks=())
    people = (stage.approvers, stage.fallbacks, stage.alternates, stage.alternate_fallbacks)
    return nobody, tuple(map(keys, people))


def _information(terms: Terms) -> Iterator[Row]:
    asked = count(len(terms.questions), "question") if terms.questions else "none"
    yield Row(INFORMATION, "Questions", asked, len(terms.questions))
    for number, question in enumerate(terms.questions, start=1):
        yield Row(INFORMATION, f"Question {number}", _question(question), replace(question, id=""))


def _question(question: Question) -> str:
    offered = listed([_choice(one.text, one.value) for one in question.choices], last="or")
    kinds = {
        QuestionKind.SHORT: "short text",
        QuestionKind.LONG: "long text",
        QuestionKind.CHOICE: "one of",
        QuestionKind.SEVERAL: "one or more of",
    }
    said = [
        f"“{question.text}”",
        f"{kinds[question.kind]} {offered}".strip(),
        "must be answered" if question.required else "may be left empty",
    ]
    if not question.editable:
        said.append("the answer cannot be changed later")
    if question.pattern:
        said.append(f"answers must look like {question.pattern}")
    others = [*question.translations, *(one for choice in question.choices for one in choice.translations)]
    if others:
        said.append(f"in other languages {listed([f'“{one.text}” ({one.language})' for one in others])}")
    return "; ".join(said)


def _choice(text: str, value: str) -> str:
    return text if text == value else f"{text} (stored as {value})"


def _lifecycle(terms: Terms, zone: tzinfo) -> Iterator[Row]:
    yield Row(LIFECYCLE, "Access ends", ending(terms.ends, zone), terms.ends)
    own = "people may ask for their own dates" if terms.custom_timeline else "the same for everybody"
    yield Row(LIFECYCLE, "Timeline", own, terms.custom_timeline)
    more = "cannot be asked for"
    if terms.extendable:
        more = "may be asked for, " + ("with approval" if terms.approve_extension else "without approval")
    yield Row(LIFECYCLE, "More time", more, (terms.extendable, terms.approve_extension))
    yield Row(LIFECYCLE, "Access reviews", _review(terms.review, zone), _review_value(terms.review))
    for at in Moment:
        called = [one for one in terms.extensions if one.at is at]
        if called:
            named = listed([one.name or one.id for one in called])
            yield Row(LIFECYCLE, MOMENTS[at], f"{named} is called", tuple(one.id for one in called))


def ending(ends: Expiration, zone: tzinfo) -> str:
    """`14 days after it was given`, `on 24 December 2026`, `never`."""
    if ends.after is not None:
        return f"{words(ends.after)} after it was given"
    if ends.on is None:
        return "never"
    local = ends.on.astimezone(zone)
    hour = "" if local.time() == LAST_SECOND else f" at {local:%H:%M}"
    return f"on {local.day} {local:%B %Y}{hour}"


def _review(review: Review | None, zone: tzinfo) -> str:
    if review is None:
        return "none"
    asked = ["the people themselves"] if review.self_review else []
    asked += [all_of(review.reviewers)] if review.reviewers else []
    said = [
        f"{_FREQUENCIES[review.frequency]}, by {listed(asked) or 'nobody'}",
        f"open for {words(review.duration)}",
        _NO_ANSWERS[review.no_answer],
        "with recommendations" if review.recommendations else "without recommendations",
        "a decision must be explained" if review.needs_justification else "a decision need not be explained",
    ]
    if review.fallbacks:
        said.append(f"where there is nobody of these: {all_of(review.fallbacks, last='or')}")
    if review.starts_at:
        local = review.starts_at.astimezone(zone)
        said.append(f"from {local.day} {local:%B %Y}")
    return "; ".join(said)


def _review_value(review: Review | None) -> Hashable:
    if review is None:
        return None
    return replace(review, reviewers=(), fallbacks=()), keys(review.reviewers), keys(review.fallbacks)
