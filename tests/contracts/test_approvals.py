"""Requests that wait are read in one round trip, and who may decide them is found out without anybody's token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.access import RequestState
from bot.domain.building.blueprints import Named
from bot.domain.panels import Because, PendingRequest
from bot.errors import Forbidden
from tests.contracts.tenant import (
    ADELE,
    ALEX,
    BEN,
    CLOSED,
    INVITED,
    LEE,
    MEGAN,
    NOBODY,
    PARTNER,
    PHOENIX,
    READERS,
    Tenant,
)

EM = "/v1.0/identityGovernance/entitlementManagement"


def asked(tenant: Tenant, user: str = "ben@fabrikam.com", package: str = PARTNER) -> None:
    tenant.act(user, "request", accessPackageId=package)
    tenant.advance(seconds=5)


async def only(tenant: Tenant) -> PendingRequest:
    (found,) = await tenant.approvals.pending()
    return found


async def staged(tenant: Tenant, *stages: dict[str, Any]) -> None:
    """The partner package asks at these stages."""
    rows = await tenant.graph.wire.all(f"{EM[5:]}/assignmentPolicies", {"$expand": "accessPackage,questions"})
    policy = next(row for row in rows if row["accessPackage"]["id"] == PARTNER)
    plain = policy["requestApprovalSettings"]["stages"][0]
    empty = {"primaryApprovers": [], "fallbackPrimaryApprovers": []}
    policy["requestApprovalSettings"]["stages"] = [{**plain, **empty, **stage} for stage in stages]
    body = {name: value for name, value in policy.items() if name not in ("createdDateTime", "modifiedDateTime")}
    body["accessPackage"] = {"id": PARTNER}
    await tenant.graph.wire.put(f"{EM[5:]}/assignmentPolicies/{policy['id']}", body)


def of(kind: str, **more: Any) -> dict[str, Any]:
    return {"@odata.type": f"#microsoft.graph.{kind}", **more}


async def test_with_nothing_pending_one_round_trip_says_so(tenant: Tenant):
    assert await tenant.approvals.pending() == ()
    assert tenant.round_trips() == [f"GET {EM[5:]}/assignmentRequests"]


async def test_a_pending_request_is_read_with_all_an_approver_wants_to_know(tenant: Tenant):
    asked(tenant)

    found = await only(tenant)

    assert (found.package_name, found.person_id, found.person_address) == ("Partner project", BEN, "ben@fabrikam.com")
    assert found.state is RequestState.PENDING_APPROVAL
    assert found.justification
    assert found.created_at
    assert not found.is_escalated


async def test_the_panel_says_who_why_on_which_terms_and_what_was_answered_in_two_round_trips(tenant: Tenant):
    asked(tenant)
    request = await only(tenant)
    before = len(tenant.round_trips())

    panel = await tenant.approvals.panel(request, 1)

    assert tenant.round_trips()[before:] == ["POST /$batch"] * 2
    assert [(one.id, one.name, one.because, one.alternate) for one in panel.approvers] == [
        (ADELE, "Adele Vance", Because.NAMED, False)
    ]
    assert (panel.stages, panel.answer_within, panel.lasts) == (1, timedelta(days=14), timedelta(days=90))
    assert panel.answers == (("Which project are you working on?", "Answered for a test"),)
    assert panel.sponsors == ("Alex Wilber",)
    assert panel.is_guest


async def test_a_group_s_members_are_asked_and_the_requestor_among_them_is_not(tenant: Tenant):
    for one in (LEE, MEGAN):
        await tenant.graph.wire.post(f"/groups/{READERS}/members/$ref", {"@odata.id": f"{tenant.url}/v1.0/users/{one}"})
    await staged(tenant, {"primaryApprovers": [of("groupMembers", groupId=READERS, description="Readers")]})
    asked(tenant, "lee@contoso.com")

    panel = await tenant.approvals.panel(await only(tenant), 1)

    assert {one.id for one in panel.approvers} >= {MEGAN}
    assert LEE not in {one.id for one in panel.approvers}
    assert {one.because for one in panel.approvers} == {Because.GROUP}
    assert all(one.of for one in panel.approvers)


async def test_a_group_s_members_are_found_page_by_page_and_those_of_nested_groups_too(tenant: Tenant):
    tenant.reset(pageSize=1)
    for group, one in ((READERS, PHOENIX), (READERS, LEE), (READERS, ADELE)):
        ref = {"@odata.id": f"{tenant.url}/v1.0/directoryObjects/{one}"}
        await tenant.graph.wire.post(f"/groups/{group}/members/$ref", ref)
    await staged(tenant, {"primaryApprovers": [of("groupMembers", groupId=READERS, description="Readers")]})
    asked(tenant)

    panel = await tenant.approvals.panel(await only(tenant), 1)

    assert {one.id for one in panel.approvers} >= {LEE, ADELE, MEGAN}
    assert PHOENIX not in {one.id for one in panel.approvers}


async def test_the_audit_log_tells_which_stages_were_passed_by_whom_and_when_in_one_round_trip(tenant: Tenant):
    await staged(
        tenant,
        {"primaryApprovers": [of("singleUser", userId=ADELE, description="Adele")]},
        {"primaryApprovers": [of("singleUser", userId=LEE, description="Lee")]},
    )
    asked(tenant)
    request = await only(tenant)
    assert await tenant.approvals.passed(request.id) == ()
    tenant.act("ben@fabrikam.com", "approve", accessPackageId=PARTNER)
    before = len(tenant.round_trips())

    (found,) = await tenant.approvals.passed(request.id)

    assert (found.stage, found.approve, found.by_id, found.by_name, found.reason) == (1, True, ADELE, "Adele Vance", "")
    assert found.at >= request.created_at
    assert len(tenant.round_trips()) == before + 1
    assert await tenant.approvals.passed(NOBODY) == ()
    assert await tenant.approvals.passed("' or true") == ()


async def test_where_usher_may_not_read_the_audit_log_it_is_forbidden(tenant: Tenant):
    tenant.reset(withoutPermissions=["AuditLog.Read.All"])

    with pytest.raises(Forbidden):
        await tenant.approvals.passed(NOBODY)


async def test_a_manager_a_sponsor_and_a_partner_s_sponsor_are_asked_each_with_the_reason(tenant: Tenant):
    organization = await tenant.catalogs.create_organization("Fabrikam", domain="fabrikam.com")
    await tenant.catalogs.add_organization_sponsor(organization, Named(MEGAN, "Megan Bowen"), internal=True)
    await staged(
        tenant,
        {"primaryApprovers": [of("targetUserSponsors")]},
        {"primaryApprovers": [of("internalSponsors")]},
        {"primaryApprovers": [of("requestorManager", managerLevel=1)]},
    )
    asked(tenant)
    guests = await only(tenant)

    sponsor = (await tenant.approvals.panel(guests, 1)).approvers
    partner = (await tenant.approvals.panel(guests, 2)).approvers
    nobody = (await tenant.approvals.panel(guests, 3)).approvers

    assert [(one.id, one.because) for one in sponsor] == [(ALEX, Because.SPONSOR)]
    assert [(one.id, one.because, one.of) for one in partner] == [(MEGAN, Because.PARTNER, "Fabrikam")]
    assert nobody == ()


async def test_the_manager_of_a_member_is_asked(tenant: Tenant):
    await staged(tenant, {"primaryApprovers": [of("requestorManager", managerLevel=1)]})
    asked(tenant, "lee@contoso.com")

    panel = await tenant.approvals.panel(await only(tenant), 1)

    assert [(one.id, one.because, one.of) for one in panel.approvers] == [(ADELE, Because.MANAGER, "Lee Gu")]


async def test_where_the_first_set_means_nobody_the_fallback_is_asked(tenant: Tenant):
    user = of("singleUser", userId=LEE, description="Lee")
    await staged(
        tenant,
        {"primaryApprovers": [of("requestorManager", managerLevel=1)], "fallbackPrimaryApprovers": [user]},
    )
    asked(tenant)

    panel = await tenant.approvals.panel(await only(tenant), 1)

    assert [(one.id, one.fallback) for one in panel.approvers] == [(LEE, True)]


async def test_alternates_are_asked_once_the_first_approvers_did_not_answer(tenant: Tenant):
    user = of("singleUser", userId=LEE, description="Lee")
    first = of("singleUser", userId=ADELE, description="Adele")
    await staged(
        tenant,
        {
            "primaryApprovers": [first],
            "isEscalationEnabled": True,
            "durationBeforeEscalation": "P2D",
            "escalationApprovers": [user],
        },
    )
    asked(tenant)
    early = (await tenant.approvals.panel(await only(tenant), 1)).approvers
    tenant.advance(days=3)

    late = (await tenant.approvals.panel(await only(tenant), 1)).approvers

    assert [one.id for one in early] == [ADELE]
    assert [(one.id, one.alternate) for one in late] == [(ADELE, False), (LEE, True)]


async def test_a_blocked_account_is_not_asked(tenant: Tenant):
    await tenant.graph.wire.patch(f"/users/{ADELE}", {"accountEnabled": False})
    asked(tenant)

    assert (await tenant.approvals.panel(await only(tenant), 1)).approvers == ()


async def test_what_became_of_requests_is_one_round_trip_and_one_that_is_gone_is_none(tenant: Tenant):
    asked(tenant)
    request = await only(tenant)
    tenant.act("ben@fabrikam.com", "deny", accessPackageId=PARTNER)
    before = len(tenant.round_trips())

    now = await tenant.approvals.requests([request.id, NOBODY])

    denied = now[request.id]
    assert denied
    assert denied.state is RequestState.DENIED
    assert now[NOBODY] is None
    assert len(tenant.round_trips()) == before + 1
    assert await tenant.approvals.requests([]) == {}


@pytest.mark.parametrize("package", [INVITED, CLOSED, NOBODY])
async def test_where_no_policy_asks_for_approval_nobody_is_asked(tenant: Tenant, package: str):
    request = PendingRequest("r", "userAdd", RequestState.PENDING_APPROVAL, package, "P", BEN)

    panel = await tenant.approvals.panel(request, 1)

    assert (panel.approvers, panel.stages) == ((), 0)
