"""Entitlement management of the simulated tenant; importing it registers its Graph operations."""

from sandbox.entitlement import (
    approvals,
    assignments,
    catalogs,
    organizations,
    packages,
    policies,
    requests,
    resource_requests,
    roles,
    settings,
    subjects,
    views,
)

__all__ = [
    "approvals",
    "assignments",
    "catalogs",
    "organizations",
    "packages",
    "policies",
    "requests",
    "resource_requests",
    "roles",
    "settings",
    "subjects",
    "views",
]
