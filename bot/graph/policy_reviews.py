"""Write recurring access reviews, anew or into those a policy has."""

from __future__ import annotations

from bot.domain.building.terms import Frequency, Review
from bot.graph.policy_changes import differs
from bot.graph.policy_subjects import merged_subjects
from bot.graph.times import exact_timestamp, iso_duration
from bot.graph.wire import Json

MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6, Frequency.YEARLY: 12}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def merged_review(row: Json | None, before: Review | None, after: Review | None) -> Json | None:
    """`row` as `after` says; None when nothing is reviewed any more.

    https://learn.microsoft.com/graph/api/resources/accesspackageassignmentreviewsettings
    """
    if after is None:
        return None
    body = {**(row or {}), "isEnabled": True}
    plain = {
        "self_review": ("isSelfReview", after.self_review),
        "no_answer": ("expirationBehavior", after.no_answer.value),
        "recommendations": ("isRecommendationEnabled", after.recommendations),
        "needs_justification": ("isReviewerJustificationRequired", after.needs_justification),
    }
    for name, (theirs, value) in plain.items():
        if differs(before, after, name):
            body[theirs] = value
    for name, theirs in (("reviewers", "primaryReviewers"), ("fallbacks", "fallbackReviewers")):
        if differs(before, after, name):
            body[theirs] = merged_subjects(body.get(theirs), getattr(after, name))
    body["schedule"] = _schedule(body.get("schedule") or {}, before, after)
    return body


def _schedule(row: Json, before: Review | None, after: Review) -> Json:
    schedule = dict(row)
    if after.starts_at is not None and differs(before, after, "starts_at"):
        schedule["startDateTime"] = exact_timestamp(after.starts_at)
    if differs(before, after, "duration"):
        schedule["expiration"] = {"type": "afterDuration", "duration": iso_duration(after.duration)}
    if differs(before, after, "frequency"):
        recurrence = row.get("recurrence") or {"range": {"type": "noEnd", "numberOfOccurrences": 0}}
        schedule["recurrence"] = {**recurrence, "pattern": _pattern(after)}
    return schedule


def _pattern(review: Review) -> Json:
    """https://learn.microsoft.com/graph/api/resources/recurrencepattern"""
    pattern: Json = {"interval": 1, "month": 0, "dayOfMonth": 0, "daysOfWeek": []}
    if review.frequency is Frequency.WEEKLY:
        days = [DAYS[review.starts_at.weekday()]] if review.starts_at else []
        return {**pattern, "type": "weekly", "daysOfWeek": days}
    return {**pattern, "type": "absoluteMonthly", "interval": MONTHS[review.frequency]}
