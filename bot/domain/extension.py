"""How much longer access may go on: the rule that an extension obeys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.access import Assignment, AssignmentState
from bot.domain.ends import MOST_DAYS, Ends
from bot.domain.packages import Policy

SAME = timedelta(seconds=2)
"""Two instants nearer than this are the same end: Graph keeps whole seconds."""

_USUAL = timedelta(days=14)


class Obstacle(StrEnum):
    """Why access cannot go on as it was asked for."""

    OVER = "over"
    NOT_DELIVERED = "not delivered"
    NEVER_ENDS = "never ends"
    NO_LENGTH = "no length"
    PAST = "past"
    NOT_LATER = "not later"
    TOO_LONG = "too long"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Extension:
    """What an extension comes to: `ends_at`, or the `obstacle`. `latest` is the last end the policy allows now."""

    ends_at: datetime | None = None
    obstacle: Obstacle | None = None
    latest: datetime | None = None


def latest_end(policy: Policy | None, now: datetime) -> datetime:
    """The last instant to which access may be extended at `now` (aware UTC, whole seconds).

    The policy's own length counts from the moment of the extension, as for a request to extend:
    https://learn.microsoft.com/entra/id-governance/entitlement-management-access-package-lifecycle-policy
    """
    furthest = now + timedelta(days=MOST_DAYS)
    allowed = policy.expiration.end(now) if policy else None
    return min(furthest, allowed or furthest).replace(microsecond=0)


def usual_days(policy: Policy | None, ends_at: datetime, now: datetime) -> int:
    """The days a form proposes: the policy's usual length, or as much of it as is left until the latest end.

    0: the access already ends as late as it may.
    """
    length = (policy.expiration.after if policy else None) or _USUAL
    room = latest_end(policy, now) - ends_at
    return max(0, min(length, room).days)


def extend(assignment: Assignment, policy: Policy | None, wanted: Ends, *, now: datetime, zone: ZoneInfo) -> Extension:
    """The new end of a live assignment, never beyond `latest_end`, never before the end it has.

    `wanted.days` are added to the end it has; `wanted.on` is the last day with access in `zone`.
    """
    obstacle = _standing(assignment, now)
    if obstacle or assignment.ends_at is None:
        return Extension(obstacle=obstacle or Obstacle.NEVER_ENDS)
    latest = latest_end(policy, now)
    if latest <= assignment.ends_at + SAME:
        return Extension(obstacle=Obstacle.AT_MOST, latest=latest)
    if wanted == Ends():
        return Extension(obstacle=Obstacle.NO_LENGTH, latest=latest)
    obstacle = _reach(wanted, assignment.ends_at, now, zone)
    if obstacle:
        return Extension(obstacle=obstacle, latest=latest)
    ends_at = wanted.moment(assignment.ends_at, zone)
    if ends_at is None or ends_at > latest:
        if wanted.on != latest.astimezone(zone).date():
            return Extension(obstacle=Obstacle.TOO_LONG, latest=latest)
        # The day on which the policy's time runs out may be named; access then ends when that time does.
        ends_at = latest
    if ends_at <= assignment.ends_at + SAME:
        return Extension(obstacle=Obstacle.NOT_LATER, latest=latest)
    return Extension(ends_at.replace(microsecond=0), latest=latest)


def to_latest(assignment: Assignment, policy: Policy | None, *, now: datetime) -> Extension:
    """As far as the policy allows."""
    latest = latest_end(policy, now)
    obstacle = _standing(assignment, now)
    if obstacle is None and assignment.ends_at and latest <= assignment.ends_at + SAME:
        obstacle = Obstacle.AT_MOST
    return Extension(obstacle=obstacle, latest=latest) if obstacle else Extension(latest, latest=latest)


def _standing(assignment: Assignment, now: datetime) -> Obstacle | None:
    if not assignment.is_live or (assignment.ends_at and assignment.ends_at <= now):
        return Obstacle.OVER
    if assignment.state not in (AssignmentState.DELIVERED, AssignmentState.PARTIALLY_DELIVERED):
        return Obstacle.NOT_DELIVERED
    return Obstacle.NEVER_ENDS if assignment.ends_at is None else None


def _reach(wanted: Ends, ends_at: datetime, now: datetime, zone: ZoneInfo) -> Obstacle | None:
    """What is wrong with a wish before any instant is computed: near the edges of the calendar none can be."""
    if wanted.days is not None:
        if wanted.days < 1:
            return Obstacle.NOT_LATER
        return Obstacle.TOO_LONG if wanted.days > MOST_DAYS else None
    day = wanted.on or date.min
    if day < now.astimezone(zone).date():
        return Obstacle.PAST
    if day < ends_at.astimezone(zone).date():
        return Obstacle.NOT_LATER
    return Obstacle.TOO_LONG if day.year > now.year + MOST_DAYS // 365 + 1 else None
