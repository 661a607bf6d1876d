"""Packages that a journey may change and delete: made the way another tool would make them, and read the same way."""

from __future__ import annotations

import itertools
import os
import urllib.error
from typing import Any

from tests.journeys.stage import PEOPLE, Stage, until

EM = "/identityGovernance/entitlementManagement"
GENERAL, PARTNERS = (f"88888888-8888-4888-8888-88888888888{number}" for number in (1, 2))
_numbers = itertools.count(1)


def fresh_name(what: str = "Kept") -> str:
    """A name no package has."""
    return f"{what} {next(_numbers)} of {os.getpid()}"


def policy(name: str = "Everybody", **changes: Any) -> dict[str, Any]:
    """The body of a policy: all users may ask, nobody approves, 14 days."""
    return {
        "displayName": name,
        "description": "d",
        "allowedTargetScope": "allDirectoryUsers",
        "specificAllowedTargets": [],
        "expiration": {"type": "afterDuration", "duration": "P14D", "endDateTime": None},
        "requestorSettings": {
            "enableTargetsToSelfAddAccess": True,
            "enableTargetsToSelfUpdateAccess": True,
            "enableTargetsToSelfRemoveAccess": True,
            "allowCustomAssignmentSchedule": True,
        },
        "requestApprovalSettings": {
            "isApprovalRequiredForAdd": False,
            "isApprovalRequiredForUpdate": False,
            "stages": [],
        },
        **changes,
    }


def direct() -> dict[str, Any]:
    """The body of a policy through which administrators assign, and nobody asks."""
    nothing = ("enableTargetsToSelfAddAccess", "enableTargetsToSelfUpdateAccess", "enableTargetsToSelfRemoveAccess")
    return policy("Direct", allowedTargetScope="notSpecified", requestorSettings=dict.fromkeys(nothing, False))


def approved_by(who: str) -> dict[str, Any]:
    """Approval settings: this person says yes, within fourteen days."""
    person_id, name = PEOPLE[who]
    approver = {"@odata.type": "#microsoft.graph.singleUser", "userId": person_id, "description": name}
    stage = {
        "durationBeforeAutomaticDenial": "P14D",
        "isApproverJustificationRequired": True,
        "isEscalationEnabled": False,
        "primaryApprovers": [approver],
        "fallbackPrimaryApprovers": [],
        "escalationApprovers": [],
        "fallbackEscalationApprovers": [],
    }
    return {"isApprovalRequiredForAdd": True, "isApprovalRequiredForUpdate": False, "stages": [stage]}


def made(stage: Stage, *policies: dict[str, Any], name: str = "", catalog: str = GENERAL, opens: bool = True) -> Any:
    """A package (as Graph answers) in a catalog, with what the catalog's first resource gives, and these policies."""
    body = {"displayName": name or fresh_name(), "description": "For tests.", "catalog": {"id": catalog}}
    package = stage.graph("POST", f"{EM}/accessPackages", body)
    if opens:
        resource = stage.graph("GET", f"{EM}/catalogs/{catalog}/resources?$expand=roles,scopes")["value"][0]
        role, scope = resource["roles"][0], resource["scopes"][0]
        named = {name: role[name] for name in ("originId", "originSystem", "displayName")}
        named["resource"] = {name: resource[name] for name in ("id", "originId", "originSystem")}
        at = {name: scope[name] for name in ("originId", "originSystem")}
        later(stage, "POST", f"{EM}/accessPackages/{package['id']}/resourceRoleScopes", {"role": named, "scope": at})
    for one in policies or (policy(),):
        later(stage, "POST", f"{EM}/assignmentPolicies", {**one, "accessPackage": {"id": package["id"]}})
    query = f"$filter=id eq '{package['id']}'&$expand=assignmentPolicies,resourceRoleScopes".replace(" ", "%20")

    def whole() -> bool:
        rows = stage.graph("GET", f"{EM}/accessPackages?{query}")["value"]
        return [(len(one["assignmentPolicies"]), len(one["resourceRoleScopes"])) for one in rows] == expected

    expected = [(len(policies or (policy(),)), int(opens))]
    until(whole, what="Graph shows the whole package")
    return package


def later(stage: Stage, method: str, path: str, body: Any = None) -> Any:
    """What Graph answers once it knows what was made a moment ago."""

    def known() -> Any:
        try:
            return (stage.graph(method, path, body),)
        except urllib.error.HTTPError as error:
            if error.code != 404:
                raise
            return None

    return until(known, what=f"{method} {path} is answered")[0]


def policies(stage: Stage, package: Any) -> list[dict[str, Any]]:
    """The package's policies as Graph shows them."""
    query = "$expand=assignmentPolicies"
    return list(stage.graph("GET", f"{EM}/accessPackages/{package['id']}?{query}")["assignmentPolicies"])


def there(stage: Stage, package: Any) -> dict[str, Any] | None:
    """The package as it is now, None when it is gone."""
    rows = stage.state()["accessPackages"]
    return next((one for one in rows if one["id"] == package["id"]), None)


def assigned(stage: Stage, package: Any, who: str) -> str:
    """Somebody of the tenant gets the package now, through its first policy; the request's id."""
    body = {
        "requestType": "adminAdd",
        "assignment": {
            "targetId": PEOPLE[who][0] if who in PEOPLE else who,
            "assignmentPolicyId": policies(stage, package)[0]["id"],
            "accessPackageId": package["id"],
        },
    }
    return str(later(stage, "POST", f"{EM}/assignmentRequests", body)["id"])


def writes(stage: Stage, package: Any) -> list[str]:
    """What was written about this package, its policies included: "METHOD path"."""
    ids = {package["id"], *(one["id"] for one in policies(stage, package))}
    return [
        f"{one['method']} {one['url']}"
        for one in stage.requests()
        if one["method"] in ("PUT", "PATCH", "DELETE") and any(key in one["url"] for key in ids)
    ]
