"""Faults on request: refused, delayed and cut exchanges."""

import aiohttp
import pytest

from sandbox.seed.people import DAN


async def fault(tenant, **rule):
    await tenant.control("faults", {"rules": [rule]})


async def test_a_status_is_answered_as_often_as_asked(tenant):
    await fault(tenant, method="GET", path="/users$", status=429, times=2, retryAfter=3)

    answers = [await tenant.get("/users") for _ in range(3)]

    assert [answer.status for answer in answers] == [429, 429, 200]
    assert answers[0].code == "TooManyRequests"
    assert answers[0].headers["Retry-After"] == "3"


async def test_without_times_a_rule_holds_until_it_is_taken_away(tenant):
    await fault(tenant, method="*", path="/organization", status=503)
    refused = [(await tenant.get("/organization")).status for _ in range(3)]

    await tenant.control("faults", {"rules": []})

    assert refused == [503, 503, 503]
    assert (await tenant.get("/organization")).status == 200


async def test_rules_are_tried_in_order(tenant):
    rules = [
        {"method": "GET", "path": "/users", "status": 500, "times": 1},
        {"method": "GET", "path": "/users", "status": 404, "times": 1},
    ]
    await tenant.control("faults", {"rules": rules})

    assert [(await tenant.get("/users")).status for _ in range(3)] == [500, 404, 200]


async def test_a_rule_does_not_touch_other_paths_or_methods(tenant):
    await fault(tenant, method="POST", path="/invitations", status=500)

    assert (await tenant.get("/users")).status == 200


@pytest.mark.parametrize("path", ["^/v1.0/domains$", "^/domains$", "domains", r"domains\?\$top=5"])
async def test_a_path_may_be_spelled_with_the_version_or_without_and_name_the_query(tenant, path):
    await fault(tenant, method="GET", path=path, status=500)

    assert (await tenant.get("/domains?$top=5")).status == 500


async def test_a_connection_cut_after_the_write_leaves_the_write(tenant):
    await fault(tenant, method="PATCH", path="/users/", dropAfterWrite=True, times=1)

    with pytest.raises(aiohttp.ClientConnectionError):
        await tenant.call("PATCH", f"/users/{DAN}", {"companyName": "N"})

    assert tenant.world.tables["users"][DAN]["companyName"] == "N"
    assert tenant.world.requests[-1]["status"] == 204


async def test_a_rule_that_names_nothing_cuts_before_the_write(tenant):
    await fault(tenant, method="PATCH", path="/users/", times=1)

    with pytest.raises(aiohttp.ClientConnectionError):
        await tenant.call("PATCH", f"/users/{DAN}", {"companyName": "N"})

    assert tenant.world.tables["users"][DAN]["companyName"] is None
    assert tenant.world.requests[-1]["status"] == 0


async def test_a_delayed_answer_is_the_usual_one(tenant):
    await fault(tenant, method="GET", path="/organization", delaySeconds=0.01, times=1)

    assert (await tenant.get("/organization")).status == 200


async def test_a_rule_may_name_its_own_error_code(tenant):
    await fault(tenant, method="GET", path="/users", status=403, code="AccessDenied", message="No.")

    answer = await tenant.get("/users")

    assert (answer.code, answer.body["error"]["message"]) == ("AccessDenied", "No.")


async def test_a_rule_for_everything_leaves_the_sign_in_alone(tenant):
    await fault(tenant, method="*", path=".*", status=500)
    form = {"client_id": "x", "client_secret": "y", "grant_type": "client_credentials", "scope": "a/.default"}

    async with tenant.client.post("/contoso.com/oauth2/v2.0/token", data=form) as response:
        assert response.status == 200


async def test_the_sign_in_fails_where_a_rule_names_it(tenant):
    await fault(tenant, method="POST", path="oauth2/v2.0/token", status=503, times=1)

    async with tenant.client.post("/contoso.com/oauth2/v2.0/token", data={"client_id": "x"}) as response:
        assert response.status == 503
        assert (await response.json())["error"] == "temporarily_unavailable"


async def test_a_path_is_matched_as_it_reads_not_as_it_is_encoded(tenant):
    await fault(tenant, method="GET", path=r"/users/ben_fabrikam\.com#EXT#", status=500)

    assert (await tenant.get("/users/ben_fabrikam.com%23EXT%23@contoso.onmicrosoft.com")).status == 500


@pytest.mark.parametrize("rules", [None, [1], [{"colour": "red"}], [{"path": "("}]])
async def test_a_malformed_rule_is_explained(tenant, rules):
    answer = await tenant.control("faults", {"rules": rules})

    assert answer["error"]
