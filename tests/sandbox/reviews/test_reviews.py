"""Access reviews: from the definition to access that is gone."""

from __future__ import annotations

import pytest

from tests.sandbox.entitlement.tenant import ADELE, ALEX, BEN, INVITED, LEE, MEGAN, PROJECT
from tests.sandbox.reviews.conftest import POLICY, Reviews, body, user

KEEP, REMOVE = {"decision": "Approve", "justification": "Stays"}, {"decision": "Deny", "justification": "Gone"}
MANAGER = {"query": "./manager", "queryType": "MicrosoftGraph", "queryRoot": "decisions"}


def access(tenant: Reviews) -> str:
    rows = tenant.control("state")["assignments"]
    return next(one["state"] for one in rows if one["target"]["objectId"] == BEN)


def test_a_review_begins_by_itself_with_an_item_for_each_person_who_holds_the_package(tenant: Reviews):
    made = tenant.post("", body())
    tenant.pass_time("PT0.3S")
    (early,) = tenant.get(f"/{made['id']}/instances")["value"]
    tenant.pass_time("PT1S")

    (instance,) = tenant.get(f"/{made['id']}/instances")["value"]
    item = tenant.item(f"/{made['id']}/instances/{instance['id']}")

    assert (early["status"], instance["status"]) == ("NotStarted", "InProgress")
    assert item["principal"]["id"] == BEN
    assert (item["decision"], item["recommendation"], item["applyResult"]) == ("NotReviewed", "Approve", "New")
    assert item["resource"]["accessPackageId"] == INVITED


def test_a_reviewer_decides_and_an_application_cannot(tenant: Reviews):
    instance = tenant.start()
    one = f"{instance}/decisions/{tenant.item(instance)['id']}"

    refused = tenant.error("PATCH", one, json=KEEP)
    answer = tenant.call("PATCH", one, user=ADELE, json=REMOVE)

    assert refused[0] == 403
    assert answer.status_code == 204
    item = tenant.item(instance)
    assert (item["decision"], item["justification"]) == ("Deny", "Gone")
    assert item["reviewedBy"]["id"] == ADELE


@pytest.mark.parametrize("who", [MEGAN, LEE, ALEX])
def test_who_is_no_reviewer_cannot_decide(tenant: Reviews, who: str):
    instance = tenant.start()
    one = f"{instance}/decisions/{tenant.item(instance)['id']}"

    assert tenant.error("PATCH", one, user=who, json=KEEP)[0] == 403


def test_nobody_reviews_themselves_unless_the_review_is_meant_so(tenant: Reviews):
    by_name = tenant.start(reviewers=[user(BEN)])
    by_all = tenant.start(reviewers=[])

    refused = tenant.error("PATCH", f"{by_name}/decisions/{tenant.item(by_name)['id']}", user=BEN, json=KEEP)
    own = tenant.call("PATCH", f"{by_all}/decisions/{tenant.item(by_all)['id']}", user=BEN, json=KEEP)

    assert refused[0] == 403
    assert own.status_code == 204


def test_a_reviewer_finds_what_waits_for_them(tenant: Reviews):
    instance = tenant.start()

    mine = tenant.get("/filterByCurrentUser(on='reviewer')", user=ADELE)["value"]
    items = tenant.get(f"{instance}/decisions/filterByCurrentUser(on='reviewer')", user=ADELE)["value"]
    others = tenant.get("/filterByCurrentUser(on='reviewer')", user=LEE)["value"]

    assert [one["id"] for one in mine] == [instance.split("/")[1]]
    assert [one["principal"]["id"] for one in items] == [BEN]
    assert others == []


def test_a_guest_without_a_manager_is_left_to_the_fallback_reviewers(tenant: Reviews):
    wanted = {**body(reviewers=[MANAGER]), "fallbackReviewers": [user(ALEX)]}
    made = tenant.post("", wanted)
    tenant.pass_time("PT1S")
    (instance,) = tenant.get(f"/{made['id']}/instances")["value"]

    asked = tenant.get(f"/{made['id']}/instances/{instance['id']}/contactedReviewers")["value"]

    assert [one["id"] for one in asked] == [ALEX]


def test_a_reason_is_asked_for_where_the_review_says_so(tenant: Reviews):
    instance = tenant.start(justificationRequiredOnApproval=True)
    one = f"{instance}/decisions/{tenant.item(instance)['id']}"

    assert tenant.error("PATCH", one, user=ADELE, json={"decision": "Approve"}) == (400, "JustificationRequired")
    assert tenant.call("PATCH", one, user=ADELE, json={"decision": "DontKnow"}).status_code == 204


def test_what_is_applied_once_the_review_is_over_takes_the_access_away(tenant: Reviews):
    instance = tenant.start()
    tenant.act(ADELE, "review", about=BEN, decision="Deny")

    early = tenant.error("POST", f"{instance}/applyDecisions")
    tenant.do(f"{instance}/stop")
    late = tenant.error("PATCH", f"{instance}/decisions/{tenant.item(instance)['id']}", user=ADELE, json=KEEP)
    before = access(tenant)
    tenant.do(f"{instance}/applyDecisions")
    tenant.pass_time("PT1S")

    assert (early[0], late[0], before) == (400, 400, "delivered")
    assert tenant.status(instance) == "Applied"
    assert access(tenant) == "expired"
    assert tenant.item(instance)["applyResult"] == "AppliedSuccessfully"


@pytest.mark.parametrize(
    ("default", "decision", "state"),
    [("Deny", "Deny", "expired"), ("Approve", "Approve", "delivered"), ("Recommendation", "Approve", "delivered")],
)
def test_what_nobody_decided_gets_the_default_at_the_end(tenant: Reviews, default: str, decision: str, state: str):
    instance = tenant.start(defaultDecisionEnabled=True, defaultDecision=default, autoApplyDecisionsEnabled=True)

    tenant.pass_time("P7D")
    tenant.pass_time("PT1S")

    assert tenant.item(instance)["decision"] == decision
    assert (tenant.status(instance), access(tenant)) == ("Applied", state)


def test_without_a_default_what_nobody_decided_stays(tenant: Reviews):
    instance = tenant.start()

    tenant.pass_time("P7D")
    tenant.do(f"{instance}/applyDecisions")
    tenant.pass_time("PT1S")

    assert (tenant.item(instance)["decision"], access(tenant)) == ("NotReviewed", "delivered")


def test_decisions_are_recorded_in_batches_and_taken_back(tenant: Reviews):
    instance = tenant.start()

    tenant.post(f"{instance}/batchRecordDecisions", {**REMOVE, "principalId": BEN})
    recorded = tenant.item(instance)["decision"]
    tenant.do(f"{instance}/resetDecisions")

    assert recorded == "Deny"
    assert tenant.item(instance)["decision"] == "NotReviewed"


def test_recommendations_are_accepted_by_reviewers_only(tenant: Reviews):
    instance = tenant.start()

    refused = tenant.error("POST", f"{instance}/acceptRecommendations")
    tenant.call("POST", f"{instance}/acceptRecommendations", user=ADELE)

    assert refused[0] == 403
    assert tenant.item(instance)["decision"] == "Approve"


def test_a_reminder_is_taken_while_the_review_is_under_way_only(tenant: Reviews):
    instance = tenant.start()

    tenant.do(f"{instance}/sendReminder")
    tenant.do(f"{instance}/stop")

    assert tenant.error("POST", f"{instance}/sendReminder")[0] == 400


def test_a_definition_is_replaced_stopped_and_deleted(tenant: Reviews):
    instance = tenant.start()
    key = instance.split("/")[1]

    put = tenant.call(
        "PUT", f"/{key}", json={**body(), "displayName": "Other", "settings": {"instanceDurationInDays": 9}}
    )
    name = tenant.get(f"/{key}")["displayName"]
    tenant.do(f"/{key}/stop")
    stopped = tenant.status(instance)
    gone = tenant.call("DELETE", f"/{key}").status_code

    assert (put.status_code, name, stopped, gone) == (204, "Other", "Completed", 204)
    assert tenant.error("GET", instance)[0] == 404


@pytest.mark.parametrize(
    "odd",
    [
        {"displayName": ""},
        {"settings": {"instanceDurationInDays": 0}},
        {"settings": {"instanceDurationInDays": 3, "defaultDecisionEnabled": True}},
        {"settings": {"instanceDurationInDays": "7"}},
        {"reviewers": [user("99999999-0000-4000-8000-000000000000")]},
        {"reviewers": [{"query": "./manager", "queryType": "MicrosoftGraph"}]},
        {"scope": {"query": "/groups", "queryType": "MicrosoftGraph"}},
        {"unknown": True},
    ],
)
def test_a_body_that_does_not_fit_is_refused(tenant: Reviews, odd: dict):
    assert tenant.error("POST", "", json={**body(), **odd}) == (400, "InvalidModel")


def test_the_policy_must_belong_to_the_package(tenant: Reviews):
    assert tenant.error("POST", "", json=body(package=PROJECT))[0] == 400


def test_reviews_need_their_permission_and_the_licence(tenant: Reviews):
    tenant.reset(withoutPermissions=["AccessReview.ReadWrite.All"])
    without = tenant.error("POST", "", json=body())
    tenant.reset(licence=False)

    assert without[0] == 403
    assert tenant.error("GET", "")[0] == 403


def test_a_tenant_may_leave_reviews_of_packages_to_policies(tenant: Reviews):
    tenant.reset(packageReviewsByPolicyOnly=True)

    assert tenant.error("POST", "", json=body()) == (400, "InvalidModel")


def of_the_policy(tenant: Reviews) -> list[dict]:
    query = "contains(scope/microsoft.graph.accessReviewQueryScope/query,'accessPackageAssignments')"
    return tenant.get("", filter=query)["value"]


def switch_on(tenant: Reviews, **settings: object) -> None:
    policy = tenant.get(f"/assignmentPolicies/{POLICY}", expand="accessPackage,questions")
    policy = {name: value for name, value in policy.items() if not name.startswith("@") and "DateTime" not in name}
    review = {
        "isEnabled": True,
        "expirationBehavior": "removeAccess",
        "isRecommendationEnabled": True,
        "isReviewerJustificationRequired": False,
        "isSelfReview": False,
        "schedule": {
            "startDateTime": "2020-01-01T00:00:00Z",
            "expiration": {"type": "afterDuration", "duration": "P14D"},
            "recurrence": {"pattern": {"type": "absoluteMonthly", "interval": 3}, "range": {"type": "noEnd"}},
        },
        "primaryReviewers": [{"@odata.type": "#microsoft.graph.targetUserSponsors"}],
        "fallbackReviewers": [{"@odata.type": "#microsoft.graph.singleUser", "userId": ADELE}],
    }
    answer = tenant.call("PUT", f"/assignmentPolicies/{POLICY}", json={**policy, "reviewSettings": review | settings})
    assert answer.status_code == 200, answer.text


def test_a_policys_reviews_come_round_decide_and_are_applied_by_themselves(tenant: Reviews):
    switch_on(tenant)
    tenant.pass_time("PT1S")
    (definition,) = of_the_policy(tenant)
    (first, following) = tenant.get(f"/{definition['id']}/instances")["value"]
    asked = tenant.get(f"/{definition['id']}/instances/{first['id']}/contactedReviewers")["value"]

    tenant.pass_time("P14D")
    tenant.pass_time("PT1S")

    assert [one["id"] for one in asked] == [ALEX]
    assert (first["status"], following["status"]) == ("InProgress", "NotStarted")
    assert tenant.status(f"/{definition['id']}/instances/{first['id']}") == "Applied"
    assert access(tenant) == "expired"
    tenant.pass_time("P80D")
    assert tenant.status(f"/{definition['id']}/instances/{following['id']}") == "InProgress"


def test_a_policys_reviews_end_when_they_are_switched_off_and_stay_when_nothing_changed(tenant: Reviews):
    switch_on(tenant)
    switch_on(tenant)
    tenant.pass_time("PT1S")
    once = len(of_the_policy(tenant))

    switch_on(tenant, isEnabled=False)

    (definition,) = of_the_policy(tenant)
    states = {one["status"] for one in tenant.get(f"/{definition['id']}/instances")["value"]}
    assert once == 1
    assert states == {"Completed"}
