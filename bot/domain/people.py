"""Who somebody is in the tenant's directory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Redemption(StrEnum):
    """Whether a guest has accepted the invitation (`externalUserState` of a Graph user)."""

    PENDING = "PendingAcceptance"
    ACCEPTED = "Accepted"


@dataclass(frozen=True, slots=True)
class Person:
    """A user object of our tenant, member or guest. `id` is the object id."""

    id: str
    name: str
    address: str = ""
    upn: str = ""
    is_guest: bool = False
    enabled: bool = True
    redemption: Redemption | None = None
    redeemed_at: datetime | None = None
    created_at: datetime | None = None
    deleted_at: datetime | None = None

    @property
    def is_deleted(self) -> bool:
        """In the bin: can be restored for 30 days."""
        return self.deleted_at is not None

    @property
    def has_redeemed(self) -> bool:
        """Members never had to; a guest has once Entra says Accepted."""
        return not self.is_guest or self.redemption is Redemption.ACCEPTED


class InvitesFrom(StrEnum):
    """Who may invite guests here (`allowInvitesFrom` of the tenant's authorizationPolicy)."""

    NOBODY = "none"
    ADMINS = "adminsAndGuestInviters"
    MEMBERS = "adminsGuestInvitersAndAllMembers"
    EVERYONE = "everyone"


class AccountEnding(StrEnum):
    """What Entra does with a governed guest who lost the last package (`externalUserLifecycleAction`)."""

    NOTHING = "none"
    BLOCK = "blockSignIn"
    DELETE = "blockSignInAndDelete"


@dataclass(frozen=True, slots=True)
class Tenant:
    """The organisation Usher works for. `domain` is its initial domain, which request links carry."""

    id: str
    name: str
    domain: str
