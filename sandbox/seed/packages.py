"""The demo's catalogs, packages, policies and the one assignment that is under way."""

from datetime import timedelta
from typing import Any

from sandbox.clock import stamp
from sandbox.seed.applications import APP4GUEST
from sandbox.seed.groups import PHOENIX, READERS
from sandbox.seed.people import ADELE, BEN, ago
from sandbox.seed.policies import everyone, members_only, nobody, with_approval
from sandbox.seed.sites import PARTNER_SITE
from sandbox.seed.tenant import BEGINNING
from sandbox.world import Entity, World

GENERAL, PARTNERS = (f"88888888-8888-4888-8888-88888888888{number}" for number in (1, 2))
INVITED, PROJECT, HANDBOOK, CLOSED, HIDDEN = (f"99999999-9999-4999-8999-99999999999{number}" for number in range(1, 6))
DEFAULT_ACCESS = "00000000-0000-0000-0000-000000000000"
ACCESS_PACKAGE_MANAGER = "7f480852-ebdc-47d4-87de-0d8498384a83"
ROLE_NAMES = {
    "AadApplication": [("Default Access", DEFAULT_ACCESS)],
    "AadGroup": [("Member", "Member_{0}"), ("Owner", "Owner_{0}")],
    "SharePointOnline": [("Partners Visitors", "4"), ("Partners Members", "5")],
}


def plant(world: World) -> None:
    """Two catalogs with their resources, five packages, and Ben's access, which ends in ten days."""
    _catalog(world, GENERAL, "General", "Built-in catalog.", "serviceDefault")
    _catalog(world, PARTNERS, "Partners", "What partners work with.", "userManaged")
    app = _resource(world, 1, GENERAL, "AadApplication", APP4GUEST, "App4Guest")
    readers = _resource(world, 2, PARTNERS, "AadGroup", READERS, "Partner Readers")
    _resource(world, 3, GENERAL, "AadGroup", PHOENIX, "Project Phoenix")
    _resource(world, 4, PARTNERS, "SharePointOnline", PARTNER_SITE, "Partners")
    _package(world, INVITED, "Invited users package", GENERAL, app, everyone())
    _package(world, PROJECT, "Partner project", PARTNERS, readers, with_approval(ADELE))
    _package(world, HANDBOOK, "Staff handbook", GENERAL, app, members_only())
    _package(world, CLOSED, "Closed package", GENERAL, app, nobody())
    _package(world, HIDDEN, "Hidden package", GENERAL, app, everyone())["isHidden"] = True
    world.add(
        "emRoleAssignments",
        {
            "id": "abababab-abab-4bab-8bab-ababababab01",
            "appScopeId": f"/AccessPackageCatalog/{PARTNERS}",
            "directoryScopeId": None,
            "principalId": ADELE,
            "roleDefinitionId": ACCESS_PACKAGE_MANAGER,
        },
    )
    world.add("entitlementSettings", SETTINGS.copy())
    _assignment(world)


SETTINGS: Entity = {
    "id": "singleton",
    "durationUntilExternalUserDeletedAfterBlocked": "P30D",
    "externalUserLifecycleAction": "blockSignInAndDelete",
}


def _catalog(world: World, key: str, name: str, description: str, kind: str) -> None:
    world.add(
        "catalogs",
        {
            "id": key,
            "catalogType": kind,
            "createdDateTime": BEGINNING,
            "description": description,
            "displayName": name,
            "isExternallyVisible": True,
            "modifiedDateTime": BEGINNING,
            "state": "published",
        },
    )


def _resource(world: World, number: int, catalog: str, system: str, origin: str, name: str) -> Entity:
    key = f"bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbb{number}"
    roles = [
        {
            "id": f"cccccccc-cccc-4ccc-8ccc-cccccccccc{number}{at}",
            "description": None,
            "displayName": role,
            "originId": pattern.format(origin),
            "originSystem": system,
            "_resourceId": key,
        }
        for at, (role, pattern) in enumerate(ROLE_NAMES[system])
    ]
    scope = {
        "id": f"dddddddd-dddd-4ddd-8ddd-ddddddddddd{number}",
        "description": "Root Scope",
        "displayName": "Root",
        "isRootScope": True,
        "originId": origin,
        "originSystem": system,
        "_resourceId": key,
    }
    return world.add(
        "catalogResources",
        {
            "id": key,
            "attributes": [],
            "createdDateTime": BEGINNING,
            "description": name,
            "displayName": name,
            "modifiedDateTime": BEGINNING,
            "originId": origin,
            "originSystem": system,
            "_catalogId": catalog,
            "_roles": roles,
            "_scopes": [scope],
        },
    )


def _package(world: World, key: str, name: str, catalog: str, resource: Entity, policy: Entity) -> Entity:
    role, scope = resource["_roles"][0], resource["_scopes"][0]
    package = world.add(
        "accessPackages",
        {
            "id": key,
            "createdDateTime": BEGINNING,
            "description": f"Opens {resource['displayName']}.",
            "displayName": name,
            "isHidden": False,
            "modifiedDateTime": BEGINNING,
            "_catalogId": catalog,
            "_roleScopes": [
                {"id": f"{role['id']}_{scope['id']}", "createdDateTime": BEGINNING, "role": role, "scope": scope}
            ],
        },
    )
    fixed = {"id": key.replace("9999-4999-8999", "9999-4999-9999"), "_accessPackageId": key}
    times = {"createdDateTime": BEGINNING, "modifiedDateTime": BEGINNING}
    world.add("assignmentPolicies", {**policy, **times, **fixed})
    return package


def _assignment(world: World) -> None:
    """Ben asked four days ago and holds the package for ten more; it ends like any other."""
    from sandbox.entitlement import effects, ending, records

    policy = records.policies_of(world, INVITED)[0]
    ends = stamp(world.clock.now() + timedelta(days=10))
    expiration = {"duration": None, "endDateTime": ends, "type": "afterDateTime"}
    schedule = {"expiration": expiration, "recurrence": None, "startDateTime": ago(world, 4)}
    private: dict[str, Any] = {
        "_accessPackageId": INVITED,
        "_policyId": policy["id"],
        "_targetId": BEN,
        "_email": None,
    }
    assignment: Entity = {
        "id": "eeeeeeee-eeee-4eee-8eee-eeeeeeeeeee1",
        "customExtensionCalloutInstances": [],
        "expiredDateTime": None,
        "schedule": schedule,
        "state": "delivered",
        "status": "Delivered",
        **private,
    }
    world.add("assignments", assignment)
    records.subject_of(world, BEN)["subjectLifecycle"] = "governed"
    effects.grant(world, world.tables["accessPackages"][INVITED], BEN)
    ending.watch(world, assignment)
    world.add("assignmentRequests", _request(world, private))


def _request(world: World, private: Entity) -> Entity:
    return {
        "id": "eeeeeeee-eeee-4eee-8eee-eeeeeeeeeee2",
        "answers": [],
        "completedDateTime": ago(world, 4),
        "createdDateTime": ago(world, 4),
        "customExtensionCalloutInstances": [],
        "justification": "Working on the partner audit",
        "requestType": "userAdd",
        "schedule": {
            "expiration": {"duration": None, "endDateTime": None, "type": "notSpecified"},
            "recurrence": None,
            "startDateTime": None,
        },
        "state": "delivered",
        "status": "Delivered",
        "_requestorId": BEN,
        "_assignmentId": "eeeeeeee-eeee-4eee-8eee-eeeeeeeeeee1",
        "_stages": [],
        "_schedule": None,
        **private,
    }
