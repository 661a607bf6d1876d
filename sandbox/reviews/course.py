"""The course of a review: it starts, people decide, it ends, what was decided is applied, and it comes round again.

NotStarted → InProgress → Completed → Applying → Applied, on the tenant's clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sandbox.clock import stamp
from sandbox.entitlement import ending
from sandbox.entitlement.records import LIVE_STATES
from sandbox.entitlement.times import parse_time
from sandbox.reviews import reviewers
from sandbox.world import Entity, World

NOBODY = "00000000-0000-0000-0000-000000000000"
LOOK_BACK = timedelta(days=30)
OPEN, OVER = "InProgress", frozenset({"Completed", "AutoReviewed"})
_MONTH = timedelta(days=30)
_LONGEST_INTERVAL = 120


def begin(world: World, definition: Entity, start: datetime) -> Entity:
    """The definition has one more instance, which starts at ``start``, or within moments when that is past."""
    days = timedelta(days=definition["settings"]["instanceDurationInDays"])
    due = max(start, world.clock.now() + timedelta(seconds=float(world.options["deliverySeconds"])))
    instance: Entity = {
        "id": world.new_id(),
        "startDateTime": stamp(due),
        "endDateTime": stamp(due + days),
        "status": "NotStarted",
        "scope": definition["scope"],
        "reviewers": definition["reviewers"],
        "fallbackReviewers": definition["fallbackReviewers"],
        "_definitionId": definition["id"],
    }
    world.add("accessReviewInstances", instance)
    world.at(due, lambda: _start(world, definition, instance))
    return instance


def _start(world: World, definition: Entity, instance: Entity) -> None:
    if instance["status"] != "NotStarted":
        return
    _move(world, instance, OPEN)
    for assignment in list(world.tables["assignments"].values()):
        if assignment["_policyId"] == definition["_policyId"] and assignment["state"] in LIVE_STATES:
            _add_item(world, definition, instance, assignment)
    world.at(parse_time(instance["endDateTime"]), lambda: complete(world, instance))
    again = following(definition, parse_time(instance["startDateTime"]))
    if again:
        begin(world, definition, again)


def following(definition: Entity, start: datetime) -> datetime | None:
    """When a review that started at ``start`` comes round again; None for one that does not recur."""
    pattern = (definition["settings"].get("recurrence") or {}).get("pattern")
    if not pattern:
        return None
    unit = timedelta(weeks=1) if pattern.get("type") == "weekly" else _MONTH
    return start + unit * min(max(int(pattern.get("interval") or 1), 1), _LONGEST_INTERVAL)


def _add_item(world: World, definition: Entity, instance: Entity, assignment: Entity) -> None:
    user = world.tables["users"].get(assignment["_targetId"] or "")
    package = world.tables["accessPackages"].get(definition["_packageId"])
    if user is None or package is None:
        return
    item: Entity = {
        "id": world.new_id(),
        "accessReviewId": instance["id"],
        "decision": "NotReviewed",
        "justification": None,
        "recommendation": _recommendation(user, parse_time(instance["startDateTime"])),
        "reviewedBy": None,
        "reviewedDateTime": None,
        "appliedBy": None,
        "appliedDateTime": None,
        "applyResult": "New",
        "principal": {
            "@odata.type": "#microsoft.graph.userIdentity",
            "id": user["id"],
            "displayName": user["displayName"],
            "userPrincipalName": user["userPrincipalName"],
        },
        "resource": {
            "@odata.type": "#microsoft.graph.accessReviewInstanceDecisionItemAccessPackageAssignmentPolicyResource",
            "id": definition["_policyId"],
            "displayName": package["displayName"],
            "type": "AccessPackageAssignmentPolicy",
            "accessPackageId": package["id"],
            "accessPackageDisplayName": package["displayName"],
        },
        "principalLink": f"https://graph.microsoft.com/v1.0/users/{user['id']}",
        "resourceLink": None,
        "_instanceId": instance["id"],
        "_assignmentId": assignment["id"],
        "_reviewers": reviewers.reviewers_of(world, definition, user),
        "_self": reviewers.is_self_review(definition),
    }
    world.add("accessReviewDecisions", item)


def _recommendation(user: Entity, start: datetime) -> str:
    seen = (user.get("signInActivity") or {}).get("lastSignInDateTime")
    if not seen:
        return "NoInfoAvailable"
    return "Approve" if parse_time(seen) > start - LOOK_BACK else "Deny"


def items_of(world: World, instance_id: str) -> list[Entity]:
    """The decisions of one instance."""
    return [one for one in world.tables["accessReviewDecisions"].values() if one["_instanceId"] == instance_id]


def decide(world: World, item: Entity, user: Entity | None, decision: str, justification: str | None) -> None:
    """The answer stands, of a reviewer or (without one) of an application."""
    blank = decision == "NotReviewed"
    by = identity(user) if user else {**_NOBODY, "displayName": "Application"}
    item |= {
        "decision": decision,
        "justification": None if blank else justification,
        "reviewedBy": None if blank else by,
        "reviewedDateTime": None if blank else world.clock.text(),
    }


def complete(world: World, instance: Entity) -> None:
    """Nobody can decide any more; what was left open gets the default, and is applied where that is wanted."""
    if instance["status"] != OPEN:
        return
    definition = world.tables["accessReviewDefinitions"][instance["_definitionId"]]
    settings = definition["settings"]
    _move(world, instance, "Completed")
    for item in items_of(world, instance["id"]):
        if item["decision"] == "NotReviewed" and settings.get("defaultDecisionEnabled"):
            default = settings["defaultDecision"]
            found = item["recommendation"] if default == "Recommendation" else default
            item |= {"decision": "DontKnow" if found == "NoInfoAvailable" else found, "reviewedBy": dict(_NOBODY)}
    if settings.get("autoApplyDecisionsEnabled"):
        apply(world, instance, None)


def apply(world: World, instance: Entity, by: Entity | None) -> None:
    """Those who were denied lose the access within moments."""
    _move(world, instance, "Applying")
    seconds = float(world.options["deliverySeconds"])
    world.after(seconds, lambda: _applied(world, instance, by))


def _applied(world: World, instance: Entity, by: Entity | None) -> None:
    for item in items_of(world, instance["id"]):
        assignment = world.tables["assignments"].get(item["_assignmentId"])
        there = assignment is not None and assignment["state"] in LIVE_STATES
        if item["decision"] == "Deny" and assignment is not None and there:
            ending.end(world, assignment)
        result = "AppliedSuccessfully" if there else "AppliedSuccessfullyButObjectNotFound"
        item |= {
            "applyResult": result,
            "appliedBy": identity(by) if by else dict(_NOBODY),
            "appliedDateTime": world.clock.text(),
        }
    _move(world, instance, "Applied")


def _move(world: World, instance: Entity, status: str) -> None:
    instance["status"] = status
    world.tables["accessReviewDefinitions"][instance["_definitionId"]]["status"] = status


_NOBODY: Entity = {
    "@odata.type": "#microsoft.graph.userIdentity",
    "id": NOBODY,
    "displayName": "AAD Access Reviews",
    "userPrincipalName": None,
}


def identity(user: Entity) -> Entity:
    """The user as reviews name people."""
    return {
        "@odata.type": "#microsoft.graph.userIdentity",
        "id": user["id"],
        "displayName": user["displayName"],
        "userPrincipalName": user["userPrincipalName"],
    }
