"""Serve decisions: listed for administrators, made by the reviewers themselves, recorded in batches by applications."""

from __future__ import annotations

from sandbox.entitlement.model import conform, require
from sandbox.entitlement.records import find
from sandbox.errors import GraphError, bad_request, denied, not_found
from sandbox.odata import collection, entity
from sandbox.reviews import course, shapes
from sandbox.reviews.access import READ, WRITE, operation
from sandbox.reviews.instances import INSTANCES, instance_of, under_way
from sandbox.routes import NO_CONTENT, Call, Reply
from sandbox.world import Entity, World

ONE = INSTANCES + "/{instance}/decisions"


def may_decide(item: Entity, user_id: str) -> bool:
    """Reviewers decide, about themselves only where a review is meant so."""
    return user_id in item["_reviewers"] and (item["_self"] or item["principal"]["id"] != user_id)


def open_item(world: World, user_id: str, package_id: str | None) -> Entity | None:
    """What is asked about this person now, in the package's review where one is named."""
    for item in world.tables["accessReviewDecisions"].values():
        instance = world.tables["accessReviewInstances"][item["_instanceId"]]
        here = package_id in (None, item["resource"]["accessPackageId"])
        if here and item["principal"]["id"] == user_id and instance["status"] == course.OPEN:
            return item
    return None


def record(world: World, instance: Entity, item: Entity, *, by: str | None, body: Entity) -> None:
    """The decision stands; GraphError 403 for others than its reviewers, 400 without a reason that is required."""
    if by is not None and not may_decide(item, by):
        raise denied("The user is not a reviewer of this decision.")
    _check_reason(world, instance, body)
    user = find(world, "users", by) if by is not None else None
    course.decide(world, item, user, body["decision"], body.get("justification"))


def _check_reason(world: World, instance: Entity, body: Entity) -> None:
    settings = world.tables["accessReviewDefinitions"][instance["_definitionId"]]["settings"]
    needed = settings.get("justificationRequiredOnApproval") and body["decision"] in ("Approve", "Deny")
    if needed and not (body.get("justification") or "").strip():
        raise GraphError(400, "JustificationRequired", "A justification is required.")


@operation("GET", ONE, app=READ, delegated=READ)
def list_decisions(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewinstance-list-decisions"""
    return collection(call, course.items_of(call.world, instance_of(call)["id"]))


@operation("GET", ONE + "/filterByCurrentUser(on='{on}')", app=None, delegated=READ, own=True)
def list_my_decisions(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewinstancedecisionitem-filterbycurrentuser"""
    if call.params["on"] != "reviewer":
        raise bad_request(f"on='{call.params['on']}' is not supported.")
    rows = [one for one in course.items_of(call.world, instance_of(call)["id"]) if may_decide(one, call.user())]
    return collection(call, rows)


@operation("GET", ONE + "/{item}", app=READ, delegated=READ)
def get_decision(call: Call) -> Reply:
    """One decision."""
    return entity(call, _item(call))


@operation("PATCH", ONE + "/{item}", app=None, delegated=WRITE, own=True)
def decide(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewinstancedecisionitem-update: reviewers only."""
    item, body = _item(call), call.object()
    if not may_decide(item, call.user()):
        raise denied("The user is not a reviewer of this decision.")
    conform(body, shapes.DECISION)
    require(body, "decision")
    record(call.world, under_way(call), item, by=call.user(), body=body)
    return NO_CONTENT


@operation("POST", INSTANCES + "/{instance}/batchRecordDecisions", app=WRITE, delegated=WRITE, own=True)
def record_many(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewinstance-batchrecorddecisions: a person's own, an application's all."""
    instance, body, by = under_way(call), call.object(), call.caller.user
    conform(body, shapes.BATCH)
    require(body, "decision")
    items = course.items_of(call.world, instance["id"])
    wanted = [one for one in items if body.get("principalId") in (None, one["principal"]["id"])]
    wanted = [one for one in wanted if body.get("resourceId") in (None, one["resource"]["id"])]
    for item in wanted:
        if by is None or may_decide(item, by):
            record(call.world, instance, item, by=by, body=body)
    return NO_CONTENT


@operation("POST", INSTANCES + "/{instance}/acceptRecommendations", app=None, delegated=WRITE, own=True)
def accept(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewinstance-acceptrecommendations: what is still open, of one's own."""
    world, instance = call.world, under_way(call)
    for item in course.items_of(world, instance["id"]):
        known = item["recommendation"] != "NoInfoAvailable"
        if item["decision"] == "NotReviewed" and known and may_decide(item, call.user()):
            body = {"decision": item["recommendation"], "justification": "Recommended."}
            record(world, instance, item, by=call.user(), body=body)
    return NO_CONTENT


@operation("POST", INSTANCES + "/{instance}/resetDecisions", app=WRITE, delegated=WRITE)
def reset(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewinstance-resetdecisions"""
    for item in course.items_of(call.world, under_way(call)["id"]):
        course.decide(call.world, item, None, "NotReviewed", None)
    return NO_CONTENT


def _item(call: Call) -> Entity:
    found = find(call.world, "accessReviewDecisions", call.params["item"])
    if found["_instanceId"] != instance_of(call)["id"]:
        raise not_found(call.params["item"])
    return found
