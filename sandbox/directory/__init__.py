"""The directory half of the tenant: importing it registers its Graph operations."""

from aiohttp import web

from sandbox.directory import (
    applications,
    deleted,
    groups,
    invitations,
    mail,
    memberships,
    organization,
    roles,
    sites,
    sponsors,
    teams,
    users,
)

__all__ = [
    "applications",
    "attach",
    "deleted",
    "groups",
    "invitations",
    "mail",
    "memberships",
    "organization",
    "roles",
    "sites",
    "sponsors",
    "teams",
    "users",
]


def attach(app: web.Application) -> None:
    """The directory answers under Graph's own root only: there is nothing to add."""
