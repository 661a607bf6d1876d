"""Dates and states in plain words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.access import AssignmentState, RequestState
from bot.domain.invites import Milestone

REQUEST_WORDS = {
    RequestState.SUBMITTED: "asked for",
    RequestState.PENDING_APPROVAL: "waiting for approval",
    RequestState.DELIVERING: "being delivered",
    RequestState.DELIVERED: "delivered",
    RequestState.DELIVERY_FAILED: "delivery failed",
    RequestState.DENIED: "denied",
    RequestState.SCHEDULED: "starts later",
    RequestState.CANCELED: "taken back",
    RequestState.PARTIALLY_DELIVERED: "delivered in part",
    RequestState.UNKNOWN: "in a state Usher does not know",
}
ASSIGNMENT_WORDS = {
    AssignmentState.DELIVERING: "being delivered",
    AssignmentState.PARTIALLY_DELIVERED: "delivered in part",
    AssignmentState.DELIVERED: "has access",
    AssignmentState.EXPIRED: "ended",
    AssignmentState.DELIVERY_FAILED: "delivery failed",
    AssignmentState.UNKNOWN: "in a state Usher does not know",
}
MILESTONE_WORDS = {
    Milestone.INVITED: "invited",
    Milestone.REDEEMED: "invitation accepted",
    Milestone.REQUESTED: "package requested",
    Milestone.APPROVED: "approved",
    Milestone.DELIVERING: "being delivered",
    Milestone.DELIVERED: "has access",
    Milestone.DENIED: "denied",
    Milestone.REVOKED: "access revoked",
    Milestone.ENDED: "access ended",
}


def day(moment: datetime, zone: ZoneInfo) -> str:
    """`24 December 2026`, as it is in `zone`."""
    local = moment.astimezone(zone)
    return f"{local.day} {local:%B %Y}"
