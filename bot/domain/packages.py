"""Access packages, their catalog and their assignment policies, and what a policy means for a guest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class Scope(StrEnum):
    """Who may ask (`allowedTargetScope` of an assignment policy)."""

    DIRECT_ONLY = "notSpecified"
    SOME_USERS = "specificDirectoryUsers"
    SOME_ORGANISATIONS = "specificConnectedOrganizationUsers"
    SOME_APPLICATIONS = "specificDirectoryServicePrincipals"
    MEMBERS = "allMemberUsers"
    ALL_USERS = "allDirectoryUsers"
    APPLICATIONS = "allDirectoryServicePrincipals"
    ALL_ORGANISATIONS = "allConfiguredConnectedOrganizationUsers"
    ANYONE_OUTSIDE = "allExternalUsers"
    AGENTS = "allDirectoryAgentIdentities"
    UNKNOWN = "unknownFutureValue"


#: Scopes a guest who is already in the directory can fall under.
GUEST_SCOPES = frozenset(
    {
        Scope.ALL_USERS,
        Scope.SOME_USERS,
        Scope.SOME_ORGANISATIONS,
        Scope.ALL_ORGANISATIONS,
        Scope.ANYONE_OUTSIDE,
    }
)


@dataclass(frozen=True, slots=True)
class Expiration:
    """When access given through a policy ends: after a time, on a date, or never (both None)."""

    after: timedelta | None = None
    on: datetime | None = None

    def end(self, start: datetime) -> datetime | None:
        """The end of access that starts at `start` (aware UTC); None means it never ends."""
        return self.on if self.after is None else start + self.after


@dataclass(frozen=True, slots=True)
class Policy:
    """An assignment policy of an access package. `extendable`: who has access through it may let it go on themselves."""

    id: str
    name: str
    scope: Scope
    can_request: bool = False
    needs_approval: bool = False
    question_count: int = 0
    expiration: Expiration = Expiration()
    needs_justification: bool = False
    extendable: bool = False

    @property
    def lets_guests_request(self) -> bool:
        """Whether a guest in the directory may ask through this policy (specific scopes: may, perhaps)."""
        return self.can_request and self.scope in GUEST_SCOPES

    @property
    def lets_admins_assign(self) -> bool:
        """Whether an administrator can assign a guest through it at once.

        Entra asks that the policy covers the guest and that it needs no approval
        (https://learn.microsoft.com/entra/id-governance/entitlement-management-access-package-assignments).
        """
        covers = self.scope in (Scope.DIRECT_ONLY, Scope.ALL_USERS)
        return covers and not self.needs_approval and not self.question_count


@dataclass(frozen=True, slots=True)
class Catalog:
    """Where a package lives. Guests can ask only when it is published and visible outside.

    `built_in`: Entra's own, which nobody can delete; only the list of catalogs says so.
    """

    id: str
    name: str
    published: bool = True
    external: bool = True
    description: str = ""
    built_in: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class AccessPackage:
    """A bundle of resource roles that people are assigned to."""

    id: str
    name: str
    catalog: Catalog
    description: str = ""
    hidden: bool = False
    policies: tuple[Policy, ...] = ()

    @property
    def request_policy(self) -> Policy | None:
        """The policy a guest would ask through: one without approval first."""
        asked = [policy for policy in self.policies if policy.lets_guests_request]
        return min(asked, key=lambda policy: policy.needs_approval, default=None)

    @property
    def is_direct_only(self) -> bool:
        """Nobody can ask for it by design: all its policies are for direct assignment."""
        return bool(self.policies) and all(one.scope is Scope.DIRECT_ONLY for one in self.policies)

    @property
    def direct_policy(self) -> Policy | None:
        """The policy an administrator would assign through: direct-only ones first."""
        direct = [policy for policy in self.policies if policy.lets_admins_assign]
        return min(direct, key=lambda policy: policy.scope is not Scope.DIRECT_ONLY, default=None)
