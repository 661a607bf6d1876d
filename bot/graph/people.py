"""Users of the tenant: who an address leads to, guests, restoring and blocking accounts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from uuid import UUID

from bot.domain.people import Person, Redemption
from bot.errors import NotFound
from bot.graph.batch import Answers, Ask, send
from bot.graph.client import Graph
from bot.graph.faults import explained
from bot.graph.times import moment
from bot.graph.wire import Json, Query, literal, path

FIELDS = (
    "id,displayName,mail,otherMails,userPrincipalName,userType,accountEnabled,externalUserState,"
    "externalUserStateChangeDateTime,createdDateTime"
)
DELETED_FIELDS = f"{FIELDS},deletedDateTime"
DELETED = "/directory/deletedItems/microsoft.graph.user"
PAGE = 999
IN_FILTER = 15


def is_object_id(text: str) -> bool:
    """Whether `text` has the form of an Entra object id."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def person_of(user: Json) -> Person:
    """The person a Graph user describes; works for deleted users too."""
    state = user.get("externalUserState")
    return Person(
        id=str(user["id"]),
        name=str(user.get("displayName") or user.get("mail") or user.get("userPrincipalName") or user["id"]),
        address=_address(user),
        upn=str(user.get("userPrincipalName") or ""),
        is_guest=user.get("userType") == "Guest",
        enabled=user.get("accountEnabled") is not False,
        redemption=Redemption(state) if state in set(Redemption) else None,
        redeemed_at=moment(user.get("externalUserStateChangeDateTime")) if state == "Accepted" else None,
        created_at=moment(user.get("createdDateTime")),
        deleted_at=moment(user.get("deletedDateTime")),
    )


def ask_person(name: str, person_id: str) -> Ask:
    """Asks for one user by object id or user principal name."""
    return Ask(name, path("/users/{}", person_id), {"$select": FIELDS})


def asks_for(name: str, address: str) -> tuple[Ask, Ask]:
    """Asks for everybody an address leads to, living (`name`) and deleted (`name` + "-deleted").

    https://learn.microsoft.com/graph/api/user-list, https://learn.microsoft.com/graph/api/directory-deleteditems-list
    """
    return (
        Ask(name, "/users", {"$filter": leading_to(address), "$select": FIELDS}),
        Ask(
            f"{name}-deleted",
            DELETED,
            {"$filter": f"mail eq {literal(address)}", "$select": DELETED_FIELDS, "$count": "true"},
            eventual=True,
        ),
    )


def leading_to(address: str) -> str:
    """The OData filter for users with this address, as mail, other mail, proxy address or sign-in name."""
    quoted = literal(address)
    return (
        f"mail eq {quoted} or userPrincipalName eq {quoted} or otherMails/any(m:m eq {quoted})"
        f" or proxyAddresses/any(p:p eq {literal(f'smtp:{address}')})"
    )


def found_in(answers: Answers, name: str) -> tuple[Person, ...]:
    """The people that `asks_for(name, …)` brought, the living first, each once."""
    rows = [*answers[name].get("value", []), *answers[f"{name}-deleted"].get("value", [])]
    people = {row["id"]: person_of(row) for row in reversed(rows)}
    return tuple(sorted(people.values(), key=lambda person: (person.is_deleted, person.name, person.id)))


async def person(graph: Graph, person_id: str) -> Person | None:
    """The user with this object id, or None while the directory does not know them."""
    if not is_object_id(person_id):
        return None
    try:
        return person_of(await graph.wire.get(path("/users/{}", person_id), {"$select": FIELDS}))
    except NotFound:
        return None


async def find(graph: Graph, address: str) -> tuple[Person, ...]:
    """Everybody an address leads to, the deleted included, in one round trip."""
    answers = await send(graph.wire, asks_for("found", address))
    return found_in(answers, "found")


async def guests(graph: Graph) -> tuple[Person, ...]:
    """All guests, those deleted in the last 30 days included."""
    who: Query = {"$filter": "userType eq 'Guest'", "$select": FIELDS, "$top": PAGE}
    gone: Query = {**who, "$select": DELETED_FIELDS, "$count": "true"}
    living, deleted = await asyncio.gather(graph.wire.all("/users", who), graph.wire.all(DELETED, gone, eventual=True))
    return tuple(person_of(row) for row in _once([*living, *deleted]))


async def restore(graph: Graph, person_id: str) -> None:
    """A deleted user is back; being back already is success.

    https://learn.microsoft.com/graph/api/directory-deleteditems-restore
    """
    try:
        with explained(writing=True):
            await graph.sdk.directory.deleted_items.by_directory_object_id(person_id).restore.post()
    except NotFound:
        if await person(graph, person_id) is None:
            raise


async def set_enabled(graph: Graph, person_id: str, *, enabled: bool) -> None:
    """Sign-in is allowed or blocked. https://learn.microsoft.com/graph/api/user-update"""
    from msgraph.generated.models.user import User

    with explained(writing=True):
        await graph.sdk.users.by_user_id(person_id).patch(User(account_enabled=enabled))


def asks_by_id(name: str, ids: Sequence[str]) -> list[Ask]:
    """Asks for the users among these object ids, fifteen at a time, which is as many as Graph's `in` takes.

    `getByIds` takes a thousand, but wants a permission on the whole directory.
    https://learn.microsoft.com/graph/filter-query-parameter
    """
    parts = [ids[start : start + IN_FILTER] for start in range(0, len(ids), IN_FILTER)]
    return [
        Ask(
            f"{name} {number}",
            "/users",
            {"$filter": f"id in ({','.join(literal(one) for one in part)})", "$select": FIELDS, "$top": IN_FILTER},
        )
        for number, part in enumerate(parts)
    ]


def _address(user: Json) -> str:
    """Where mail reaches this user; a deleted or mailless guest still carries it in the sign-in name."""
    if user.get("mail"):
        return str(user["mail"])
    if user.get("otherMails"):
        return str(user["otherMails"][0])
    # Deleting a user puts the object id in front of the sign-in name.
    upn = str(user.get("userPrincipalName") or "").removeprefix(str(user["id"]).replace("-", ""))
    outside, marker, _ = upn.partition("#EXT#")
    if not marker:
        return upn if "@" in upn else ""
    local, _, domain = outside.rpartition("_")
    return f"{local}@{domain}" if local else ""


def _once(rows: Iterable[Json]) -> list[Json]:
    """Rows with an id seen before are dropped: a user deleted between two pages shows up twice."""
    return list({str(row["id"]): row for row in rows}.values())
