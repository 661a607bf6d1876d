"""Everything about the access of many guests at once, in as few round trips as `$batch` allows."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from bot.domain.access import AccessRequest, Assignment
from bot.domain.people import Person
from bot.graph.assignments import ask_assignments, ask_requests, assignments_of, requests_of
from bot.graph.batch import MOST, Answers, Ask, send
from bot.graph.client import Graph
from bot.graph.people import ask_person, person_of

Access = tuple[Person | None, tuple[Assignment, ...], tuple[AccessRequest, ...]]
ASKS_EACH = 3
MOST_AT_ONCE = 4


async def access_of(graph: Graph, guest_ids: Sequence[str]) -> Mapping[str, Access]:
    """Guest id -> person (None when the directory knows nobody), assignments and requests.

    Six guests share a round trip, and four are under way at a time.
    """
    ids = list(dict.fromkeys(guest_ids))
    size = MOST // ASKS_EACH
    chunks = [ids[start : start + size] for start in range(0, len(ids), size)]
    gate = asyncio.Semaphore(MOST_AT_ONCE)
    parts = await asyncio.gather(*(_chunk(graph, chunk, gate) for chunk in chunks))
    return {guest_id: access for part in parts for guest_id, access in part.items()}


async def _chunk(graph: Graph, ids: Sequence[str], gate: asyncio.Semaphore) -> dict[str, Access]:
    asks: list[Ask] = []
    for guest_id in ids:
        asks += [
            ask_person(f"{guest_id} person", guest_id),
            ask_assignments(f"{guest_id} assignments", guest_id),
            ask_requests(f"{guest_id} requests", guest_id),
        ]
    async with gate:
        answers = await send(graph.wire, asks)
        return {guest_id: await _access(graph, answers, guest_id) for guest_id in ids}


async def _access(graph: Graph, answers: Answers, guest_id: str) -> Access:
    user = answers.maybe(f"{guest_id} person")
    assigned = await graph.wire.rest(answers[f"{guest_id} assignments"])
    asked = await graph.wire.rest(answers[f"{guest_id} requests"])
    return (
        person_of(user) if user else None,
        assignments_of(assigned),
        requests_of(asked, guest_id),
    )
