"""The directory half of the tenant: importing it registers its Graph operations."""

from sandbox.directory import (
    applications,
    deleted,
    groups,
    invitations,
    mail,
    memberships,
    organization,
    roles,
    sponsors,
    teams,
    users,
)

__all__ = [
    "applications",
    "deleted",
    "groups",
    "invitations",
    "mail",
    "memberships",
    "organization",
    "roles",
    "sponsors",
    "teams",
    "users",
]
