"""Serve a catalog's custom extensions, and say at which moments a policy may call which."""

from __future__ import annotations

from sandbox.entitlement.access import READ, operation
from sandbox.entitlement.model import invalid
from sandbox.entitlement.records import find
from sandbox.odata import collection
from sandbox.routes import Call, Reply
from sandbox.world import Entity, World

AT_REQUESTS = "accessPackageAssignmentRequestWorkflowExtension"
BEFORE_THE_END = "accessPackageAssignmentWorkflowExtension"
STAGES = {
    "assignmentRequestCreated": AT_REQUESTS,
    "assignmentRequestApproved": AT_REQUESTS,
    "assignmentRequestGranted": AT_REQUESTS,
    "assignmentRequestRemoved": AT_REQUESTS,
    "assignmentFourteenDaysBeforeExpiration": BEFORE_THE_END,
    "assignmentOneDayBeforeExpiration": BEFORE_THE_END,
}


@operation("GET", "/catalogs/{id}/customWorkflowExtensions", app=READ, delegated=READ)
def list_extensions(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accesspackagecatalog-list-accesspackagecustomworkflowextensions"""
    found = find(call.world, "catalogs", call.params["id"])
    return collection(call, extensions_in(call.world, found["id"]))


def extensions_in(world: World, catalog_id: str) -> list[Entity]:
    """The custom extensions of a catalog."""
    return [one for one in world.rows("customWorkflowExtensions") if one["_catalogId"] == catalog_id]


def check(world: World, catalog_id: str, settings: list[Entity]) -> None:
    """Return when every stage calls an extension of this catalog that is made for it; GraphError 400 otherwise."""
    known = {one["id"]: one for one in extensions_in(world, catalog_id)}
    for setting in settings:
        extension = known.get((setting.get("customExtension") or {}).get("id"))
        kind = STAGES.get(str(setting.get("stage")))
        if extension is None or kind is None or not extension["@odata.type"].endswith(f".{kind}"):
            raise invalid(f"no custom extension of the catalog can be called at {setting.get('stage')!r}")


def setting_of(setting: Entity) -> Entity:
    """What is kept of a stage setting: the moment, and which extension it calls."""
    return {"stage": setting["stage"], "_extensionId": setting["customExtension"]["id"]}
