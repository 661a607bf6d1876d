"""Applications and who is assigned to them, with the access package behind each assignment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.access import Application, ApplicationUser, Assignment, AssignmentState, Via
from bot.domain.people import Person
from bot.errors import Forbidden, NotFound, NotLicensed
from bot.graph.assignments import ask_assignments, assignments_of
from bot.graph.batch import MOST, Ask, send
from bot.graph.client import Graph
from bot.graph.packages import PACKAGES
from bot.graph.people import FIELDS, asks_by_id, person_of
from bot.graph.times import moment
from bot.graph.wire import Json, literal, path

PAGE = 999
HOLDING = frozenset({AssignmentState.DELIVERED, AssignmentState.PARTIALLY_DELIVERED})


async def applications(graph: Graph, name: str) -> tuple[Application, ...]:
    """Applications whose name starts with `name`; Graph compares without case.

    https://learn.microsoft.com/graph/api/serviceprincipal-list
    """
    rows = await graph.wire.all(
        "/servicePrincipals",
        {
            "$filter": f"startswith(displayName,{literal(name)})",
            "$select": "id,displayName,appRoleAssignmentRequired",
        },
    )
    found = [
        Application(str(row["id"]), str(row.get("displayName") or ""), row.get("appRoleAssignmentRequired") is True)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda application: (application.name.casefold(), application.id)))


async def application_users(graph: Graph, application_id: str) -> tuple[ApplicationUser, ...]:
    """Who is assigned, directly and through groups; a person under both is shown once for each way.

    Two round trips while they fit: what is assigned and which packages open it, then who that is.
    https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignedto
    """
    rows, packages = await _assigned(graph, application_id)
    groups = {str(row["principalId"]): row for row in rows if row.get("principalType") == "Group"}
    direct = {str(row["principalId"]): row for row in rows if row.get("principalType") == "User"}
    opening = _opening(packages, {application_id, *groups})
    people, members, held = await _behind(graph, list(direct), list(groups), opening)
    lines = [_direct(row, people.get(person_id)) for person_id, row in direct.items()]
    for group_id, persons in members.items():
        lines += [_through(person, groups[group_id]) for person in persons]
    explained = [_explained(line, held) for line in lines]
    return tuple(sorted(explained, key=lambda line: (line.name.casefold(), line.via, line.person_id)))


async def _assigned(graph: Graph, application_id: str) -> tuple[list[Json], list[Json]]:
    """The application's assignments, and all packages with what they open (none without the licence)."""
    asks = [
        Ask("assigned", path("/servicePrincipals/{}/appRoleAssignedTo", application_id), {"$top": PAGE}),
        Ask("packages", PACKAGES, {"$expand": "resourceRoleScopes($expand=role,scope)"}),
    ]
    answers = await send(graph.wire, asks)
    rows = await graph.wire.rest(answers["assigned"])
    try:
        return rows, await graph.wire.rest(answers["packages"])
    except (Forbidden, NotLicensed, NotFound):
        return rows, []


def _opening(packages: Iterable[Json], origins: set[str]) -> list[str]:
    """Ids of the packages that open one of these origins (the application itself, or a group assigned to it)."""
    return [
        str(package["id"])
        for package in packages
        if any((part.get("scope") or {}).get("originId") in origins for part in package.get("resourceRoleScopes") or [])
    ]


async def _behind(
    graph: Graph, users: Sequence[str], groups: Sequence[str], packages: Sequence[str]
) -> tuple[dict[str, Person], dict[str, list[Person]], dict[str, Assignment]]:
    """User id -> person, group id -> its people, and person id -> the assignment that gives them access."""
    asks_users = asks_by_id("users", users)
    asks = [*asks_users, *map(_ask_members, groups)]
    asks += [ask_assignments(package_id, package_id=package_id) for package_id in packages]
    rows: dict[str, list[Json]] = {}
    for start in range(0, len(asks), MOST):
        part = asks[start : start + MOST]
        answers = await send(graph.wire, part)
        for ask in part:
            rows[ask.id] = await graph.wire.rest(answers.maybe(ask.id) or {}, eventual=ask.eventual)
    people = {row["id"]: person_of(row) for ask in asks_users for row in rows[ask.id]}
    members = {group_id: _users(rows[group_id]) for group_id in groups}
    held = {one: two for package_id in packages for one, two in _holding(rows[package_id]).items()}
    return people, members, held


def _ask_members(group_id: str) -> Ask:
    return Ask(
        group_id,
        path("/groups/{}/transitiveMembers", group_id),
        {"$select": FIELDS, "$top": PAGE, "$count": "true"},
        eventual=True,
    )


def _users(rows: Iterable[Json]) -> list[Person]:
    """The users among a group's members; devices and nested groups are left out."""
    users = [row for row in rows if row.get("@odata.type", "#microsoft.graph.user") == "#microsoft.graph.user"]
    return [person_of(row) for row in users]


def _holding(rows: Iterable[Json]) -> dict[str, Assignment]:
    """Person id -> assignment, where it gives access now."""
    return {one.person_id: one for one in assignments_of(rows) if one.state in HOLDING and one.person_id}


def _direct(row: Json, person: Person | None) -> ApplicationUser:
    return ApplicationUser(
        person_id=str(row["principalId"]),
        name=person.name if person else str(row.get("principalDisplayName") or row["principalId"]),
        address=person.address if person else "",
        is_guest=person.is_guest if person else False,
        via=Via.DIRECT,
        since=moment(row.get("createdDateTime")),
    )


def _through(person: Person, group: Json) -> ApplicationUser:
    return ApplicationUser(
        person_id=person.id,
        name=person.name,
        address=person.address,
        is_guest=person.is_guest,
        via=Via.GROUP,
        group_name=str(group.get("principalDisplayName") or ""),
    )


def _explained(line: ApplicationUser, held: dict[str, Assignment]) -> ApplicationUser:
    assignment = held.get(line.person_id)
    if assignment is None:
        return line
    return replace(line, package_name=assignment.package_name, ends_at=assignment.ends_at)
