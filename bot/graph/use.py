"""How much a package is used."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.access import AssignmentState, RequestState
from bot.domain.building.facts import Use
from bot.graph.applications import HOLDING
from bot.graph.assignments import ASSIGNMENTS, REQUESTS
from bot.graph.batch import Ask, send
from bot.graph.client import Graph
from bot.graph.times import moment
from bot.graph.wire import literal

WAITING = frozenset({RequestState.SUBMITTED, RequestState.PENDING_APPROVAL, RequestState.SCHEDULED})
_GIVEN = HOLDING | {AssignmentState.DELIVERING}


async def use(graph: Graph, package_id: str, now: datetime, within: timedelta) -> Use:
    """How many hold the package, wait for it, and lose it between `now` and `within` later, in one round trip.

    Requests are asked for first: one that is picked up between the two answers shows in the second.

    https://learn.microsoft.com/graph/api/entitlementmanagement-list-assignments
    """
    of_package = f"accessPackage/id eq {literal(package_id)}"
    held = " or ".join(f"state eq {literal(state.value)}" for state in sorted(_GIVEN))
    waiting = " or ".join(f"state eq {literal(state.value)}" for state in sorted(WAITING))
    answers = await send(
        graph.wire,
        [
            Ask("asked", REQUESTS, {"$filter": f"{of_package} and ({waiting})", "$select": "id,state"}),
            Ask("held", ASSIGNMENTS, {"$filter": f"{of_package} and ({held})", "$select": "id,state,schedule"}),
        ],
    )
    given = await graph.wire.rest(answers["held"])
    assignments = [row for row in given if row.get("state") != AssignmentState.DELIVERING]
    ends = [moment(((row.get("schedule") or {}).get("expiration") or {}).get("endDateTime")) for row in assignments]
    return Use(
        assigned=len(assignments),
        pending=len(await graph.wire.rest(answers["asked"])),
        expiring=sum(1 for end in ends if end is not None and now <= end <= now + within),
        delivering=len(given) - len(assignments),
    )
