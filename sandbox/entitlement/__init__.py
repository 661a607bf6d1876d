"""Entitlement management of the simulated tenant; importing it registers its Graph operations."""

from aiohttp import web

from sandbox import control
from sandbox.entitlement import (
    acts,
    approvals,
    assignments,
    catalogs,
    extensions,
    incompatibility,
    organizations,
    packages,
    policies,
    requests,
    requirements,
    resource_requests,
    roles,
    settings,
    subjects,
    views,
)

__all__ = [
    "acts",
    "approvals",
    "assignments",
    "attach",
    "catalogs",
    "extensions",
    "incompatibility",
    "organizations",
    "packages",
    "policies",
    "requests",
    "requirements",
    "resource_requests",
    "roles",
    "settings",
    "subjects",
    "views",
]


def attach(app: web.Application) -> None:
    """Adds the control route with which a test plays a person."""
    app.router.add_post("/_control/act", control.post(acts.act))
