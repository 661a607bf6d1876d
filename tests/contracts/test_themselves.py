"""What a person decides with their own token, when Graph answers well, refuses, throttles, or is cut off."""

from datetime import timedelta
from typing import Any

import pytest

from bot import errors
from bot.graph.own_token import OwnTokens
from bot.graph.themselves import EntraThemselves
from tests.contracts.tenant import ADELE, ALEX, BEN, LEE, PARTNER, Tenant
from tests.contracts.test_approvals import of, staged

APPROVALS = "/accessPackageAssignmentApprovals"
STAGE = "/accessPackageAssignmentApprovals/[^/]+/stages/[^/]+$"


@pytest.fixture
def people(tenant: Tenant) -> EntraThemselves:
    """Everybody has signed in in Teams."""

    async def assertion(person_id: str) -> str:
        return token_of(tenant, person_id)

    return themselves(tenant, assertion)


def themselves(tenant: Tenant, assertions: Any) -> EntraThemselves:
    return EntraThemselves(OwnTokens(tenant.graph, tenant.credential, assertions))


def token_of(tenant: Tenant, person_id: str) -> str:
    answer = tenant.control.post("/_control/token", json={"user": person_id})
    return answer.raise_for_status().json()["assertion"]


def asked(tenant: Tenant) -> str:
    """Ben asks for the package that Adele approves; the request's id."""
    tenant.act(BEN, "request", accessPackageId=PARTNER, justification="audit")
    tenant.advance(seconds=2)
    (request,) = [one for one in tenant.state()["assignmentRequests"] if one["state"] == "pendingApproval"]
    return request["id"]


def decided_by(*approvers: str) -> dict[str, Any]:
    """An approval stage."""
    return {"primaryApprovers": [of("singleUser", userId=one) for one in approvers]}


def state_of(tenant: Tenant, request_id: str) -> str:
    (request,) = [one for one in tenant.state()["assignmentRequests"] if one["id"] == request_id]
    return request["state"]


async def test_what_waits_for_a_person_is_read_in_one_round_trip(tenant: Tenant, people: EntraThemselves):
    request_id = asked(tenant)
    await people.check(ADELE)
    before = len(tenant.round_trips())

    (waiting,) = await people.waiting_for(ADELE)

    assert len(tenant.round_trips()) == before + 1
    assert (waiting.id, waiting.person_id, waiting.package_id) == (request_id, BEN, PARTNER)
    assert waiting.justification == "audit"
    assert await people.waiting_for(LEE) == ()


@pytest.mark.parametrize(("approve", "state"), [(True, "delivered"), (False, "denied")])
async def test_an_approver_decides_in_their_own_name(
    tenant: Tenant, people: EntraThemselves, approve: bool, state: str
):
    request_id = asked(tenant)

    await people.decide_request(ADELE, request_id, 1, approve=approve, reason="they audit us")

    tenant.advance(seconds=5)
    (decision,) = tenant.performed("PATCH", STAGE)
    assert decision["token"] == "delegated"
    assert decision["requestBody"]["justification"] == "they audit us"
    assert state_of(tenant, request_id) == state
    assert await people.waiting_for(ADELE) == ()


async def test_deciding_twice_is_harmless_and_changing_ones_mind_is_too_late(tenant: Tenant, people: EntraThemselves):
    request_id = asked(tenant)
    await people.decide_request(ADELE, request_id, 1, approve=True, reason="yes")

    await people.decide_request(ADELE, request_id, 1, approve=True, reason="yes")

    assert len(tenant.performed("PATCH", STAGE)) == 1
    with pytest.raises(errors.AlreadyDecided) as caught:
        await people.decide_request(ADELE, request_id, 1, approve=False, reason="no")
    assert (caught.value.by, caught.value.by_id, caught.value.approved) == ("Adele Vance", ADELE, True)
    assert caught.value.explanation == "This was already approved by Adele Vance."


async def test_one_decision_sent_again_does_not_decide_the_next_stage_too(tenant: Tenant, people: EntraThemselves):
    await staged(tenant, decided_by(ADELE, LEE), decided_by(ADELE))
    request_id = asked(tenant)
    await people.decide_request(ADELE, request_id, 1, approve=True, reason="yes")
    tenant.advance(seconds=5)

    await people.decide_request(ADELE, request_id, 1, approve=True, reason="yes")

    assert len(tenant.performed("PATCH", STAGE)) == 1
    assert state_of(tenant, request_id) == "pendingApproval"


async def test_an_earlier_stage_s_answer_is_not_taken_for_that_of_the_stage_that_waits(
    tenant: Tenant, people: EntraThemselves
):
    await staged(tenant, decided_by(ADELE, LEE), decided_by(ALEX))
    request_id = asked(tenant)
    await people.decide_request(ADELE, request_id, 1, approve=True, reason="yes")
    tenant.advance(seconds=5)

    for somebody in (ADELE, LEE):
        with pytest.raises(errors.AlreadyDecided) as caught:
            await people.decide_request(somebody, request_id, 2, approve=True, reason="yes")
        assert caught.value.approved is None
    with pytest.raises(errors.AlreadyDecided) as caught:
        await people.decide_request(LEE, request_id, 1, approve=True, reason="yes")
    assert (caught.value.by_id, caught.value.approved) == (ADELE, True)


async def test_somebody_who_was_faster_is_named(tenant: Tenant, people: EntraThemselves):
    request_id = asked(tenant)
    tenant.break_down({"method": "PATCH", "path": STAGE, "status": 409})

    with pytest.raises(errors.AlreadyDecided) as caught:
        await people.decide_request(ADELE, request_id, 1, approve=True, reason="yes")

    # Nobody decided in this tenant, so nobody is named.
    assert (caught.value.by, caught.value.approved) == ("", None)


async def test_who_is_not_asked_decides_nothing(tenant: Tenant, people: EntraThemselves):
    request_id = asked(tenant)

    for somebody in (LEE, ALEX, BEN):
        with pytest.raises(errors.NotAsked):
            await people.decide_request(somebody, request_id, 1, approve=True, reason="yes")

    assert state_of(tenant, request_id) == "pendingApproval"


async def test_a_request_that_is_gone_is_not_found(tenant: Tenant, people: EntraThemselves):
    with pytest.raises(errors.NotFound):
        await people.decide_request(ADELE, "aaaaaaaa-0000-4000-8000-00000000dead", 1, approve=True, reason="yes")


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        ({"status": 403}, errors.NotAsked),
        ({"status": 404}, errors.NotFound),
        ({"status": 429, "retryAfter": 60}, errors.Throttled),
        ({"dropAfterWrite": True}, errors.Ambiguous),
    ],
)
async def test_a_decision_that_graph_refuses_is_told_apart(
    tenant: Tenant, people: EntraThemselves, rule: dict[str, Any], error: type[errors.UsherError]
):
    request_id = asked(tenant)
    tenant.break_down({"method": "PATCH", "path": STAGE, **rule})

    with pytest.raises(error):
        await people.decide_request(ADELE, request_id, 1, approve=True, reason="yes")


async def test_a_decision_that_was_cut_off_counts_when_it_is_repeated(tenant: Tenant, people: EntraThemselves):
    request_id = asked(tenant)
    tenant.break_down({"method": "PATCH", "path": STAGE, "dropAfterWrite": True, "times": 1})
    with pytest.raises(errors.Ambiguous):
        await people.decide_request(ADELE, request_id, 1, approve=True, reason="yes")

    await people.decide_request(ADELE, request_id, 1, approve=True, reason="yes")

    assert len(tenant.performed("PATCH", STAGE)) == 1


async def test_a_broken_connection_goes_unnoticed_while_reading(tenant: Tenant, people: EntraThemselves):
    request_id = asked(tenant)
    await people.check(ADELE)
    tenant.break_down({"method": "*", "times": 1})

    (waiting,) = await people.waiting_for(ADELE)

    assert waiting.id == request_id
    assert len(tenant.pauses.waited) == 1


async def test_who_never_signed_in_is_asked_to(tenant: Tenant):
    async def nobody(person_id: str) -> None:
        return None

    with pytest.raises(errors.SignInNeeded) as caught:
        await themselves(tenant, nobody).waiting_for(ADELE)

    assert caught.value.why == errors.Why.SIGN_IN


async def test_without_a_connection_signing_in_is_off(tenant: Tenant):
    people = themselves(tenant, None)

    with pytest.raises(errors.SignInNeeded) as caught:
        await people.waiting_for(ADELE)

    assert caught.value.why == errors.Why.OFF
    assert not people.configured


async def test_another_account_s_sign_in_does_not_count(tenant: Tenant):
    async def alexs(person_id: str) -> str:
        return token_of(tenant, ALEX)

    with pytest.raises(errors.SignInNeeded) as caught:
        await themselves(tenant, alexs).waiting_for(ADELE)

    assert caught.value.why == errors.Why.OTHER_ACCOUNT
    assert tenant.performed("POST", "oauth2") == []


@pytest.mark.parametrize("nonsense", ["x", "a.b.c", "..", "a.e30.c", "a.W10.c"])
async def test_what_is_no_token_is_nobody_s(tenant: Tenant, nonsense: str):
    async def broken(person_id: str) -> str:
        return nonsense

    with pytest.raises(errors.SignInNeeded):
        await themselves(tenant, broken).waiting_for(ADELE)


async def test_missing_consent_is_told_apart_and_gone_once_it_is_given(tenant: Tenant):
    assertion = token_of(tenant, ADELE)

    async def the_same(person_id: str) -> str:
        return assertion

    people = themselves(tenant, the_same)
    tenant.reset(withoutConsent=True)
    with pytest.raises(errors.SignInNeeded) as caught:
        await people.waiting_for(ADELE)
    assert (caught.value.why, caught.value.code) == (errors.Why.CONSENT, "AADSTS65001")
    tenant.control.post("/_control/options", json={"withoutConsent": False}).raise_for_status()

    assert await people.waiting_for(ADELE) == ()


async def test_a_token_for_another_application_is_the_operators_fault(tenant: Tenant):
    async def misdirected(person_id: str) -> str:
        body = {"user": person_id, "appId": "aaaaaaaa-0000-4000-8000-00000000aaaa"}
        return tenant.control.post("/_control/token", json=body).raise_for_status().json()["assertion"]

    with pytest.raises(errors.SignInFailed):
        await themselves(tenant, misdirected).waiting_for(ADELE)


async def test_a_token_that_graph_no_longer_takes_means_a_new_sign_in(tenant: Tenant, people: EntraThemselves):
    await people.check(ADELE)
    tenant.break_down({"method": "*", "status": 401, "times": 1})

    with pytest.raises(errors.SignInNeeded) as caught:
        await people.waiting_for(ADELE)

    assert caught.value.why == errors.Why.SIGN_IN
    assert await people.waiting_for(ADELE) == ()


async def test_each_person_sees_their_own(tenant: Tenant, people: EntraThemselves):
    request_id = asked(tenant)

    mine = await people.waiting_for(ADELE)
    theirs = await people.waiting_for(ALEX)

    assert [one.id for one in mine] == [request_id]
    assert theirs == ()


async def test_who_was_asked_sees_who_answered_what_and_why_in_one_round_trip(tenant: Tenant, people: EntraThemselves):
    request_id = asked(tenant)
    await people.check(ADELE)
    nothing = await people.answers(ADELE, request_id)
    tenant.act(BEN, "deny", accessPackageId=PARTNER, justification="not now")
    before = len(tenant.round_trips())

    (answer,) = await people.answers(ADELE, request_id)

    assert nothing == ()
    assert (answer.stage, answer.approve, answer.by_id, answer.by_name) == (1, False, ADELE, "Adele Vance")
    assert answer.reason == "not now"
    assert len(tenant.round_trips()) == before + 1
    with pytest.raises(errors.NotAsked):
        await people.answers(LEE, request_id)


async def test_people_extend_their_own_access_and_nobody_elses(tenant: Tenant, people: EntraThemselves):
    (held,) = await tenant.directory.assignments(person_id=BEN)
    now, ends_at = held.ends_at - timedelta(days=10), held.ends_at + timedelta(days=2)

    request_id = await people.extend_own(BEN, held.id, now=now, ends_at=ends_at, reason="audit")
    tenant.advance(seconds=5)

    (after,) = await tenant.directory.assignments(person_id=BEN)
    (request,) = [one for one in tenant.state()["assignmentRequests"] if one["id"] == request_id]
    assert request["requestType"] == "userUpdate"
    assert after.ends_at == ends_at
    with pytest.raises(errors.NotFound):
        await people.extend_own(ADELE, held.id, now=now, ends_at=ends_at, reason="")


@pytest.mark.parametrize(
    ("status", "error"),
    [(403, errors.Rejected), (404, errors.NotFound), (409, errors.Conflict), (429, errors.Throttled)],
)
async def test_a_refused_extension_of_their_own_is_told(
    tenant: Tenant, people: EntraThemselves, status: int, error: type[errors.UsherError]
):
    (held,) = await tenant.directory.assignments(person_id=BEN)
    rule = {"method": "POST", "path": "/assignmentRequests$", "status": status, "retryAfter": 60}
    tenant.break_down(rule)

    with pytest.raises(error):
        await people.extend_own(BEN, held.id, now=held.ends_at, ends_at=held.ends_at, reason="")


async def test_an_extension_of_their_own_that_was_cut_off_is_not_made_twice(tenant: Tenant, people: EntraThemselves):
    (held,) = await tenant.directory.assignments(person_id=BEN)
    ends_at = held.ends_at + timedelta(days=2)
    tenant.break_down({"method": "POST", "path": "/assignmentRequests$", "dropAfterWrite": True})

    with pytest.raises(errors.Ambiguous):
        await people.extend_own(BEN, held.id, now=held.ends_at, ends_at=ends_at, reason="")

    assert len(tenant.performed("POST", "/assignmentRequests$")) == 1
