"""A hundred thousand assignments cost nothing until somebody asks for one of them."""

from __future__ import annotations

import time
from urllib.parse import quote

import pytest

from sandbox.seed.packages import HIDDEN, INVITED

EM = "/identityGovernance/entitlementManagement"
EXPANDED = f"{EM}/assignments?$expand=target,accessPackage,assignmentPolicy"
ONE = "000000000007"


async def pages(tenant, path):
    """Every row over all pages."""
    rows = []
    while path:
        answer = await tenant.get(path)
        assert answer.status == 200, answer.text
        rows += answer.body["value"]
        path = answer.body.get("@odata.nextLink", "").partition("/v1.0")[2]
    return rows


def where(text):
    return f"{EXPANDED}&$filter={quote(text)}"


async def test_a_great_crowd_is_there_within_moments(tenant):
    begun = time.monotonic()
    await tenant.control("reset", {"seed": "demo", "assignments": 100_000})
    first = await tenant.get(where("state eq 'delivered'"))
    took = time.monotonic() - begun

    state = await tenant.control("state")

    assert took < 3
    assert len(first.body["value"]) == 100
    assert len(state["assignments"]) == 1
    assert len(await tenant.control("requests")) == 1


async def test_everybody_is_listed_once_and_looks_like_any_other_assignment(tenant):
    await tenant.control("reset", {"seed": "demo", "assignments": 250})

    rows = await pages(tenant, where("state eq 'delivered'"))

    assert len(rows) == len({row["id"] for row in rows}) == 251
    assert len({row["target"]["objectId"] for row in rows}) == 251
    crowd, real = rows[0], rows[-1]
    assert {name: type(value) for name, value in crowd.items()} == {name: type(value) for name, value in real.items()}
    assert crowd["target"].keys() == real["target"].keys()
    assert crowd["accessPackage"] == real["accessPackage"]
    assert crowd["assignmentPolicy"] == real["assignmentPolicy"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"accessPackage/id eq '{INVITED}' and state eq 'delivered'", 21),
        (f"accessPackage/id eq '{HIDDEN}'", 0),
        ("state eq 'expired'", 0),
        ("state ne 'expired'", 21),
        (f"target/objectId eq 'cccccccc-0000-4000-8000-{ONE}'", 1),
        ("target/objectId eq '55555555-5555-4555-8555-555555555552'", 1),
    ],
)
async def test_filters_hold_for_the_crowd_too(tenant, text, count):
    await tenant.control("reset", {"seed": "demo", "assignments": 20})

    assert len(await pages(tenant, where(text))) == count


async def test_who_is_asked_for_arrives_and_is_listed_once(tenant):
    await tenant.control("reset", {"seed": "demo", "assignments": 20})

    by_id = await tenant.get(f"/users/cccccccc-0000-4000-8000-{ONE}")
    by_mail = await tenant.get(f"/users?$filter=mail eq 'guest{ONE}@crowd.example'")
    held = await tenant.get(f"{EM}/assignments/dddddddd-0000-4000-8000-{ONE}")

    assert by_id.body["mail"] == f"guest{ONE}@crowd.example"
    assert by_mail.ids == [by_id.body["id"]]
    assert held.body["state"] == "delivered"
    assert len(await pages(tenant, where("state eq 'delivered'"))) == 21


async def test_who_arrives_while_the_pages_are_turned_is_not_seen_twice_nor_missed(tenant):
    await tenant.control("reset", {"seed": "demo", "assignments": 250})
    first = await tenant.get(where("state eq 'delivered'"))
    for number in (7, 150):
        await tenant.get(f"/users/cccccccc-0000-4000-8000-{number:012}")

    rest = await pages(tenant, first.body["@odata.nextLink"].partition("/v1.0")[2])

    seen = [row["id"] for row in first.body["value"] + rest]
    assert len(seen) == len(set(seen)) == 251


async def test_one_whose_access_was_taken_is_listed_as_ended(tenant):
    await tenant.control("reset", {"seed": "demo", "assignments": 20, "deliverySeconds": 0})
    body = {"requestType": "adminRemove", "assignment": {"id": f"dddddddd-0000-4000-8000-{ONE}"}}
    made = await tenant.call("POST", f"{EM}/assignmentRequests", body)
    await tenant.control("clock", {"advance": "PT5S"})

    held, ended = await pages(tenant, where("state eq 'delivered'")), await pages(tenant, where("state eq 'expired'"))

    assert made.status == 201, made.text
    assert [row["target"]["email"] for row in ended] == [f"guest{ONE}@crowd.example"]
    assert len(held) == 20


async def test_access_ends_as_time_passes(tenant):
    await tenant.control("reset", {"seed": "demo", "assignments": 365})
    await tenant.control("clock", {"advance": "P100DT1H"})

    rows = await pages(tenant, EXPANDED)

    now = tenant.world.clock.text()
    assert len(rows) == 366
    for row in rows:
        over = row["schedule"]["expiration"]["endDateTime"] <= now
        assert row["state"] == ("expired" if over else "delivered")
        assert (row["expiredDateTime"] is not None) == over
    assert 95 < len([row for row in rows if row["state"] == "expired"]) < 105


@pytest.mark.parametrize("size", [-1, "many", True, 1_000_001, 1.5])
async def test_a_number_that_makes_no_sense_is_refused(tenant, size):
    answer = await tenant.client.post("/_control/reset", json={"assignments": size})

    assert answer.status == 400
