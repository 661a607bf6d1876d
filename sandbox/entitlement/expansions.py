"""What ``$expand`` and filter paths may follow from each entitlement management entity."""

from __future__ import annotations

from typing import Any

from sandbox.entitlement.records import packages_in, policies_of, subject_of
from sandbox.world import Entity, World

Expansions = dict[str, Any]


def _get(world: World, table: str, key: str | None) -> Entity | None:
    return world.tables[table].get(key or "")


def role_scopes(world: World, package: Entity) -> list[Entity]:
    """The package's resource role scopes that have replicated."""
    return [one for one in package.get("_roleScopes") or [] if world.visible(one)]


def of_resource() -> Expansions:
    """A catalog resource: its roles and scopes."""
    return {"roles": lambda r: r["_roles"], "scopes": lambda r: r["_scopes"], "environment": lambda r: None}


def of_role(world: World) -> Expansions:
    """A resource role or scope: the resource it is of."""
    return {"resource": (lambda r: _get(world, "catalogResources", r.get("_resourceId")), of_resource())}


def of_role_scope(world: World) -> Expansions:
    """A resource role scope: its role and scope."""
    return {"role": (lambda r: r["role"], of_role(world)), "scope": (lambda r: r["scope"], of_role(world))}


def of_catalog(world: World) -> Expansions:
    """A catalog: its packages and resources."""
    package = {"assignmentPolicies": lambda p: policies_of(world, p["id"])}
    return {
        "accessPackages": (lambda c: packages_in(world, c["id"]), package),
        "resources": (lambda c: resources_in(world, c["id"]), of_resource()),
        "customWorkflowExtensions": lambda c: [
            one for one in world.rows("customWorkflowExtensions") if one["_catalogId"] == c["id"]
        ],
    }


def resources_in(world: World, catalog_id: str) -> list[Entity]:
    """The resources of a catalog that have replicated."""
    return [r for r in world.rows("catalogResources") if r["_catalogId"] == catalog_id]


def of_package(world: World) -> Expansions:
    """An access package: catalog, policies, resource role scopes and what it may not be held together with."""
    packages = world.tables["accessPackages"]
    return {
        "catalog": (lambda p: _get(world, "catalogs", p["_catalogId"]), of_catalog(world)),
        "assignmentPolicies": (lambda p: policies_of(world, p["id"]), _of_policy_alone(world)),
        "resourceRoleScopes": (lambda p: role_scopes(world, p), of_role_scope(world)),
        "incompatibleAccessPackages": lambda p: [
            packages[i] for i in p.get("_incompatiblePackages", []) if i in packages
        ],
        "incompatibleGroups": lambda p: [
            world.tables["groups"][i] for i in p.get("_incompatibleGroups", []) if i in world.tables["groups"]
        ],
        "accessPackagesIncompatibleWith": lambda p: [
            other for other in packages.values() if p["id"] in other.get("_incompatiblePackages", [])
        ],
    }


def _of_policy_alone(world: World) -> Expansions:
    return {
        "questions": lambda p: p.get("_questions") or [],
        "customExtensionStageSettings": (
            lambda p: p.get("_customExtensionStageSettings") or [],
            {"customExtension": lambda s: _get(world, "customWorkflowExtensions", s["_extensionId"])},
        ),
    }


def of_policy(world: World) -> Expansions:
    """An assignment policy: its package and catalog, questions and extension stages."""
    package = _get

    def catalog(policy: Entity) -> Entity | None:
        found = package(world, "accessPackages", policy["_accessPackageId"])
        return found and _get(world, "catalogs", found["_catalogId"])

    return _of_policy_alone(world) | {
        "accessPackage": (lambda p: package(world, "accessPackages", p["_accessPackageId"]), of_package(world)),
        "catalog": (catalog, {}),
    }


def of_subject(world: World) -> Expansions:
    """A subject: the connected organization they come from is not simulated."""
    return {"connectedOrganization": lambda s: None}


def of_assignment(world: World) -> Expansions:
    """An assignment: who, which package, under which policy."""
    return {
        "target": (lambda a: subject_of(world, a["_targetId"], a.get("_email")), of_subject(world)),
        "accessPackage": (lambda a: _get(world, "accessPackages", a["_accessPackageId"]), of_package(world)),
        "assignmentPolicy": (lambda a: _get(world, "assignmentPolicies", a["_policyId"]), of_policy(world)),
    }


def of_request(world: World) -> Expansions:
    """An assignment request: its package, its assignment once there is one, and who asked.

    The requestor of a direct assignment is who was assigned.
    """

    def requestor(request: Entity) -> Entity | None:
        direct = str(request["requestType"]).startswith("admin")
        person = request["_targetId"] if direct else request["_requestorId"]
        return subject_of(world, person) if person else None

    return {
        "accessPackage": (lambda r: _get(world, "accessPackages", r["_accessPackageId"]), of_package(world)),
        "assignment": (lambda r: _get(world, "assignments", r["_assignmentId"]), of_assignment(world)),
        "requestor": (requestor, of_subject(world)),
    }
