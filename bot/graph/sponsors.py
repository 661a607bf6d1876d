"""Who answers for a guest: the sponsors of a user."""

from __future__ import annotations

from bot.domain.people import Person
from bot.errors import AlreadyThere, Conflict, NotFound
from bot.graph.client import Graph
from bot.graph.faults import explained
from bot.graph.people import FIELDS, person_of
from bot.graph.wire import path


async def add_sponsor(graph: Graph, guest_id: str, sponsor_id: str) -> None:
    """The guest has this sponsor; having it already is success. Raises NotFound while the guest is too new.

    https://learn.microsoft.com/graph/api/user-post-sponsors
    """
    from msgraph.generated.models.reference_create import ReferenceCreate

    # The reference must name the cloud's own host.
    reference = ReferenceCreate(odata_id=graph.url + path("/v1.0/users/{}", sponsor_id))
    try:
        with explained(writing=True):
            await graph.sdk.users.by_user_id(guest_id).sponsors.ref.post(reference)
    except (AlreadyThere, Conflict):
        return


async def sponsors(graph: Graph, guest_id: str) -> tuple[Person, ...]:
    """The guest's sponsors that are users; groups are left out. None for a guest nobody knows."""
    try:
        rows = await graph.wire.all(path("/users/{}/sponsors", guest_id), {"$select": FIELDS})
    except NotFound:
        return ()
    return tuple(person_of(row) for row in rows if row.get("@odata.type") != "#microsoft.graph.group")
