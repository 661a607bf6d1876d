"""Directory objects of any type: found by id, with their type, and by the reference a body carries."""

from typing import Any
from urllib.parse import unquote, urlsplit

from sandbox.directory.shapes import TYPE_NAMES, USER_DEFAULT
from sandbox.errors import bad_request, not_found
from sandbox.people import visible_user
from sandbox.routes import Call
from sandbox.world import Entity, World

TABLES = ("users", "groups", "servicePrincipals", "directoryRoles")


def find_object(world: World, key: str) -> Entity | None:
    """The replicated directory object with this id, with its @odata.type; None when there is none."""
    for table in TABLES:
        found = world.get(table, key)
        if found is not None:
            return typed(table, found)
    return None


def typed(table: str, entity: Entity) -> Entity:
    """The entity as it appears in a collection of mixed types."""
    return {"@odata.type": f"#microsoft.graph.{TYPE_NAMES[table]}", **entity}


def typed_all(world: World, keys: list[str]) -> list[Entity]:
    """The objects with these ids that exist, in that order."""
    return [found for found in (find_object(world, key) for key in keys) if found is not None]


def brief(entity: Entity) -> Entity:
    """An object of a mixed collection: without a $select only a user's default properties are shown."""
    if entity.get("@odata.type") != "#microsoft.graph.user":
        return entity
    return {**entity, "_default": USER_DEFAULT}


def referenced(call: Call) -> Entity:
    """The object a `$ref` body names by `@odata.id`; 400 for a malformed body, 404 for an unknown object.

    The URL's host must be this tenant's own Graph host or one of Microsoft's.
    """
    body = call.object()
    target = body.get("@odata.id")
    if set(body) != {"@odata.id"} or not isinstance(target, str):
        raise bad_request("An @odata.id that names a directory object is expected.")
    parts = urlsplit(target)
    segments = [part for part in unquote(parts.path).split("/") if part]
    own = urlsplit(call.base_url).netloc
    foreign = parts.netloc not in (own, "graph.microsoft.com")
    if foreign or len(segments) != 3 or segments[1] not in ("users", "groups", "directoryObjects", "servicePrincipals"):
        raise bad_request(f"Invalid URL '{target}' for an object reference.")
    found = find_object(call.world, segments[2])
    if found is None:
        raise not_found(segments[2])
    return found


def the_user(call: Call) -> Entity:
    """The user named in the path; 404 until it has replicated."""
    return visible_user(call.world, call.params["id"])


def the(call: Call, table: str, name: str = "id") -> Entity:
    """The entity named in the path; 404 when there is none."""
    found = call.world.get(table, call.params[name])
    if found is None:
        raise not_found(call.params[name])
    return found


def strings(body: dict[str, Any], name: str, most: int) -> list[str]:
    """A list of strings in an action's body, whatever the case of its name; 400 for anything else or too many."""
    key = next((key for key in body if key.lower() == name.lower()), name)
    value = body.get(key)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise bad_request(f"Invalid value specified for property '{name}' of resource.")
    if len(value) > most:
        raise bad_request(f"The number of values of '{name}' exceeds the limit of {most}.")
    return value
