"""A policy changed in Entra: what a PUT says, what it keeps, and when there is none."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import errors
from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.building.terms import Question, Stage, Terms
from bot.domain.packages import Expiration, Scope
from bot.graph.policies import POLICIES
from bot.graph.policy_bodies import policy_body
from bot.graph.policy_changes import differs
from bot.graph.policy_writes import SETTINGS, WHOLE
from tests.contracts.any_terms import TERMS
from tests.contracts.tenant import MEGAN, PARTNER, Tenant

POLICY = "99999999-9999-4999-9999-999999999992"
many = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def oddly(body: Any) -> Any:
    """The same policy as the portal or a script may have written it: hours for days, hidden approvers, settings of its own."""
    if isinstance(body, list):
        return [oddly(item) for item in body]
    if not isinstance(body, dict):
        return "PT720H" if body == "P30D" else body
    odd = {name: oddly(value) for name, value in body.items()}
    if "primaryApprovers" in odd:
        odd["approverInformationVisibility"] = "notVisible"
    if "allowedTargetScope" in odd:
        odd["notificationSettings"] = {"isAssignmentNotificationDisabled": True}
        odd["automaticRequestSettings"] = {"requestAccessForAllowedTargets": False}
    return odd


async def stored(tenant: Tenant, policy_id: str = POLICY) -> dict[str, Any]:
    """The policy with its questions and extensions, without when it was changed."""
    row = await tenant.graph.wire.get(f"{POLICIES}/{policy_id}", WHOLE)
    return {name: value for name, value in row.items() if name not in ("modifiedDateTime", "@odata.context")}


def bare(terms: Terms) -> Terms:
    return replace(terms, questions=tuple(replace(one, id="") for one in terms.questions))


async def partners(tenant: Tenant) -> Terms:
    return (await tenant.governance.blueprint(PARTNER)).policies[0]


@many
@given(TERMS, TERMS, st.sampled_from(SETTINGS))
async def test_one_setting_of_any_policy_is_changed_and_nothing_else(
    tenant: Tenant, first: Terms, second: Terms, setting: str
):
    made = await tenant.graph.wire.post(POLICIES, oddly(policy_body(first, PARTNER)))
    before = next(one for one in (await tenant.governance.blueprint(PARTNER)).policies if one.id == made["id"])
    was = await stored(tenant, before.id)
    after = replace(before, **{setting: getattr(second, setting)})

    now = await tenant.governance.change_policy(PARTNER, before, after)

    assert (now.modified_at != before.modified_at) == differs(before, after, setting)
    assert not differs(bare(now), bare(after), *SETTINGS)
    assert now == next(one for one in (await tenant.governance.blueprint(PARTNER)).policies if one.id == before.id)
    kept = {name for name in SETTINGS if name != setting}
    assert not differs(bare(now), bare(before), *kept)
    assert _frame(await stored(tenant, before.id), setting) == _frame(was, setting)
    await tenant.governance.delete_policy(before.id)


def _frame(row: dict[str, Any], setting: str) -> dict[str, Any]:
    """What a change of this setting must not touch, to the letter."""
    rest = copy.deepcopy(row)
    whole = {
        "name": "displayName",
        "scope": "allowedTargetScope",
        "targets": "specificAllowedTargets",
        "ends": "expiration",
        "review": "reviewSettings",
        "extensions": "customExtensionStageSettings",
    }
    rest.pop(whole.get(setting, setting), None)
    parts = {
        "requestorSettings": {
            "accepts_requests": ["enableTargetsToSelfAddAccess"],
            "extendable": ["enableTargetsToSelfUpdateAccess"],
            "custom_timeline": ["allowCustomAssignmentSchedule"],
        },
        "requestApprovalSettings": {
            "stages": ["stages", "isApprovalRequiredForAdd"],
            "needs_justification": ["isRequestorJustificationRequired"],
            "approve_extension": ["isApprovalRequiredForUpdate"],
        },
    }
    for part, names in parts.items():
        for name in names.get(setting, []):
            rest[part].pop(name, None)
    return rest


async def test_a_policy_that_is_already_as_it_shall_be_is_not_written(tenant: Tenant):
    before = await partners(tenant)

    now = await tenant.governance.change_policy(PARTNER, before, before)

    assert now == before
    assert tenant.performed("PUT", POLICY) == []


async def test_a_change_is_two_round_trips_and_tells_when_it_was_made(tenant: Tenant):
    before = await partners(tenant)
    asked = len(tenant.round_trips())

    now = await tenant.governance.change_policy(PARTNER, before, replace(before, ends=Expiration(timedelta(days=30))))

    path = f"/identityGovernance/entitlementManagement/assignmentPolicies/{POLICY}"
    assert tenant.round_trips()[asked:] == [f"GET {path}", f"PUT {path}"]
    assert now == await partners(tenant)
    assert now.modified_at != before.modified_at
    assert now.ends == Expiration(timedelta(days=30))


async def test_a_new_question_is_read_back_with_its_id(tenant: Tenant):
    before = await partners(tenant)

    now = await tenant.governance.change_policy(
        PARTNER, before, replace(before, questions=(*before.questions, Question("How long?")))
    )

    assert [one.id for one in now.questions][:2] == [one.id for one in before.questions]
    assert now.questions[2].id
    assert now == await partners(tenant)


async def test_what_somebody_else_changed_meanwhile_is_a_conflict_and_stays(tenant: Tenant):
    before = await partners(tenant)
    theirs = await tenant.governance.change_policy(PARTNER, before, replace(before, needs_justification=False))

    with pytest.raises(errors.Conflict):
        await tenant.governance.change_policy(PARTNER, before, replace(before, ends=Expiration(timedelta(days=30))))

    assert await partners(tenant) == theirs
    assert len(tenant.performed("PUT", POLICY)) == 1


async def test_a_change_that_somebody_made_already_is_no_conflict(tenant: Tenant):
    before = await partners(tenant)
    after = replace(before, ends=Expiration(timedelta(days=30)))
    first = await tenant.governance.change_policy(PARTNER, before, after)

    assert await tenant.governance.change_policy(PARTNER, before, after) == first
    assert len(tenant.performed("PUT", POLICY)) == 1


async def test_a_change_that_was_cut_off_is_found_done(tenant: Tenant):
    before = await partners(tenant)
    after = replace(before, ends=Expiration(timedelta(days=30)))
    tenant.break_down({"method": "PUT", "path": POLICY, "dropAfterWrite": True})
    with pytest.raises(errors.Ambiguous):
        await tenant.governance.change_policy(PARTNER, before, after)
    tenant.break_down()

    now = await tenant.governance.change_policy(PARTNER, before, after)

    assert now == await partners(tenant)
    assert now.ends == after.ends


async def test_a_policy_that_is_gone_cannot_be_changed(tenant: Tenant):
    before = await partners(tenant)
    await tenant.governance.delete_policy(POLICY)

    with pytest.raises(errors.NotFound):
        await tenant.governance.change_policy(PARTNER, before, replace(before, name="New"))


async def test_what_entra_finds_wrong_is_passed_on(tenant: Tenant):
    stage = Stage((Subject(SubjectKind.USER, MEGAN, "Megan"),))

    with pytest.raises(errors.Rejected) as caught:
        await tenant.governance.create_policy(PARTNER, Terms("Four", Scope.ALL_USERS, stages=(stage,) * 4))

    assert caught.value.code == "InvalidModel"
