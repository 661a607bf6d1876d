"""What Entra shows of a request that waits for approval, and who may decide it and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.access import RequestState


class Because(StrEnum):
    """Why somebody is an approver. Values are stored: never rename one."""

    NAMED = "named"
    GROUP = "group"
    MANAGER = "manager"
    SPONSOR = "sponsor"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who may decide a stage. `of` names the group, the person or the partner that makes them one.

    `alternate`: asked because the first approvers did not answer; `fallback`: because the policy's own meant nobody.
    """

    id: str
    name: str
    address: str = ""
    because: Because = Because.NAMED
    of: str = ""
    alternate: bool = False
    fallback: bool = False
    stage: int = 1


@dataclass(frozen=True, slots=True)
class PendingRequest:
    """One request as Entra shows it. `answers` are (id of the question, answer); `person_id` a user object id.

    `wanted_end` and `wanted_time` are what was asked for, None where the policy decides.
    """

    id: str
    kind: str
    state: RequestState
    package_id: str
    package_name: str
    person_id: str
    person_name: str = ""
    person_address: str = ""
    requestor_id: str = ""
    requestor_name: str = ""
    created_at: datetime | None = None
    completed_at: datetime | None = None
    status: str = ""
    justification: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    policy_id: str = ""
    starts_at: datetime | None = None
    wanted_end: datetime | None = None
    wanted_time: timedelta | None = None

    @property
    def is_escalated(self) -> bool:
        """The first approvers of the stage did not answer, so the alternates are asked as well."""
        return self.status.casefold() == "pendingapprovalescalated"


@dataclass(frozen=True, slots=True)
class Panel:
    """What a policy says of one stage of a request. `answers` are (question in words, answer).

    `ends_at` and `lasts`: when access would end, None for both when it would not.
    """

    stages: int
    approvers: tuple[Approver, ...]
    answer_within: timedelta = timedelta(days=14)
    needs_reason: bool = False
    answers: tuple[tuple[str, str], ...] = ()
    sponsors: tuple[str, ...] = ()
    is_guest: bool = False
    ends_at: datetime | None = None
    lasts: timedelta | None = None
