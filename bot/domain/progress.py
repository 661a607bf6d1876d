"""What Entra shows of a guest, turned into the milestones of an invite, and when to look again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.access import AccessRequest, Assignment, AssignmentState, RequestState
from bot.domain.invites import Failure, Invite, Milestone, Way
from bot.domain.people import Person

FIRST_LOOK = 1.5
"""Seconds after a change until Usher looks again."""

PATIENCE = 0.1
"""Then the wait grows with the time nothing has happened: a tenth of it."""

NEWCOMER = timedelta(minutes=15)
"""How long the directory may take to know a new guest."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read of the guest just now; `person` None: the directory does not know them."""

    person: Person | None
    assignments: tuple[Assignment, ...] = ()
    requests: tuple[AccessRequest, ...] = ()


def observe(invite: Invite, facts: Facts, now: datetime) -> Invite:
    """The invite after a look: new milestones, end date, failure or its going away. Pure and repeatable."""
    after = _observed(invite, facts, now)
    if after.failure and _same(invite.failure, after.failure):
        # The failure that stood there before, not a new one: it keeps its time.
        return replace(after, failure=invite.failure)
    return after


def _observed(invite: Invite, facts: Facts, now: datetime) -> Invite:
    seen = _see_person(invite, facts.person, now)
    if not invite.wish.package_id:
        return seen
    requests = [one for one in facts.requests if one.package_id == invite.wish.package_id and one.gives_access]
    ours = [one for one in requests if _belongs(invite, one)]
    latest = max(ours, key=lambda one: (one.created_at or invite.created_at, one.is_open, one.id), default=None)
    # Once a package is deleted, Entra no longer says which one an assignment was of.
    held = [one for one in facts.assignments if invite.wish.package_id == one.package_id or _is_known(invite, one)]
    assignment = _our_assignment(invite, held, latest)
    if latest and latest.state is RequestState.CANCELED and assignment and assignment.is_live:
        # What was taken back was one request more; the access stands.
        latest = None
    return _see_assignment(_see_request(seen, latest, now), assignment, now)


def _is_known(invite: Invite, assignment: Assignment) -> bool:
    return not assignment.package_id and assignment.id == invite.assignment_id


def _belongs(invite: Invite, request: AccessRequest) -> bool:
    """Requests from before the invite are history, unless they are still on their way."""
    if request.id == invite.request_id or request.is_open:
        return True
    return request.created_at is None or request.created_at >= invite.created_at - timedelta(seconds=5)


def _our_assignment(invite: Invite, held: list[Assignment], latest: AccessRequest | None) -> Assignment | None:
    """The live one; else the one that is over, when it is ours, even if it began and ended between two looks."""
    ranked = sorted(held, key=lambda one: (not one.is_live, one.id != invite.assignment_id, one.id))
    first = next(iter(ranked), None)
    if first is None or first.is_live or first.id == invite.assignment_id:
        return first
    if latest is None or latest.state is not RequestState.DELIVERED:
        return None
    since = max(latest.created_at or invite.created_at, invite.created_at)
    begun = (one for one in ranked if one.starts_at and one.starts_at >= since)
    return next((one for one in ranked if one.id == latest.assignment_id), None) or next(begun, None)


def _see_person(invite: Invite, person: Person | None, now: datetime) -> Invite:
    if person is None or person.is_deleted:
        if not invite.guest_id or not invite.has(Milestone.INVITED) or (person is None and _is_new(invite, now)):
            return invite
        gone = Failure("The guest's account was deleted.", code="guest_deleted", step="guest", at=now)
        return invite if _same(invite.failure, gone) else replace(invite, failure=gone)
    if invite.failure and invite.failure.code == "guest_deleted":
        invite = replace(invite, failure=None)
    if person.has_redeemed:
        return invite.reached(Milestone.REDEEMED, person.redeemed_at or now)
    return invite


def _is_new(invite: Invite, now: datetime) -> bool:
    """Right after the invitation the directory may not know the guest yet: that is no deletion."""
    return "known" not in invite.attempts and now - invite.milestones[Milestone.INVITED] < NEWCOMER


def _see_request(invite: Invite, request: AccessRequest | None, now: datetime) -> Invite:
    if request is None:
        return invite
    if request.state is RequestState.CANCELED:
        kept = dict(invite.milestones)
        kept.pop(Milestone.REQUESTED, None)
        return replace(invite, milestones=kept, request_id="")
    seen = replace(invite, request_id=request.id).reached(Milestone.REQUESTED, request.created_at or now)
    if request.state is not RequestState.DENIED and seen.has(Milestone.DENIED):
        # The guest asked once more, and that request has not been denied.
        kept = dict(seen.milestones)
        kept.pop(Milestone.DENIED)
        seen = replace(seen, milestones=kept)
    if request.state is RequestState.PENDING_APPROVAL:
        return replace(seen, approval_needed=True)
    if request.state is RequestState.DENIED:
        return seen.reached(Milestone.DENIED, request.completed_at or now)
    if request.state in (RequestState.DELIVERING, RequestState.DELIVERED):
        if seen.approval_needed:
            seen = seen.reached(Milestone.APPROVED, now)
        seen = seen.reached(Milestone.DELIVERING, request.created_at or now)
    if request.state in (RequestState.DELIVERY_FAILED, RequestState.PARTIALLY_DELIVERED):
        return _failed_delivery(seen, request.status, now)
    return _healed(seen) if request.state is RequestState.DELIVERED else seen


def _see_assignment(invite: Invite, assignment: Assignment | None, now: datetime) -> Invite:
    if assignment is None:
        return invite
    seen = replace(invite, assignment_id=assignment.id, ends_at=assignment.ends_at)
    if assignment.state is AssignmentState.EXPIRED:
        final = Milestone.REVOKED if "revoke" in seen.attempts else Milestone.ENDED
        return seen.reached(final, assignment.expired_at or now)
    if assignment.state is AssignmentState.DELIVERED:
        start = max(assignment.starts_at or now, invite.created_at)
        seen = seen.reached(Milestone.REQUESTED, start)
        return _healed(seen).reached(Milestone.DELIVERED, min(start, now))
    if assignment.state in (AssignmentState.DELIVERY_FAILED, AssignmentState.PARTIALLY_DELIVERED):
        return _failed_delivery(seen, assignment.status, now)
    return seen.reached(Milestone.DELIVERING, now)


def _failed_delivery(invite: Invite, status: str, now: datetime) -> Invite:
    failure = Failure(
        "Entra could not deliver everything the access package holds.",
        code=status or "deliveryFailed",
        step="delivery",
        at=now,
    )
    return invite if _same(invite.failure, failure) else replace(invite, failure=failure)


def _healed(invite: Invite) -> Invite:
    if invite.failure and invite.failure.step == "delivery":
        return replace(invite, failure=None)
    return invite


def _same(one: Failure | None, other: Failure) -> bool:
    return one is not None and (one.code, one.step, one.text) == (other.code, other.step, other.text)


def end_to_set(invite: Invite) -> datetime | None:
    """The end an admin asked for when the guest's own request was given a later one; None when all is well.

    A guest who asks through the request link gets what the policy says; the wish was for less.
    """
    delivered = invite.milestones.get(Milestone.DELIVERED)
    if not invite.open or delivered is None or invite.wish.way is not Way.LINK or "end" in invite.attempts:
        return None
    wanted = invite.wish.ends.moment(delivered, ZoneInfo(invite.wish.time_zone))
    if wanted is None or (invite.ends_at and invite.ends_at <= wanted + timedelta(hours=1)):
        return None
    return wanted


def changed(before: Invite, after: Invite) -> bool:
    """Whether a look taught anything a person would see."""
    return replace(after, looks=0, next_look_at=None, updated_at=None) != replace(
        before, looks=0, next_look_at=None, updated_at=None
    )


def next_look(invite: Invite, now: datetime, sweep_seconds: float) -> datetime | None:
    """When to look again: soon after a change, then ever more rarely, at least every `sweep_seconds`.

    None once nothing more is expected.
    """
    if not invite.open:
        return None
    idle = (now - (invite.updated_at or invite.created_at)).total_seconds()
    wait = min(sweep_seconds, max(FIRST_LOOK, idle * PATIENCE))
    return now + timedelta(seconds=wait)
