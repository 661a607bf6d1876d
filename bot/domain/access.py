"""Who holds or asked for which access package, as Entra tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RequestState(StrEnum):
    """`state` of an accessPackageAssignmentRequest."""

    SUBMITTED = "submitted"
    PENDING_APPROVAL = "pendingApproval"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    DELIVERY_FAILED = "deliveryFailed"
    DENIED = "denied"
    SCHEDULED = "scheduled"
    CANCELED = "canceled"
    PARTIALLY_DELIVERED = "partiallyDelivered"
    UNKNOWN = "unknownFutureValue"


class AssignmentState(StrEnum):
    """`state` of an accessPackageAssignment."""

    DELIVERING = "delivering"
    PARTIALLY_DELIVERED = "partiallyDelivered"
    DELIVERED = "delivered"
    EXPIRED = "expired"
    DELIVERY_FAILED = "deliveryFailed"
    UNKNOWN = "unknownFutureValue"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One person's hold on one package. `person_id` is a user object id, times are UTC."""

    id: str
    state: AssignmentState
    package_id: str
    package_name: str
    person_id: str
    person_name: str = ""
    person_address: str = ""
    policy_id: str = ""
    policy_name: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    expired_at: datetime | None = None
    status: str = ""

    @property
    def is_live(self) -> bool:
        """Not over yet."""
        return self.state is not AssignmentState.EXPIRED


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """One request for a package: by the guest, or by an administrator for them."""

    id: str
    kind: str
    state: RequestState
    package_id: str
    package_name: str = ""
    person_id: str = ""
    created_at: datetime | None = None
    completed_at: datetime | None = None
    status: str = ""
    justification: str = ""
    assignment_id: str = ""

    @property
    def is_open(self) -> bool:
        """Still on its way."""
        return self.state in (
            RequestState.SUBMITTED,
            RequestState.PENDING_APPROVAL,
            RequestState.DELIVERING,
            RequestState.SCHEDULED,
        )

    @property
    def gives_access(self) -> bool:
        """userAdd, adminAdd … as opposed to updates and removals."""
        return self.kind.lower().endswith("add")


class Via(StrEnum):
    """How somebody came to be assigned to an application."""

    DIRECT = "direct"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class ApplicationUser:
    """One line of an application's Users and groups, explained by the package behind it where there is one."""

    person_id: str
    name: str
    address: str = ""
    is_guest: bool = False
    via: Via = Via.DIRECT
    group_name: str = ""
    package_name: str = ""
    ends_at: datetime | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """An enterprise application (service principal); `id` is its object id."""

    id: str
    name: str
    assignment_required: bool = True
