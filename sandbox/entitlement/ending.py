"""End assignments when their time is up, and what the tenant then does with a guest who has nothing left."""

from __future__ import annotations

from datetime import timedelta

from sandbox.entitlement.effects import revoke
from sandbox.entitlement.records import LIVE_STATES, assignments_of, settings_of, subject_of
from sandbox.entitlement.times import parse_duration, parse_time
from sandbox.world import Entity, World

HELD = frozenset({"delivered", "partiallyDelivered"})
NOTICE = timedelta(days=1)


def watch(world: World, assignment: Entity) -> None:
    """The assignment will end at the end of its schedule, and say so a day before."""
    ends = assignment["schedule"]["expiration"].get("endDateTime")
    if ends is None:
        return
    due = parse_time(ends)
    if due - NOTICE > world.clock.now():
        world.at(due - NOTICE, lambda: _announce(assignment, ends))
    world.at(due, lambda: _expire(world, assignment, ends))


def _still_ends(assignment: Entity, ends: str) -> bool:
    return assignment["state"] in HELD and assignment["schedule"]["expiration"].get("endDateTime") == ends


def _announce(assignment: Entity, ends: str) -> None:
    if _still_ends(assignment, ends):
        assignment["status"] = "NearExpiry1DayNotificationTriggered"


def _expire(world: World, assignment: Entity, ends: str) -> None:
    if _still_ends(assignment, ends):
        end(world, assignment)
        assignment["status"] = "ExpiredNotificationTriggered"


def end(world: World, assignment: Entity) -> None:
    """The assignment is over, its rights are taken away, and a governed guest without another one is let go."""
    if assignment["state"] == "expired":
        return
    assignment |= {"state": "expired", "status": "Expired", "expiredDateTime": world.clock.text()}
    user_id = assignment["_targetId"]
    package = world.tables["accessPackages"].get(assignment["_accessPackageId"])
    if package and user_id:
        revoke(world, package, user_id)
    if user_id and not any(a["state"] in LIVE_STATES for a in assignments_of(world, user_id)):
        _let_go(world, user_id)


def _let_go(world: World, user_id: str) -> None:
    user = world.tables["users"].get(user_id)
    settings = settings_of(world)
    action = settings["externalUserLifecycleAction"]
    if user is None or action == "none" or subject_of(world, user_id)["subjectLifecycle"] != "governed":
        return
    user["accountEnabled"] = False
    if action == "blockSignInAndDelete":
        wait = parse_duration(settings["durationUntilExternalUserDeletedAfterBlocked"] or "P0D")
        world.at(world.clock.now() + wait, lambda: _delete(world, user_id))


def _delete(world: World, user_id: str) -> None:
    """The guest goes to the recycle bin, unless somebody let them in again meanwhile."""
    user = world.tables["users"].get(user_id)
    held = any(a["state"] in LIVE_STATES for a in assignments_of(world, user_id))
    if user is None or user["accountEnabled"] or held:
        return
    del world.tables["users"][user_id]
    user["deletedDateTime"] = world.clock.text()
    world.tables["deletedUsers"][user_id] = user
