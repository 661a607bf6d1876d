"""What a test can have people do through the control API."""

import pytest

from tests.sandbox.entitlement.tenant import ADELE, BEN, CARLA, CLOSED, DAN, INVITED, PROJECT, Tenant


def refused(tenant: Tenant, **body: str) -> str:
    answer = tenant.http.post("/_control/act", json=body)
    assert answer.status_code == 400
    return str(answer.json()["error"])


def test_people_are_named_by_address_in_any_case(tenant: Tenant):
    acted = tenant.act("CARLA@northwindtraders.com", "redeem")

    assert acted["user"]["id"] == CARLA
    assert acted["user"]["externalUserState"] == "Accepted"


def test_request_redeems_on_the_way_and_is_delivered(tenant: Tenant):
    tenant.act(CARLA, "request", accessPackageId=INVITED)
    tenant.pass_time("PT1S")

    guest = next(user for user in tenant.control("state")["users"] if user["id"] == CARLA)
    assert guest["externalUserState"] == "Accepted"
    assert tenant.assignment(CARLA, INVITED)["state"] == "delivered"


def test_given_answers_are_kept_by_question_text(tenant: Tenant):
    answers = {"Which project are you working on?": "Phoenix", "In which team?": "audit"}

    request = tenant.act(BEN, "request", accessPackageId=PROJECT, answers=answers)["request"]

    assert [answer["value"] for answer in request["answers"]] == ["Phoenix", "audit"]


@pytest.mark.parametrize("who", [{"user": BEN}, {"user": BEN, "by": ADELE}, {"user": ADELE}])
def test_approval_names_the_guest_or_the_approver(tenant: Tenant, who: dict[str, str]):
    tenant.act(BEN, "request", accessPackageId=PROJECT)
    tenant.pass_time("PT1S")

    request = tenant.act(action="approve", accessPackageId=PROJECT, **who)["request"]

    assert request["state"] == "delivering"


def test_denial_and_cancellation_end_the_request(tenant: Tenant):
    tenant.act(BEN, "request", accessPackageId=PROJECT)
    tenant.act(CARLA, "request", accessPackageId=PROJECT)
    tenant.pass_time("PT1S")

    denied = tenant.act(BEN, "deny")["request"]
    canceled = tenant.act(CARLA, "cancel")["request"]

    assert (denied["state"], canceled["state"]) == ("denied", "canceled")


def test_removal_by_the_guest_ends_the_assignment(tenant: Tenant):
    tenant.act(BEN, "remove", accessPackageId=INVITED)
    tenant.pass_time("PT1S")

    assert tenant.assignment(BEN, INVITED)["state"] == "expired"


def test_activation_delivers_past_the_approval(tenant: Tenant):
    tenant.act(BEN, "request", accessPackageId=PROJECT)

    request = tenant.act(BEN, "activate", accessPackageId=PROJECT)["request"]

    assert request["state"] == "delivered"


def test_failure_ends_the_delivery_under_way(tenant: Tenant):
    tenant.act(CARLA, "request", accessPackageId=INVITED)
    tenant.pass_time("PT0.2S")

    request = tenant.act(CARLA, "fail", accessPackageId=INVITED)["request"]

    assert request["state"] == "deliveryFailed"


def test_what_cannot_happen_is_said(tenant: Tenant):
    assert "PolicyRequirementsNotMet" in refused(tenant, user=BEN, action="request", accessPackageId=CLOSED)
    assert "blocked" in refused(tenant, user=DAN, action="request", accessPackageId=INVITED)
    assert "no open request" in refused(tenant, user=BEN, action="cancel")
    assert "waiting" in refused(tenant, user=BEN, action="approve")
    assert "does not exist" in refused(tenant, user="nobody@example.com", action="redeem")
    assert "action must be" in refused(tenant, user=BEN, action="dance")
    assert "missing" in refused(tenant, action="redeem")
