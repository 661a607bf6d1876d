"""Serve the instances of a review: each time it comes round."""

from __future__ import annotations

from sandbox.entitlement.records import find
from sandbox.errors import GraphError, not_found
from sandbox.odata import Expansions, collection, entity
from sandbox.reviews import course
from sandbox.reviews.access import READ, WRITE, operation
from sandbox.reviews.definitions import instances_of
from sandbox.routes import NO_CONTENT, Call, Reply
from sandbox.world import Entity, World

INSTANCES = "/{id}/instances"


def instance_of(call: Call) -> Entity:
    """The instance that the path names; GraphError 404 when there is none in this definition."""
    found = find(call.world, "accessReviewInstances", call.params["instance"])
    if found["_definitionId"] != call.params["id"]:
        raise not_found(call.params["instance"])
    return found


def under_way(call: Call) -> Entity:
    """The instance, as long as people can decide; GraphError 400 otherwise."""
    found = instance_of(call)
    if found["status"] != course.OPEN:
        raise GraphError(400, "InvalidRequest", "The access review instance is not in progress.")
    return found


def contacted(world: World, instance: Entity) -> list[Entity]:
    """Everybody who is asked, each once."""
    ids = sorted({who for item in course.items_of(world, instance["id"]) for who in item["_reviewers"]})
    people = [world.tables["users"][one] for one in ids if one in world.tables["users"]]
    return [
        {
            "id": one["id"],
            "displayName": one["displayName"],
            "userPrincipalName": one["userPrincipalName"],
            "createdDateTime": instance["startDateTime"],
        }
        for one in people
    ]


def _expansions(world: World) -> Expansions:
    return {
        "decisions": lambda row: course.items_of(world, row["id"]),
        "contactedReviewers": lambda row: contacted(world, row),
    }


@operation("GET", INSTANCES, app=READ, delegated=READ)
def list_instances(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewscheduledefinition-list-instances"""
    definition = find(call.world, "accessReviewDefinitions", call.params["id"])
    return collection(call, instances_of(call.world, definition["id"]), expand=_expansions(call.world))


@operation("GET", INSTANCES + "/{instance}", app=READ, delegated=READ)
def get_instance(call: Call) -> Reply:
    """One instance."""
    return entity(call, instance_of(call), expand=_expansions(call.world))


@operation("GET", INSTANCES + "/{instance}/contactedReviewers", app=READ, delegated=READ)
def list_contacted(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewinstance-list-contactedreviewers"""
    return collection(call, contacted(call.world, instance_of(call)))


@operation("POST", INSTANCES + "/{instance}/sendReminder", app=WRITE, delegated=WRITE)
def remind(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewinstance-sendreminder: nothing reaches a mailbox here."""
    under_way(call)
    return NO_CONTENT


@operation("POST", INSTANCES + "/{instance}/stop", app=WRITE, delegated=WRITE)
def stop(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewinstance-stop"""
    course.complete(call.world, under_way(call))
    return NO_CONTENT


@operation("POST", INSTANCES + "/{instance}/applyDecisions", app=WRITE, delegated=WRITE)
def apply(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accessreviewinstance-applydecisions: only once it has ended."""
    found = instance_of(call)
    if found["status"] not in course.OVER:
        raise GraphError(400, "InvalidRequest", "The access review instance is not completed.")
    course.apply(call.world, found, call.world.tables["users"].get(call.caller.user or ""))
    return NO_CONTENT
