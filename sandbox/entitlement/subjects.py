"""Serve subjects: how entitlement management knows a user, and whether it may let them go."""

from __future__ import annotations

from sandbox.entitlement.access import READ, WRITE, operation
from sandbox.entitlement.expansions import of_subject
from sandbox.entitlement.model import conform, require
from sandbox.entitlement.records import find, subject_of
from sandbox.entitlement.shapes import SUBJECT
from sandbox.errors import GraphError, not_found
from sandbox.odata import collection, entity
from sandbox.routes import NO_CONTENT, Call, Reply
from sandbox.world import Entity


@operation("GET", "/subjects", app=READ, delegated=READ)
def list_subjects(call: Call) -> Reply:
    """Every subject entitlement management has met."""
    return collection(call, call.world.rows("subjects"), expand=of_subject(call.world))


@operation("GET", "/subjects(objectId='{user}')", app=READ, delegated=READ)
def get_subject_of_user(call: Call) -> Reply:
    """The subject of a user, by the user's object id."""
    return entity(call, _of_user(call), expand=of_subject(call.world))


@operation("PATCH", "/subjects(objectId='{user}')", app=WRITE, delegated=WRITE)
def govern_user(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accesspackagesubject-update: governed or notGoverned."""
    return _govern(call, _of_user(call))


@operation("GET", "/subjects/{id}", app=READ, delegated=READ)
def get_subject(call: Call) -> Reply:
    """One subject by its own id, which is not the user's."""
    return entity(call, _subject(call), expand=of_subject(call.world))


@operation("PATCH", "/subjects/{id}", app=WRITE, delegated=WRITE)
def govern_subject(call: Call) -> Reply:
    """As above, by the subject's own id."""
    return _govern(call, _subject(call))


def _of_user(call: Call) -> Entity:
    return subject_of(call.world, find(call.world, "users", call.params["user"])["id"])


def _subject(call: Call) -> Entity:
    for subject in call.world.rows("subjects"):
        if subject["id"] == call.params["id"]:
            return subject
    raise not_found(call.params["id"])


def _govern(call: Call, subject: Entity) -> Reply:
    body = call.object()
    conform(body, SUBJECT)
    require(body, "subjectLifecycle")
    user = call.world.tables["users"].get(subject["objectId"] or "") or {}
    if user.get("userType") != "Guest":
        raise GraphError(400, "InvalidSubject", "Only external users can be governed.")
    subject["subjectLifecycle"] = body["subjectLifecycle"]
    return NO_CONTENT
