"""$batch: many requests in one, each judged on its own."""

import pytest

from sandbox.seed.people import ALEX, BEN, DAN, LEE

JSON = {"Content-Type": "application/json"}


def step(key, url, method="GET", **more):
    return {"id": key, "method": method, "url": url, **more}


async def test_each_step_has_its_own_answer(tenant):
    steps = [
        step("1", f"/users/{LEE}?$select=id"),
        step("2", "/users/nobody"),
        step("3", f"/users/{DAN}", "PATCH", headers=JSON, body={"companyName": "N"}),
    ]

    answer = await tenant.post("/$batch", {"requests": steps})

    replies = {one["id"]: one for one in answer.body["responses"]}
    assert [replies[key]["status"] for key in "123"] == [200, 404, 204]
    assert replies["1"]["body"]["id"] == LEE
    assert replies["2"]["body"]["error"]["code"] == "Request_ResourceNotFound"


async def test_a_step_that_depends_on_a_failed_one_fails(tenant):
    steps = [
        step("a", "/users/nobody"),
        step("b", f"/users/{DAN}", "DELETE", dependsOn=["a"]),
        step("c", "/organization", dependsOn=["b"]),
    ]

    answer = await tenant.post("/$batch", {"requests": steps})

    assert [one["status"] for one in answer.body["responses"]] == [404, 424, 424]
    assert DAN in tenant.world.tables["users"]


@pytest.mark.parametrize(
    "steps",
    [
        [step(str(number), "/organization") for number in range(21)],
        [step("a", "/organization"), step("A", "/organization")],
        [step("1", f"/users/{BEN}", "PATCH", body={"companyName": "N"})],
        [step("1", "https://graph.microsoft.com/v1.0/organization")],
        [step("1", "/organization", dependsOn=["2"]), step("2", "/organization")],
        [{"id": 1, "method": "GET", "url": "/organization"}],
        [],
    ],
    ids=["too many", "same id", "no content type", "absolute", "later dependency", "id no string", "empty"],
)
async def test_a_malformed_batch_is_refused_whole(tenant, steps):
    assert (await tenant.post("/$batch", {"requests": steps})).status == 400


async def test_inner_requests_are_recorded_too(tenant):
    await tenant.post("/$batch", {"requests": [step("1", f"/users/{ALEX}?$select=id")]})

    inner, outer = await tenant.control("requests")

    assert (inner["url"], inner["inBatch"], inner["status"]) == (f"/users/{ALEX}?$select=id", True, 200)
    assert outer["url"].endswith("/v1.0/$batch")
    assert "inBatch" not in outer


async def test_a_fault_meets_the_inner_request_it_names(tenant):
    rule = {"method": "GET", "path": f"^/users/{LEE}", "status": 429, "retryAfter": 7, "times": 1}
    await tenant.control("faults", {"rules": [rule]})
    steps = [step("1", f"/users/{LEE}"), step("2", f"/users/{ALEX}")]

    first = await tenant.post("/$batch", {"requests": steps})
    second = await tenant.post("/$batch", {"requests": steps})

    assert [one["status"] for one in first.body["responses"]] == [429, 200]
    assert first.body["responses"][0]["headers"]["Retry-After"] == "7"
    assert [one["status"] for one in second.body["responses"]] == [200, 200]


async def test_a_step_lost_after_writing_has_written(tenant):
    rule = {"method": "PATCH", "path": "/users/", "dropAfterWrite": True, "times": 1}
    await tenant.control("faults", {"rules": [rule]})

    answer = await tenant.post(
        "/$batch", {"requests": [step("1", f"/users/{DAN}", "PATCH", headers=JSON, body={"companyName": "N"})]}
    )

    assert answer.body["responses"][0]["status"] == 504
    assert tenant.world.tables["users"][DAN]["companyName"] == "N"
