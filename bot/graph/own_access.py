"""What people do about their own access, with their own token."""

from __future__ import annotations

from datetime import datetime

from bot.errors import Ambiguous, Forbidden, NotFound, Rejected
from bot.graph.assignments import OVER, REQUESTS
from bot.graph.times import timestamp
from bot.graph.wire import Json, Wire

PERMISSION = "EntitlementMgmt-SubjectAccess.ReadWrite"


async def extend(wire: Wire, assignment_id: str, *, ends_at: datetime, now: datetime, reason: str) -> str:
    """A userUpdate request for the holder's own assignment is under way; its id.

    Raises AlreadyThere while another request for it is open, NotFound when the access is over, Rejected when the policy
    does not let people extend it themselves.
    https://learn.microsoft.com/graph/api/entitlementmanagement-post-assignmentrequests
    """
    body: Json = {
        "requestType": "userUpdate",
        "assignment": {"id": assignment_id},
        "schedule": {
            "startDateTime": timestamp(now),
            "expiration": {"type": "afterDateTime", "endDateTime": timestamp(ends_at)},
        },
        "justification": reason,
    }
    try:
        answer = await wire.post(REQUESTS, body)
    except Forbidden as refused:
        # Not a permission of Usher's: the policy refuses the person.
        raise Rejected(refused.detail, code=refused.code) from refused
    except Rejected as refused:
        if refused.code in OVER:
            raise NotFound(refused.detail, code=refused.code) from refused
        raise
    if not answer.get("id"):
        raise Ambiguous("the request's answer has no id", code="UnreadableAnswer")
    return str(answer["id"])
