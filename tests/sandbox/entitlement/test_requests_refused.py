"""Assignment requests that are refused: to the wrong people, in the wrong shape, by the wrong caller."""

import pytest

from tests.sandbox.entitlement.tenant import (
    ALEX,
    BEN,
    CARLA,
    HANDBOOK,
    INVITED,
    LEE,
    PROJECT,
    Tenant,
)


def test_second_request_for_the_same_package_is_refused(tenant: Tenant):
    tenant.assign(CARLA, INVITED)
    body = {
        "requestType": "adminAdd",
        "assignment": {"targetId": CARLA, "assignmentPolicyId": tenant.policy(INVITED), "accessPackageId": INVITED},
    }

    while_open = tenant.error("POST", "/assignmentRequests", json=body)
    tenant.pass_time("PT1S")
    when_delivered = tenant.error("POST", "/assignmentRequests", json=body)

    assert while_open == (400, "ExistingOpenRequest")
    assert when_delivered == (400, "ExistingActiveAssignment")


def test_policy_for_members_refuses_guests_and_takes_members(tenant: Tenant):
    policy = tenant.policy(HANDBOOK)
    guest = {"targetId": CARLA, "assignmentPolicyId": policy, "accessPackageId": HANDBOOK}

    refused = tenant.error("POST", "/assignmentRequests", json={"requestType": "adminAdd", "assignment": guest})

    assert refused == (400, "PolicyRequirementsNotMet")
    assert tenant.assign(LEE, HANDBOOK)["state"] == "submitted"


@pytest.mark.parametrize(
    "body",
    [
        {"requestType": "AdminAdd", "assignment": {"targetId": CARLA}},
        {"requestType": "adminAdd", "accessPackageAssignment": {"targetId": CARLA}},
        {"requestType": "adminAdd", "assignment": {"targetId": "carla@northwindtraders.com"}},
        {"requestType": "adminAdd", "assignment": {}},
        {"requestType": "adminAdd", "assignment": {"targetId": CARLA}, "schedule": {"startDateTime": "tomorrow"}},
        {
            "requestType": "adminAdd",
            "assignment": {"targetId": CARLA},
            "schedule": {"expiration": {"type": "afterDateTime"}},
        },
        {"assignment": {"targetId": CARLA}},
    ],
)
def test_bodies_that_do_not_fit_the_model_are_refused(tenant: Tenant, body: dict):
    assert tenant.error("POST", "/assignmentRequests", json=body) == (400, "InvalidModel")


def test_unknown_target_is_not_found(tenant: Tenant):
    assignment = {"targetId": ALEX[:-1] + "4", "assignmentPolicyId": tenant.policy(INVITED), "accessPackageId": INVITED}

    refused = tenant.error("POST", "/assignmentRequests", json={"requestType": "adminAdd", "assignment": assignment})

    assert refused == (404, "Request_ResourceNotFound")


def test_apps_may_not_ask_for_themselves_nor_cancel(tenant: Tenant):
    body = {"requestType": "userAdd", "assignment": {"accessPackageId": INVITED}}
    request = tenant.assign(CARLA, INVITED)

    asked = tenant.error("POST", "/assignmentRequests", json=body)
    canceled = tenant.error("POST", f"/assignmentRequests/{request['id']}/cancel")

    assert asked[0] == 403
    assert canceled[0] == 403


def test_guest_cancels_their_own_request_and_nobody_elses(tenant: Tenant):
    tenant.act(CARLA, "request", accessPackageId=PROJECT)
    tenant.pass_time("PT1S")
    waiting = tenant.get("/assignmentRequests/filterByCurrentUser(on='target')", user=CARLA)["value"]
    path = f"/assignmentRequests/{waiting[0]['id']}/cancel"

    by_ben = tenant.error("POST", path, user=BEN)
    by_carla = tenant.call("POST", path, user=CARLA)
    again = tenant.error("POST", path, user=CARLA)

    assert by_ben[0] == 403
    assert by_carla.status_code == 204
    assert again == (400, "InvalidRequestState")
    assert tenant.state(waiting[0]) == "canceled"


def test_only_completed_requests_can_be_deleted(tenant: Tenant):
    request = tenant.assign(CARLA, INVITED)
    path = f"/assignmentRequests/{request['id']}"

    early = tenant.error("DELETE", path)
    tenant.pass_time("PT1S")
    late = tenant.call("DELETE", path)

    assert early == (400, "InvalidRequestState")
    assert late.status_code == 204
    assert tenant.error("GET", path) == (404, "Request_ResourceNotFound")


def test_without_the_licence_everything_is_denied(tenant: Tenant):
    tenant.reset(licence=False)

    assert tenant.error("GET", "/accessPackages") == (403, "AccessDenied")
    assert tenant.error("POST", "/assignmentRequests", json={}) == (403, "AccessDenied")


def test_without_the_permission_writes_are_denied(tenant: Tenant):
    tenant.reset(withoutPermissions=["EntitlementManagement.ReadWrite.All"])

    refused = tenant.error("POST", "/assignmentRequests", json={})

    assert refused == (403, "Authorization_RequestDenied")


def test_person_without_a_role_reads_no_list(tenant: Tenant):
    assert tenant.error("GET", "/assignments", user=LEE)[0] == 403
    assert tenant.get("/assignments", user=ALEX)["value"]
