"""Serve review definitions: made by hand, or by an assignment policy whose reviews are switched on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sandbox.entitlement.answers import shown
from sandbox.entitlement.model import invalid
from sandbox.entitlement.records import find
from sandbox.errors import bad_request
from sandbox.odata import Expansions, collection, entity
from sandbox.reviews import course, reviewers, shapes
from sandbox.reviews.access import READ, WRITE, operation
from sandbox.routes import NO_CONTENT, Call, Reply
from sandbox.world import Entity, World

_KEPT = ("displayName", "descriptionForAdmins", "descriptionForReviewers", "reviewers", "fallbackReviewers")


def new_definition(world: World, body: dict[str, Any], by: Entity | None, *, private: Entity) -> Entity:
    """A definition with what the body says; its first instance is on its way."""
    now = world.clock.text()
    package_id, policy_id = shapes.read_scope(body["scope"])
    definition: Entity = {
        "id": world.new_id(),
        **{name: body.get(name) for name in _KEPT},
        "reviewers": body.get("reviewers") or [],
        "fallbackReviewers": body.get("fallbackReviewers") or [],
        "createdDateTime": now,
        "lastModifiedDateTime": now,
        "status": "NotStarted",
        "createdBy": course.identity(by) if by else None,
        "scope": body["scope"],
        "instanceEnumerationScope": None,
        "settings": _SETTINGS | body["settings"],
        "stageSettings": [],
        "additionalNotificationRecipients": [],
        "_packageId": package_id,
        "_policyId": policy_id,
        **private,
    }
    start = _start_of(world, definition)
    world.add("accessReviewDefinitions", world.hide(definition))
    course.begin(world, definition, start)
    return definition


_SETTINGS: Entity = {
    "mailNotificationsEnabled": False,
    "reminderNotificationsEnabled": False,
    "justificationRequiredOnApproval": False,
    "defaultDecisionEnabled": False,
    "defaultDecision": "None",
    "autoApplyDecisionsEnabled": False,
    "recommendationsEnabled": False,
    "decisionHistoriesForReviewersEnabled": False,
    "recurrence": None,
    "applyActions": [],
}


def _start_of(world: World, definition: Entity) -> datetime:
    if definition.get("_startsAt"):
        begins: datetime = definition["_startsAt"]
        return begins
    text = ((definition["settings"].get("recurrence") or {}).get("range") or {}).get("startDate")
    try:
        return datetime.fromisoformat(str(text)).replace(tzinfo=UTC) if text else world.clock.now()
    except ValueError as error:
        raise invalid(f"settings.recurrence.range.startDate: {error}") from error


def instances_of(world: World, definition_id: str) -> list[Entity]:
    """The instances of one definition, oldest first."""
    return [one for one in world.rows("accessReviewInstances") if one["_definitionId"] == definition_id]


def _expansions(world: World) -> Expansions:
    return {"instances": lambda row: instances_of(world, row["id"])}


@operation("GET", "", app=READ, delegated=READ)
def list_definitions(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewset-list-definitions"""
    return collection(call, call.world.rows("accessReviewDefinitions"), expand=_expansions(call.world))


@operation("GET", "/filterByCurrentUser(on='{on}')", app=None, delegated=READ, own=True)
def list_mine(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewscheduledefinition-filterbycurrentuser"""
    if call.params["on"] != "reviewer":
        raise bad_request(f"on='{call.params['on']}' is not supported.")
    world, user = call.world, call.user()
    asked = {one["_instanceId"] for one in world.tables["accessReviewDecisions"].values() if user in one["_reviewers"]}
    ids = {world.tables["accessReviewInstances"][one]["_definitionId"] for one in asked}
    rows = [one for one in world.rows("accessReviewDefinitions") if one["id"] in ids]
    return collection(call, rows, expand=_expansions(world))


@operation("POST", "", app=WRITE, delegated=WRITE)
def create_definition(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewset-post-definitions"""
    world, body = call.world, call.object()
    shapes.check(body)
    package_id, policy_id = shapes.read_scope(body["scope"])
    policy = find(world, "assignmentPolicies", policy_id)
    if policy["_accessPackageId"] != package_id:
        raise invalid("the policy belongs to another access package")
    if world.options["packageReviewsByPolicyOnly"]:
        raise invalid("reviews of access package assignments are made by the policy's review settings")
    reviewers.check(world, [*(body.get("reviewers") or []), *(body.get("fallbackReviewers") or [])])
    by = world.tables["users"].get(call.caller.user or "")
    return shown(call, new_definition(world, body, by, private={}))


@operation("GET", "/{id}", app=READ, delegated=READ)
def get_definition(call: Call) -> Reply:
    """One definition."""
    return entity(call, find(call.world, "accessReviewDefinitions", call.params["id"]), expand=_expansions(call.world))


@operation("PUT", "/{id}", app=WRITE, delegated=WRITE)
def replace_definition(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewscheduledefinition-update: what is reviewed stays the same."""
    found, body = find(call.world, "accessReviewDefinitions", call.params["id"]), call.object()
    shapes.check(body)
    if body["scope"].get("query") != found["scope"]["query"]:
        raise invalid("the scope of a review cannot be changed")
    people = [*(body.get("reviewers") or []), *(body.get("fallbackReviewers") or [])]
    reviewers.check(call.world, people)
    found |= {name: body.get(name) for name in _KEPT[:3]}
    found |= {name: body.get(name) or [] for name in _KEPT[3:]}
    found |= {"settings": _SETTINGS | body["settings"], "lastModifiedDateTime": call.world.clock.text()}
    return NO_CONTENT


@operation("DELETE", "/{id}", app=WRITE, delegated=WRITE)
def delete_definition(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewscheduledefinition-delete"""
    forget(call.world, find(call.world, "accessReviewDefinitions", call.params["id"]))
    return NO_CONTENT


@operation("POST", "/{id}/stop", app=WRITE, delegated=WRITE)
def stop_definition(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewscheduledefinition-stop: it comes round no more."""
    found = find(call.world, "accessReviewDefinitions", call.params["id"])
    end(call.world, found)
    return NO_CONTENT


def end(world: World, definition: Entity) -> None:
    """What is under way ends now, and nothing follows."""
    definition["settings"] = {**definition["settings"], "recurrence": None}
    for instance in instances_of(world, definition["id"]):
        if instance["status"] == "NotStarted":
            instance["status"] = definition["status"] = "Completed"
        course.complete(world, instance)


def forget(world: World, definition: Entity) -> None:
    """The definition is gone, with all that belongs to it."""
    for instance in instances_of(world, definition["id"]):
        instance["status"] = "Deleted"
        for item in course.items_of(world, instance["id"]):
            del world.tables["accessReviewDecisions"][item["id"]]
        del world.tables["accessReviewInstances"][instance["id"]]
    del world.tables["accessReviewDefinitions"][definition["id"]]
