"""Resolve whom a review asks: users, members of groups, the manager of the person under review, or a policy's subjects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sandbox.entitlement.model import invalid
from sandbox.entitlement.subject_sets import group_members, resolve
from sandbox.world import Entity, World

_PATH = re.compile(r"/(?:v1\.0/)?(users|groups)/([0-9a-fA-F-]{36})(/transitiveMembers|/members|/owners)?")
_BY_SUBJECT = {
    "singleUser": ("/users/{userId}", None),
    "groupMembers": ("/groups/{groupId}/transitiveMembers", None),
    "requestorManager": ("./manager", "decisions"),
    "targetManager": ("./manager", "decisions"),
    "targetUserSponsors": ("./sponsors", "decisions"),
}


def check(world: World, scopes: Iterable[Entity]) -> None:
    """Return when each scope names somebody who can be found; GraphError 400 otherwise."""
    for scope in scopes:
        found = _PATH.fullmatch(str(scope["query"]))
        if found and found[2] not in world.tables[found[1]]:
            raise invalid(f"{scope['query']} leads to nobody")
        if found is None and scope["query"] not in ("./manager", "./sponsors"):
            raise invalid(f"{scope['query']} is not one of the queries that are simulated")


def is_self_review(definition: Entity) -> bool:
    """Nobody is named: people review themselves."""
    return not (definition["reviewers"] or any(definition.get("_subjects") or ()))


def reviewers_of(world: World, definition: Entity, user: Entity) -> set[str]:
    """Who decides about this user; the fallback reviewers where the others come to nobody."""
    sets, fallback = definition.get("_subjects") or ((), ())
    if is_self_review(definition):
        return {user["id"]}
    found = set(_people(world, definition["reviewers"], user)) | resolve(world, sets, user)
    if not found:
        found = set(_people(world, definition["fallbackReviewers"], user)) | resolve(world, fallback, user)
    return {one for one in found if one in world.tables["users"]}


def _people(world: World, scopes: Iterable[Entity], user: Entity) -> Iterator[str]:
    for scope in scopes:
        found = _PATH.fullmatch(str(scope["query"]))
        if found and found[1] == "users":
            yield found[2]
        elif found:
            yield from group_members(world, found[2])
        elif scope["query"] == "./manager" and user.get("_manager"):
            yield user["_manager"]
        elif scope["query"] == "./sponsors":
            yield from user.get("_sponsors") or []


def as_scopes(subjects: Iterable[Entity]) -> list[Entity]:
    """A policy's reviewers as the definition shows them."""
    shown = []
    for one in subjects:
        kind = str(one.get("@odata.type")).removeprefix("#").removeprefix("microsoft.graph.")
        query, root = _BY_SUBJECT.get(kind, ("", None))
        if query:
            shown.append({"query": query.format(**one), "queryType": "MicrosoftGraph", "queryRoot": root})
    return shown
