"""Assignment requests: from the first answer to rights in the directory, and back."""

import pytest

from tests.sandbox.entitlement.tenant import (
    ADELE,
    APP4GUEST,
    BEN,
    CARLA,
    CLOSED,
    DAN,
    INVITED,
    PROJECT,
    READERS,
    Tenant,
)


def granted(tenant: Tenant, user: str) -> bool:
    rows = tenant.control("state")["appRoleAssignments"]
    return any(row["principalId"] == user and row["resourceId"] == APP4GUEST for row in rows)


def end(assignment: dict) -> str:
    return assignment["schedule"]["expiration"]["endDateTime"]


def test_direct_assignment_is_submitted_then_delivering_then_delivered(tenant: Tenant):
    request = tenant.assign(CARLA, INVITED, justification="audit")
    tenant.pass_time("PT0.2S")
    under_way = tenant.state(request), tenant.assignment(CARLA, INVITED)["state"]
    tenant.pass_time("PT1S")

    assert request["state"] == "submitted"
    assert request["createdDateTime"] is None
    assert under_way == ("delivering", "delivering")
    assert tenant.state(request) == "delivered"
    assert tenant.assignment(CARLA, INVITED)["state"] == "delivered"
    assert granted(tenant, CARLA)


def test_assignment_shows_the_user_id_in_object_id_only(tenant: Tenant):
    tenant.assign(CARLA, INVITED)
    tenant.pass_time("PT1S")

    target = tenant.assignment(CARLA, INVITED)["target"]

    assert target["objectId"] == CARLA
    assert target["id"] != CARLA


def test_access_ends_with_the_policy_and_the_right_goes_with_it(tenant: Tenant):
    tenant.assign(CARLA, INVITED)
    tenant.pass_time("PT1S")
    before = granted(tenant, CARLA)

    tenant.pass_time("P14D")

    assert before
    assert tenant.assignment(CARLA, INVITED)["state"] == "expired"
    assert tenant.assignment(CARLA, INVITED)["expiredDateTime"]
    assert not granted(tenant, CARLA)


def test_end_beyond_the_policy_is_cut_to_the_policy(tenant: Tenant):
    schedule = {"expiration": {"type": "afterDuration", "duration": "P90D"}}

    tenant.assign(CARLA, INVITED, schedule=schedule)
    tenant.pass_time("PT1S")
    tenant.pass_time("P14D")

    assert tenant.assignment(CARLA, INVITED)["state"] == "expired"


def test_future_start_waits_until_that_day(tenant: Tenant):
    tenant.pass_time("PT1S")
    schedule = {"startDateTime": "2999-01-01T00:00:00Z", "expiration": {"type": "noExpiration"}}

    request = tenant.assign(CARLA, INVITED, schedule=schedule)
    tenant.pass_time("PT1S")

    shown = tenant.get(f"/assignmentRequests/{request['id']}")
    assert (shown["state"], shown["status"]) == ("scheduled", "PendingNotBefore")


def test_address_without_an_account_is_invited_and_governed(tenant: Tenant):
    body = {"displayName": "Direct", "allowedTargetScope": "notSpecified", "accessPackage": {"id": INVITED}}
    policy = tenant.post("/assignmentPolicies", body)
    target = {"email": "new@fabrikam.com"}
    assignment = {"target": target, "assignmentPolicyId": policy["id"], "accessPackageId": INVITED}

    tenant.post("/assignmentRequests", {"requestType": "adminAdd", "assignment": assignment})
    tenant.pass_time("PT1S")

    guest = next(u for u in tenant.control("state")["users"] if u["mail"] == "new@fabrikam.com")
    assert tenant.assignment(guest["id"], INVITED)["state"] == "delivered"
    assert tenant.get(f"/subjects(objectId='{guest['id']}')")["subjectLifecycle"] == "governed"


def test_unreachable_address_stays_in_delivering_without_object_id(tenant: Tenant):
    body = {"displayName": "Direct", "allowedTargetScope": "notSpecified", "accessPackage": {"id": INVITED}}
    policy = tenant.post("/assignmentPolicies", body)
    assignment = {
        "target": {"email": "x@unreachable.example"},
        "assignmentPolicyId": policy["id"],
        "accessPackageId": INVITED,
    }

    request = tenant.post("/assignmentRequests", {"requestType": "adminAdd", "assignment": assignment})
    tenant.pass_time("P1D")

    shown = tenant.get(f"/assignmentRequests/{request['id']}", expand="assignment($expand=target)")
    assert shown["state"] == "delivering"
    assert shown["assignment"]["target"]["objectId"] is None


def test_blocked_guest_is_assigned_by_id_but_not_by_address(tenant: Tenant):
    by_address = {
        "target": {"email": "dan@northwindtraders.com"},
        "assignmentPolicyId": tenant.policy(INVITED),
        "accessPackageId": INVITED,
    }

    refused = tenant.error("POST", "/assignmentRequests", json={"requestType": "adminAdd", "assignment": by_address})
    accepted = tenant.assign(DAN, INVITED)

    assert refused == (400, "SubjectBlocked")
    assert accepted["state"] == "submitted"


def test_admin_update_moves_the_end_and_the_old_end_no_longer_counts(tenant: Tenant):
    before = tenant.assignment(BEN, INVITED)
    schedule = {"expiration": {"type": "afterDuration", "duration": "P13D"}}

    body = {"requestType": "adminUpdate", "assignment": {"id": before["id"]}, "schedule": schedule}
    tenant.post("/assignmentRequests", body)
    tenant.pass_time("P11D")

    after = tenant.assignment(BEN, INVITED)
    assert after["state"] == "delivered"
    assert end(after) > end(before)


def test_admin_remove_ends_the_assignment_and_takes_the_right(tenant: Tenant):
    assignment = tenant.assignment(BEN, INVITED)
    before = granted(tenant, BEN)

    tenant.post("/assignmentRequests", {"requestType": "adminRemove", "assignment": {"id": assignment["id"]}})
    tenant.pass_time("PT1S")

    assert before
    assert tenant.assignment(BEN, INVITED)["state"] == "expired"
    assert not granted(tenant, BEN)


def test_two_packages_with_the_same_right_share_it(tenant: Tenant):
    tenant.assign(BEN, CLOSED)
    tenant.pass_time("PT1S")

    tenant.act(BEN, "expire", accessPackageId=INVITED)

    assert granted(tenant, BEN)


def test_group_role_makes_a_member_and_expiry_removes_them(tenant: Tenant):
    tenant.act(BEN, "request", accessPackageId=PROJECT)
    tenant.pass_time("PT1S")
    tenant.act(BEN, "approve", by=ADELE)
    tenant.pass_time("PT1S")
    members = tenant.http.get(
        f"/v1.0/groups/{READERS}/members", headers={"Authorization": f"Bearer {tenant.token()}"}
    ).json()["value"]

    tenant.act(BEN, "expire", accessPackageId=PROJECT)

    left = tenant.http.get(
        f"/v1.0/groups/{READERS}/members", headers={"Authorization": f"Bearer {tenant.token()}"}
    ).json()["value"]
    assert BEN in [member["id"] for member in members]
    assert BEN not in [member["id"] for member in left]


@pytest.mark.parametrize("outcome", ["deliveryFailed", "partiallyDelivered"])
def test_failed_delivery_can_be_tried_again(tenant: Tenant, outcome: str):
    tenant.act(CARLA, "fail", accessPackageId=INVITED, outcome=outcome)
    request = tenant.assign(CARLA, INVITED)
    tenant.pass_time("PT1S")
    failed = tenant.state(request), tenant.assignment(CARLA, INVITED)["state"]

    answer = tenant.call("POST", f"/assignmentRequests/{request['id']}/reprocess")
    tenant.pass_time("PT1S")

    assert failed == (outcome, outcome)
    assert answer.status_code == 202
    assert tenant.state(request) == "delivered"
    assert len(tenant.get("/assignments", filter=f"target/objectId eq '{CARLA}'")["value"]) == 1


def test_last_package_of_a_governed_guest_ends_with_block_and_deletion(tenant: Tenant):
    tenant.call("PATCH", f"/subjects(objectId='{CARLA}')", json={"subjectLifecycle": "governed"})
    tenant.assign(CARLA, INVITED)
    tenant.pass_time("PT1S")

    tenant.pass_time("P14D")
    blocked = next(user for user in tenant.control("state")["users"] if user["id"] == CARLA)
    tenant.pass_time("P31D")

    assert blocked["accountEnabled"] is False
    assert CARLA in [user["id"] for user in tenant.control("state")["deletedUsers"]]


def test_guest_who_is_not_governed_stays(tenant: Tenant):
    tenant.assign(CARLA, INVITED)
    tenant.pass_time("PT1S")

    tenant.pass_time("P60D")

    guest = next(user for user in tenant.control("state")["users"] if user["id"] == CARLA)
    assert guest["accountEnabled"] is True
