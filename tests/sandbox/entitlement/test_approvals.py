"""Approvals: who is asked, who may decide, and what becomes of the request."""

import pytest

from tests.sandbox.entitlement.tenant import ADELE, ALEX, CARLA, INVITED, LEE, MEGAN, PROJECT, Tenant

APPROVALS = "/accessPackageAssignmentApprovals"


def asked(tenant: Tenant) -> dict:
    """Carla's request for the package with approval, now waiting."""
    tenant.act(CARLA, "request", accessPackageId=PROJECT)
    tenant.pass_time("PT1S")
    return tenant.get("/assignmentRequests/filterByCurrentUser(on='target')", user=CARLA)["value"][0]


def stage_path(tenant: Tenant, request: dict, user: str = ADELE) -> str:
    stages = tenant.get(f"{APPROVALS}/{request['id']}/stages", user=user)["value"]
    return f"{APPROVALS}/{request['id']}/stages/{stages[-1]['id']}"


def test_request_waits_for_its_approver_who_finds_it(tenant: Tenant):
    request = asked(tenant)

    queue = tenant.get("/assignmentRequests/filterByCurrentUser(on='approver')", user=ADELE)["value"]
    ids = tenant.get(f"{APPROVALS}/filterByCurrentUser(on='approver')", user=ADELE)["value"]
    stage = tenant.get(f"{APPROVALS}/{request['id']}", user=ADELE)["stages"][0]

    assert (request["state"], request["status"]) == ("pendingApproval", "PendingApproval")
    assert [one["id"] for one in queue] == [request["id"]]
    assert ids == [{"id": request["id"]}]
    assert (stage["assignedToMe"], stage["status"], stage["reviewResult"]) == (True, "InProgress", "NotReviewed")


@pytest.mark.parametrize(("result", "state"), [("Approve", "delivered"), ("Deny", "denied")])
def test_approver_decides(tenant: Tenant, result: str, state: str):
    request = asked(tenant)

    body = {"reviewResult": result, "justification": "because"}
    answer = tenant.call("PATCH", stage_path(tenant, request), user=ADELE, json=body)
    tenant.pass_time("PT1S")

    stage = tenant.get(f"{APPROVALS}/{request['id']}", user=ADELE)["stages"][0]
    assert answer.status_code == 204
    assert tenant.state(request) == state
    assert (stage["reviewResult"], stage["reviewedBy"]["id"]) == (result, ADELE)


def test_second_decision_conflicts(tenant: Tenant):
    request = asked(tenant)
    path = stage_path(tenant, request)
    tenant.call("PATCH", path, user=ADELE, json={"reviewResult": "Approve"})

    again = tenant.error("PATCH", path, user=ADELE, json={"reviewResult": "Deny"})

    assert again == (409, "Conflict")


@pytest.mark.parametrize("user", [None, ALEX, MEGAN, CARLA])
def test_nobody_but_the_approver_decides(tenant: Tenant, user: str | None):
    request = asked(tenant)
    path = stage_path(tenant, request)

    refused = tenant.error("PATCH", path, user=user, json={"reviewResult": "Approve"})

    assert refused[0] == 403
    assert tenant.state(request) == "pendingApproval"


def test_unknown_approval_is_not_found(tenant: Tenant):
    assert tenant.error("GET", f"{APPROVALS}/{CARLA}", user=ADELE)[0] == 404


def test_unanswered_stage_denies_when_its_time_is_up(tenant: Tenant):
    request = asked(tenant)

    tenant.pass_time("P14D")

    assert tenant.state(request) == "denied"


def test_admin_assignment_through_a_policy_with_approval_waits_as_well(tenant: Tenant):
    request = tenant.assign(LEE, PROJECT)

    tenant.pass_time("PT1S")

    assert tenant.state(request) == "pendingApproval"


def staged(tenant: Tenant, stages: list[dict]) -> str:
    """A policy of the invited users package with these stages, open to members."""
    body = {
        "displayName": "Staged",
        "allowedTargetScope": "allMemberUsers",
        "requestorSettings": {"enableTargetsToSelfAddAccess": True},
        "requestApprovalSettings": {"isApprovalRequiredForAdd": True, "stages": stages},
        "accessPackage": {"id": INVITED},
    }
    return tenant.post("/assignmentPolicies", body)["id"]


def one_stage(**more: object) -> dict:
    return {
        "durationBeforeAutomaticDenial": "P14D",
        "primaryApprovers": [{"@odata.type": "#microsoft.graph.singleUser", "userId": ADELE}],
        **more,
    }


def test_second_stage_opens_after_the_first_and_the_manager_is_asked(tenant: Tenant):
    manager = one_stage(
        primaryApprovers=[{"@odata.type": "#microsoft.graph.requestorManager", "managerLevel": 1}],
        fallbackPrimaryApprovers=[{"@odata.type": "#microsoft.graph.singleUser", "userId": ALEX}],
    )
    policy = staged(tenant, [one_stage(), manager])
    body = {"requestType": "userAdd", "assignment": {"accessPackageId": INVITED, "assignmentPolicyId": policy}}
    request = tenant.post("/assignmentRequests", body, user=LEE)
    tenant.pass_time("PT1S")

    tenant.call("PATCH", stage_path(tenant, request), user=ADELE, json={"reviewResult": "Approve"})
    between = tenant.state(request)
    tenant.call("PATCH", stage_path(tenant, request), user=ADELE, json={"reviewResult": "Approve"})
    tenant.pass_time("PT1S")

    assert between == "pendingApproval"
    assert tenant.state(request) == "delivered"


def test_escalation_asks_more_people_and_shows(tenant: Tenant):
    alternate = [{"@odata.type": "#microsoft.graph.singleUser", "userId": ALEX}]
    stage = one_stage(isEscalationEnabled=True, durationBeforeEscalation="P7D", escalationApprovers=alternate)
    policy = staged(tenant, [stage])
    body = {"requestType": "userAdd", "assignment": {"accessPackageId": INVITED, "assignmentPolicyId": policy}}
    request = tenant.post("/assignmentRequests", body, user=LEE)
    tenant.pass_time("PT1S")

    tenant.pass_time("P7D")
    answer = tenant.call("PATCH", stage_path(tenant, request, ALEX), user=ALEX, json={"reviewResult": "Deny"})

    assert answer.status_code == 204
    assert tenant.state(request) == "denied"


def test_required_justification_of_the_approver_is_asked_for(tenant: Tenant):
    policy = staged(tenant, [one_stage(isApproverJustificationRequired=True)])
    body = {"requestType": "userAdd", "assignment": {"accessPackageId": INVITED, "assignmentPolicyId": policy}}
    request = tenant.post("/assignmentRequests", body, user=LEE)
    tenant.pass_time("PT1S")

    refused = tenant.error("PATCH", stage_path(tenant, request), user=ADELE, json={"reviewResult": "Approve"})

    assert refused == (400, "JustificationRequired")
