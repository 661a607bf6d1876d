"""The way of an invite as a checklist: what happened, what is next, what comes later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.invites import OVER, Invite, Milestone, Way


class Mood(StrEnum):
    """How far a step is."""

    DONE = "Done"
    NEXT = "Now"
    LATER = "Later"
    OVER = "Over"
    STUCK = "Stuck"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the checklist. `at` None: not yet, or done at a time nobody recorded."""

    name: str
    mood: Mood
    at: datetime | None = None
    waiting_for: str = ""


_LINK = (
    Milestone.INVITED,
    Milestone.REDEEMED,
    Milestone.REQUESTED,
    Milestone.APPROVED,
    Milestone.DELIVERING,
    Milestone.DELIVERED,
)
#: An administrator's assignment does not wait for the guest, who redeems when they first come.
_ASSIGN = (
    Milestone.INVITED,
    Milestone.REQUESTED,
    Milestone.DELIVERING,
    Milestone.DELIVERED,
    Milestone.REDEEMED,
)
_NAMES = {
    Milestone.INVITED: ("Invited", "Usher is inviting the guest"),
    Milestone.REDEEMED: ("Redeemed", "waiting for the guest to accept the invitation"),
    Milestone.REQUESTED: ("Requested", "waiting for the guest to open the link and ask"),
    Milestone.APPROVED: ("Approved", "waiting for an approver"),
    Milestone.DELIVERING: ("Delivering", "Entra is about to give the access"),
    Milestone.DELIVERED: ("Delivered", "Entra is giving the access"),
    Milestone.DENIED: ("Denied", ""),
    Milestone.REVOKED: ("Revoked", ""),
    Milestone.ENDED: ("Ended", ""),
}


def steps(invite: Invite) -> tuple[Step, ...]:
    """The checklist in reading order. A final milestone takes the place of all that can no longer happen."""
    road = _road(invite)
    reached = _reached(invite, road)
    final = [milestone for milestone in Milestone if milestone in OVER and invite.has(milestone)]
    done = [Step(_NAMES[each][0], Mood.DONE, invite.milestones.get(each)) for each in road if each in reached]
    if final or not invite.open:
        ends = [Step(_NAMES[each][0], Mood.OVER, invite.milestones[each]) for each in final]
        return (*done, *(ends or [Step("Closed", Mood.OVER)]))
    ahead = [each for each in road if each not in reached]
    return (*done, *(_ahead(each, index == 0, invite) for index, each in enumerate(ahead)))


def headline(invite: Invite) -> Step:
    """The step that says where the invite stands: the end, a failure, what is awaited, or the last one done."""
    every = steps(invite)
    for mood in (Mood.OVER, Mood.STUCK, Mood.NEXT):
        for step in every:
            if step.mood is mood:
                return step
    last = every[-1]
    return Step(last.name, Mood.STUCK) if invite.failure and invite.open else last


def _road(invite: Invite) -> tuple[Milestone, ...]:
    if not invite.wish.package_id:
        return (Milestone.INVITED, Milestone.REDEEMED)
    if invite.wish.way is Way.ASSIGN:
        return _ASSIGN
    skips = not invite.approval_needed and not invite.has(Milestone.APPROVED)
    return tuple(each for each in _LINK if not (skips and each is Milestone.APPROVED))


def _reached(invite: Invite, road: tuple[Milestone, ...]) -> frozenset[Milestone]:
    """What happened, and what must have happened before it though nobody recorded it."""
    seen = [index for index, each in enumerate(road) if invite.has(each)]
    if invite.has(Milestone.REDEEMED) and road is _ASSIGN:
        seen = seen[:-1] or [0]
        return frozenset({*road[: seen[-1] + 1], Milestone.REDEEMED})
    return frozenset(road[: seen[-1] + 1]) if seen else frozenset()


def _ahead(milestone: Milestone, is_next: bool, invite: Invite) -> Step:
    name, waiting = _NAMES[milestone]
    if milestone is Milestone.REQUESTED and invite.wish.way is Way.ASSIGN:
        waiting = "Usher is asking Entra for the assignment"
    if not is_next:
        return Step(name, Mood.LATER)
    return Step(name, Mood.STUCK if invite.failure else Mood.NEXT, None, waiting)
