"""Show the control API's readers what belongs together: assignments with their target, packages with their roles."""

from __future__ import annotations

from sandbox.entitlement import expansions
from sandbox.odata import shape
from sandbox.state import view
from sandbox.world import Entity, World


@view("assignments")
def _assignment(world: World, row: Entity) -> Entity:
    return shape(row, {"$expand": "target,accessPackage,assignmentPolicy"}, expansions.of_assignment(world))


@view("assignmentRequests")
def _request(world: World, row: Entity) -> Entity:
    expand = "accessPackage,requestor,assignment($expand=target)"
    return shape(row, {"$expand": expand}, expansions.of_request(world)) | {"targetId": row["_targetId"]}


@view("accessPackages")
def _package(world: World, row: Entity) -> Entity:
    expand = "catalog,resourceRoleScopes($expand=role,scope)"
    return shape(row, {"$expand": expand}, expansions.of_package(world))


@view("assignmentPolicies")
def _policy(world: World, row: Entity) -> Entity:
    return shape(row, {"$expand": "accessPackage,questions"}, expansions.of_policy(world))


@view("catalogResources")
def _resource(world: World, row: Entity) -> Entity:
    return shape(row, {"$expand": "roles,scopes"}, expansions.of_resource()) | {"catalogId": row["_catalogId"]}
