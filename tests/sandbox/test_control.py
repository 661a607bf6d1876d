"""The control API: state, reset, clock and recording."""

import asyncio
from datetime import datetime

import pytest

from sandbox import World
from sandbox.seed.people import ALEX, ANA, BEN, CARLA, DAN, EVA


async def test_the_demo_has_its_people_in_their_states(tenant):
    state = await tenant.control("state")

    users = {user["id"]: user for user in state["users"]}
    assert state["tenant"] == {"id": tenant.world.tenant["id"], "domain": "contoso.onmicrosoft.com"}
    assert users[BEN]["externalUserState"] == "Accepted"
    assert users[CARLA]["externalUserState"] == "PendingAcceptance"
    assert users[DAN]["accountEnabled"] is False
    assert [user["id"] for user in state["deletedUsers"]] == [EVA]
    assert ANA not in users


async def test_state_shows_every_table_and_nothing_private(tenant):
    state = await tenant.control("state")

    def private(value):
        if isinstance(value, dict):
            return any(key.startswith("_") or private(item) for key, item in value.items())
        return isinstance(value, list) and any(private(item) for item in value)

    expected = (
        "users groups servicePrincipals invitations catalogs accessPackages assignmentPolicies assignmentRequests"
    )
    assert set(expected.split()) | {"assignments"} <= set(state)
    assert not private(state)


async def test_a_reset_forgets_everything_that_happened(tenant):
    await tenant.invite("ana@fabrikam.com")
    await tenant.control("clock", {"advance": "P3D"})
    await tenant.control("faults", {"rules": [{"path": ".*", "status": 500}]})

    await tenant.control("reset", {"seed": "demo"})

    assert ANA not in tenant.world.tables["users"]
    assert await tenant.control("requests") == []
    assert await tenant.control("faults") == {"rules": []}
    assert abs((datetime.now().astimezone() - tenant.world.clock.now()).total_seconds()) < 5


async def test_the_empty_seed_has_an_administrator_and_no_packages(tenant):
    await tenant.control("reset", {"seed": "empty"})

    state = await tenant.control("state")

    assert [user["id"] for user in state["users"]] == [ALEX]
    assert state["accessPackages"] == []


@pytest.mark.parametrize("body", [{"seed": "other"}, {"colour": "red"}])
async def test_a_reset_that_makes_no_sense_is_explained_and_changes_nothing(tenant, body):
    answer = await tenant.control("reset", body)

    assert answer["error"]
    assert BEN in tenant.world.tables["users"]


async def test_options_change_the_tenant_without_planting_it_again(tenant):
    await tenant.invite("ana@fabrikam.com")

    await tenant.control("options", {"allowInvitesFrom": "none", "licence": False})

    assert (await tenant.invite("other@fabrikam.com")).code == "Forbidden"
    assert (await tenant.get("/policies/authorizationPolicy")).body["allowInvitesFrom"] == "none"
    assert [row["skuPartNumber"] for row in (await tenant.get("/subscribedSkus")).body["value"]] == ["AAD_PREMIUM"]
    assert ANA in tenant.world.tables["users"]


async def test_the_clock_moves_forward_by_a_duration(tenant):
    before = await tenant.control("clock")

    after = await tenant.control("clock", {"advance": "P13D"})

    moved = datetime.fromisoformat(after["now"]) - datetime.fromisoformat(before["now"])
    assert moved.days == 13
    assert after["now"].endswith("Z")


@pytest.mark.parametrize("advance", ["13 days", "-P1D", "P", "PT", "P1DT", 5, None])
async def test_the_clock_understands_iso_durations_only(tenant, advance):
    assert (await tenant.control("clock", {"advance": advance}))["error"]


async def test_requests_are_recorded_as_they_went_over_the_wire(tenant):
    await tenant.invite("ana@fabrikam.com")
    await tenant.call("GET", "/me?$select=id", user=BEN)
    async with tenant.client.get("/v1.0/users"):
        pass

    invited, me, nobody = await tenant.control("requests")

    assert (invited["method"], invited["status"], invited["token"]) == ("POST", 201, "app")
    assert invited["url"] == f"{tenant.url}/v1.0/invitations"
    assert invited["requestBody"]["invitedUserEmailAddress"] == "ana@fabrikam.com"
    assert invited["responseBody"]["invitedUser"] == {"id": ANA}
    assert (me["token"], nobody["token"], nobody["status"]) == ("delegated", "none", 401)


async def test_what_is_due_happens_in_order_and_at_its_own_time(tenant):
    world, seen = tenant.world, []

    def note(name, again=None):
        seen.append((name, world.clock.now() - start))
        if again:
            world.after(60, lambda: note(again))

    start = world.clock.now()
    world.after(120, lambda: note("second"))
    world.after(30, lambda: note("first", again="third"))
    world.after(10, lambda: note("never")).cancel()
    await tenant.control("clock", {"advance": "PT1H"})

    assert [name for name, _ in seen] == ["first", "third", "second"]
    assert [round(after.total_seconds()) for _, after in seen] == [30, 90, 120]


async def test_the_wire_carries_graphs_headers_and_error_shape(tenant):
    answer = await tenant.get("/users/nobody", client_request_id="abc")

    assert answer.headers["client-request-id"] == "abc"
    assert answer.headers["OData-Version"] == "4.0"
    inner = answer.body["error"]["innerError"]
    assert inner["request-id"] == answer.headers["request-id"]
    assert datetime.fromisoformat(inner["date"])


async def test_paths_and_methods_graph_does_not_have_are_refused(tenant):
    unknown = await tenant.get("/users/x/shoes")
    method = await tenant.call("PUT", "/users", {})

    assert (unknown.status, unknown.code) == (400, "BadRequest")
    assert method.status == 405


@pytest.mark.parametrize(
    ("body", "kind"), [(b"{", "application/json"), (b"{}", "text/plain"), (b"\xff", "application/json")]
)
async def test_a_body_that_is_not_json_is_refused(tenant, body, kind):
    token = (await tenant.control("token", {"user": ALEX}))["token"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}

    async with tenant.client.post("/v1.0/invitations", data=body, headers=headers) as response:
        assert response.status == 400


async def test_concurrent_invitations_of_one_address_make_one_guest(tenant):
    answers = await asyncio.gather(*(tenant.invite("twin@x.com") for _ in range(5)))

    assert len({answer.body["invitedUser"]["id"] for answer in answers}) == 1


async def test_a_token_for_nobody_is_explained(tenant):
    assert "nobody@x.com" in (await tenant.control("token", {"user": "nobody@x.com"}))["error"]


def test_a_world_refuses_options_it_does_not_know():
    with pytest.raises(ValueError, match="colour"):
        World({"colour": "red"})
