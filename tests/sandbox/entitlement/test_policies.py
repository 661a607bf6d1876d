"""Assignment policies: what the model takes, what PUT replaces, what keeps them from being deleted."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entitlement.policies import check
from sandbox.errors import GraphError
from tests.sandbox.entitlement.tenant import ADELE, CARLA, CLOSED, INVITED, PROJECT, Tenant

QUESTIONS = [
    {
        "@odata.type": "#microsoft.graph.accessPackageTextInputQuestion",
        "sequence": 1,
        "isRequired": True,
        "text": "Why?",
        "isSingleLineQuestion": True,
    },
    {
        "@odata.type": "#microsoft.graph.accessPackageMultipleChoiceQuestion",
        "sequence": 2,
        "text": "Team?",
        "choices": [{"@odata.type": "microsoft.graph.accessPackageAnswerChoice", "actualValue": "A", "text": "Team A"}],
    },
]


def policy(**more: Any) -> dict[str, Any]:
    body = {"displayName": "P", "allowedTargetScope": "notSpecified", "accessPackage": {"id": INVITED}}
    return body | {"expiration": {"type": "afterDuration", "duration": "P14D"}} | more


def test_minimal_policy_gets_the_services_empty_values(tenant: Tenant):
    made = tenant.post("/assignmentPolicies", policy())

    assert made["requestorSettings"]["enableTargetsToSelfAddAccess"] is False
    assert made["requestApprovalSettings"]["stages"] == []
    assert made["expiration"] == {"type": "afterDuration", "duration": "P14D", "endDateTime": None}


def test_questions_are_shown_only_when_expanded(tenant: Tenant):
    made = tenant.post("/assignmentPolicies", policy(questions=QUESTIONS))

    plain = tenant.get(f"/assignmentPolicies/{made['id']}")
    expanded = tenant.get(f"/assignmentPolicies/{made['id']}", expand="questions,accessPackage")

    assert "questions" not in plain
    assert [question["text"] for question in expanded["questions"]] == ["Why?", "Team?"]
    assert expanded["accessPackage"]["id"] == INVITED


def test_put_empties_what_it_leaves_out(tenant: Tenant):
    made = tenant.post("/assignmentPolicies", policy(questions=QUESTIONS, description="first"))

    answer = tenant.call("PUT", f"/assignmentPolicies/{made['id']}", json=policy(displayName="second"))

    shown = tenant.get(f"/assignmentPolicies/{made['id']}", expand="questions")
    assert answer.status_code == 200
    assert (shown["displayName"], shown["description"], shown["questions"]) == ("second", None, [])
    assert shown["createdDateTime"] == made["createdDateTime"]


def test_put_back_what_was_read_changes_nothing(tenant: Tenant):
    path = f"/assignmentPolicies/{tenant.policy(PROJECT)}"
    before = tenant.get(path, expand="questions,accessPackage")

    body = {name: value for name, value in before.items() if name not in ("@odata.context", "id")}
    answer = tenant.call("PUT", path, json=body)

    after = tenant.get(path, expand="questions,accessPackage")
    assert answer.status_code == 200
    assert after | {"modifiedDateTime": None} == before | {"modifiedDateTime": None}


def test_patch_is_not_a_method_of_policies(tenant: Tenant):
    path = f"/assignmentPolicies/{tenant.policy(INVITED)}"

    answer = tenant.call("PATCH", path, json={"displayName": "x"})
    forgotten = tenant.control("reset", {"seed": "demo"})  # The schema has no PATCH either: nothing to validate.

    assert answer.status_code == 405
    assert forgotten


@pytest.mark.parametrize(
    "broken",
    [
        {"expiration": {"type": "afterDuration", "duration": "30 days, 0:00:00"}},
        {"expiration": {"type": "afterDuration"}},
        {"expiration": {"type": "noExpiration", "duration": "P14D"}},
        {"expiration": {"type": "afterDateTime", "endDateTime": "2030-01-01"}},
        {"allowedTargetScope": "everybody"},
        {"expiration": {"type": "afterDuration", "duration": "P99999999999999D"}},
        {"expiration": {"type": "afterDuration", "duration": "P999999D"}},
        {"displayName": ""},
        {"unheardOf": 1},
        {"questions": [{**QUESTIONS[0], "sequence": "1"}]},
        {"questions": [{"text": "no type"}]},
        {"questions": [{**QUESTIONS[0], "regexPattern": "("}]},
        {"questions": [None]},
        {"requestorSettings": {"enableTargetsToSelfAddAccess": "true"}},
        {"requestApprovalSettings": {"isApprovalRequiredForAdd": True, "stages": []}},
        {"specificAllowedTargets": [{"@odata.type": "#microsoft.graph.singleUser", "id": ADELE}]},
    ],
)
def test_what_does_not_fit_the_model_is_refused(tenant: Tenant, broken: dict[str, Any]):
    assert tenant.error("POST", "/assignmentPolicies", json=policy(**broken)) == (400, "InvalidModel")


def test_policy_without_a_package_is_a_null_argument(tenant: Tenant):
    refused = tenant.error("POST", "/assignmentPolicies", json=policy(accessPackage=None))

    assert refused == (400, "ArgumentNullException")


def test_used_policy_cannot_be_deleted(tenant: Tenant):
    used, unused = tenant.policy(INVITED), tenant.policy(CLOSED)

    refused = tenant.error("DELETE", f"/assignmentPolicies/{used}")
    answer = tenant.call("DELETE", f"/assignmentPolicies/{unused}")

    assert refused == (400, "InvalidDeletePolicyHasAssignments")
    assert answer.status_code == 204


def test_self_request_needs_its_answers_in_the_expected_form(tenant: Tenant):
    body: dict[str, Any] = {"requestType": "userAdd", "assignment": {"accessPackageId": PROJECT}, "justification": "x"}

    unanswered = tenant.error("POST", "/assignmentRequests", user=CARLA, json=body)
    unjustified = tenant.error("POST", "/assignmentRequests", user=CARLA, json={**body, "justification": " "})

    assert unanswered == (400, "AnswerRequired")
    assert unjustified == (400, "JustificationRequired")


def test_self_request_for_a_longer_period_than_allowed_is_refused(tenant: Tenant):
    schedule = {"expiration": {"type": "afterDuration", "duration": "P15D"}}
    body = {"requestType": "userAdd", "assignment": {"accessPackageId": INVITED}, "schedule": schedule}

    assert tenant.error("POST", "/assignmentRequests", user=CARLA, json=body) == (400, "InvalidSchedule")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=6,
)


@given(st.sampled_from([*policy(), "questions", "requestApprovalSettings", "reviewSettings"]), json_values)
def test_any_value_is_either_taken_or_refused_never_a_crash(name: str, value: Any):
    with suppress(GraphError):
        check(policy(**{name: value}))
