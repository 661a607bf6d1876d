"""A page of assignments is read as a single assignment is, and leads to no other host."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import errors
from bot.domain.access import AssignmentState
from bot.graph.assignments import assignment_of
from bot.graph.sweep import STATES, EntraAssignmentPages, assignments_of
from tests.graph.test_wire import Host, graph, host

__all__ = ["graph", "host"]

TIMES = st.none() | st.sampled_from(
    [
        "2026-11-26T21:07:44Z",
        "2026-11-26T21:07:44.1234567Z",
        "2026-11-26T21:07:44+02:00",
        "2026-11-26T21:07:44",
        "2026-11-26",
        "0001-01-01T00:00:00Z",
        "soon",
        "",
    ]
)
TEXTS = st.none() | st.text(max_size=5)
ROWS = st.fixed_dictionaries(
    {
        "id": st.text(min_size=1, max_size=5),
        "state": st.none() | st.sampled_from([*AssignmentState, "new", ""]),
        "status": TEXTS,
        "expiredDateTime": TIMES,
        "schedule": st.none()
        | st.fixed_dictionaries(
            {"startDateTime": TIMES, "expiration": st.none() | st.fixed_dictionaries({"endDateTime": TIMES})}
        ),
        "target": st.none() | st.fixed_dictionaries({"objectId": TEXTS, "displayName": TEXTS, "email": TEXTS}),
        "accessPackage": st.none() | st.fixed_dictionaries({"id": TEXTS, "displayName": TEXTS}),
        "assignmentPolicy": st.none() | st.fixed_dictionaries({"id": TEXTS, "displayName": TEXTS}),
    }
)


@given(ROWS)
def test_a_row_is_read_as_a_single_assignment_is(row: dict[str, Any]):
    assert assignments_of([row]) == (assignment_of(row),)


async def test_a_page_whose_next_one_is_at_another_host_is_refused(host: Host, graph: Any):
    page = {"value": [], "@odata.nextLink": "https://evil.example/v1.0/next"}
    host.script = [(200, {}, page)]

    with pytest.raises(errors.Rejected) as refused:
        await EntraAssignmentPages(graph).page()

    assert refused.value.code == "ForeignNextLink"


async def test_a_page_that_names_itself_as_the_next_is_not_read_for_ever(host: Host, graph: Any):
    link = f"{host.url}/v1.0/next"
    host.script = [(200, {}, {"value": [], "@odata.nextLink": link})]

    with pytest.raises(errors.NotFound):
        await EntraAssignmentPages(graph).page(f"0 {link}")


async def test_an_empty_page_with_a_next_one_is_not_the_end(host: Host, graph: Any):
    link = f"{host.url}/v1.0/next"
    host.script = [(200, {}, {"value": [], "@odata.nextLink": link}), (200, {}, {"value": []})]
    pages = EntraAssignmentPages(graph)

    first = await pages.page()
    second = await pages.page(first.next)

    assert first.next == f"0 {link}"
    assert second.next == "1"
    assert len(STATES) > 1


async def test_each_page_carries_the_token_and_an_id_of_its_own(host: Host, graph: Any):
    host.script = [(200, {}, {"value": []})]
    pages = EntraAssignmentPages(graph)

    await pages.page()
    await pages.page("1")

    headers = [seen[2] for seen in host.seen]
    assert all(one["authorization"].startswith("Bearer for ") for one in headers)
    assert len({one["client-request-id"] for one in headers}) == 2
