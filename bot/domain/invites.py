"""An invite: one guest, one access package, from the wish of an admin to the end of the access."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.ends import Ends


class Way(StrEnum):
    """How access is given: the guest asks through the request link, or an admin assigns it at once."""

    LINK = "link"
    ASSIGN = "assign"


class Milestone(StrEnum):
    """What can happen to an invite, in the order a person reads it. Values are stored: never rename one."""

    INVITED = "invited"
    REDEEMED = "redeemed"
    REQUESTED = "requested"
    APPROVED = "approved"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    DENIED = "denied"
    REVOKED = "revoked"
    ENDED = "ended"


#: Milestones after which nothing more is expected.
FINAL = frozenset({Milestone.REVOKED, Milestone.ENDED})

#: Milestones that stand in the place of what can no longer happen. A denied guest may ask once more.
OVER = FINAL | {Milestone.DENIED}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an invite stands still. `text` is in plain words; `code` is the other side's own; `step` what failed."""

    text: str
    code: str = ""
    step: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What an admin asked for, complete and checked: enough to fulfil without asking again.

    `address` is normalised, lower case. `package_id` "" means: invite only, no access package.
    `sponsor_id` is an object id. `language` is a BCP 47 tag for the guest's mail and cards.
    `time_zone` is the asker's, IANA name. `guest_id` is set when the guest was in the directory already,
    `policy_id` when access is assigned through an existing policy.
    """

    address: str
    package_id: str = ""
    package_name: str = ""
    way: Way = Way.LINK
    ends: Ends = Ends()
    sponsor_id: str = ""
    sponsor_name: str = ""
    language: str = "en"
    message: str = ""
    justification: str = ""
    guest_name: str = ""
    time_zone: str = "UTC"
    guest_id: str = ""
    policy_id: str = ""


@dataclass(frozen=True, slots=True)
class Invite:
    """The ledger's memory of a wish and of what became of it.

    `attempts` names each write to Entra that was begun, before it was begun ("invitation", "assignment",
    "policy"): after a crash the same step first looks at what happened. `tried_at`: when the invitation was
    last begun. `open` is False once nothing more is
    expected. `governed` None: not known yet; False: Entra will not remove this account.
    """

    id: str
    wish: Wish
    asked_by: str
    asked_by_name: str
    created_at: datetime
    guest_id: str = ""
    guest_name: str = ""
    redeem_url: str = ""
    policy_id: str = ""
    request_id: str = ""
    assignment_id: str = ""
    ends_at: datetime | None = None
    approval_needed: bool = False
    governed: bool | None = None
    milestones: dict[Milestone, datetime] = field(default_factory=dict)
    attempts: tuple[str, ...] = ()
    tried_at: datetime | None = None
    failure: Failure | None = None
    open: bool = True
    looks: int = 0
    next_look_at: datetime | None = None
    updated_at: datetime | None = None

    def has(self, milestone: Milestone) -> bool:
        """Whether this has happened."""
        return milestone in self.milestones

    def reached(self, milestone: Milestone, at: datetime) -> Invite:
        """The invite with this milestone; the first time it was seen stays."""
        if milestone in self.milestones:
            return self
        done = milestone in FINAL
        return replace(self, milestones={**self.milestones, milestone: at}, open=self.open and not done)

    @property
    def awaits_assigning(self) -> bool:
        """Whether access is to be assigned and nobody has begun to."""
        begun = self.request_id or self.assignment_id or "assignment" in self.attempts
        return self.open and self.wish.way is Way.ASSIGN and not begun

    def assigning(self, wish: Wish) -> Invite:
        """The invite with access assigned as `wish` says instead of asked for; one already asked for stays as it is."""
        if wish.way is not Way.ASSIGN or self.wish.way is Way.ASSIGN or self.request_id or self.assignment_id:
            return self
        reason = wish.justification or self.wish.justification
        turned = replace(self.wish, way=wish.way, ends=wish.ends, policy_id=wish.policy_id, justification=reason)
        return replace(self, wish=turned, failure=None)

    def attempted(self, step: str) -> Invite:
        """The invite with this write marked as begun."""
        return self if step in self.attempts else replace(self, attempts=(*self.attempts, step))
