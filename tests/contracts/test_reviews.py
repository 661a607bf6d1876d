"""Access reviews of package assignments, as Usher reads and runs them."""

from __future__ import annotations

from typing import Any

import pytest

from bot import errors
from bot.domain.reviews.facts import Advice, Decision, Standing, Unanswered, Verdict
from bot.graph.own_token import OwnTokens
from bot.graph.themselves import EntraThemselves
from tests.contracts.operations import INVITED_POLICY
from tests.contracts.review_operations import new, started
from tests.contracts.tenant import ADELE, ALEX, BEN, CARLA, INVITED, LEE, MEGAN, PARTNER, Tenant
from tests.contracts.test_themselves import themselves, token_of


@pytest.fixture
def people(tenant: Tenant) -> EntraThemselves:
    """Everybody has signed in in Teams."""

    async def assertion(person_id: str) -> str:
        return token_of(tenant, person_id)

    return themselves(tenant, assertion)


async def item(tenant: Tenant, ref: Any) -> Any:
    (found,) = await tenant.reviews.items([ref])
    return found


async def test_a_review_is_made_and_found_again(tenant: Tenant):
    key = await tenant.reviews.begin(new(unanswered=Unanswered.REMOVE, reason_required=True))

    (found,) = await tenant.reviews.series(package_id=INVITED)

    assert (found.id, found.package_id, found.policy_id, found.note) == (key, INVITED, INVITED_POLICY, "note")
    assert (found.reason_required, found.unanswered, found.recurs, found.applies_itself) == (
        True,
        Unanswered.REMOVE,
        False,
        False,
    )
    assert await tenant.reviews.series(package_id=PARTNER) == ()


async def test_who_is_reviewed_and_who_is_asked_are_read_in_one_round_trip_each(tenant: Tenant):
    ref = await started(tenant.reviews)
    begun = len(tenant.round_trips())

    (found,) = await tenant.reviews.items([ref])
    (asked,) = await tenant.reviews.reviewers([ref])

    assert len(tenant.round_trips()) == begun + 2
    assert (found.person_id, found.person_name, found.is_open, found.advice) == (BEN, "Ben Ortiz", True, Advice.KEEP)
    assert (asked.id, asked.name) == (ADELE, "Adele Vance")


async def test_a_guest_without_a_manager_is_asked_about_of_the_fallback(tenant: Tenant):
    key = await tenant.reviews.begin(new(reviewers=(), by_manager=True, fallback=(ALEX,)))
    (found,) = (await tenant.reviews.rounds([key]))[key]

    (asked,) = await tenant.reviews.reviewers([found.ref])

    assert asked.id == ALEX


async def test_a_round_goes_from_open_to_applied(tenant: Tenant):
    ref = await started(tenant.reviews)
    seen = []
    for act in (tenant.reviews.stop, tenant.reviews.apply):
        seen.append((await tenant.reviews.rounds([ref.series_id]))[ref.series_id][0].standing)
        await act(ref)
    seen.append((await tenant.reviews.rounds([ref.series_id]))[ref.series_id][0].standing)

    assert seen == [Standing.OPEN, Standing.CLOSED, Standing.APPLIED]


async def test_stopping_twice_is_once(tenant: Tenant):
    ref = await started(tenant.reviews)
    await tenant.reviews.stop(ref)

    await tenant.reviews.stop(ref)

    assert (await tenant.reviews.rounds([ref.series_id]))[ref.series_id][0].standing is Standing.CLOSED


async def test_applying_twice_is_once(tenant: Tenant):
    ref = await started(tenant.reviews)
    await tenant.reviews.stop(ref)
    await tenant.reviews.apply(ref)

    await tenant.reviews.apply(ref)

    assert (await tenant.reviews.rounds([ref.series_id]))[ref.series_id][0].standing is Standing.APPLIED


async def test_nothing_is_applied_while_people_decide(tenant: Tenant):
    ref = await started(tenant.reviews)

    with pytest.raises(errors.Rejected):
        await tenant.reviews.apply(ref)


async def test_a_tenant_that_leaves_reviews_to_policies_says_so(tenant: Tenant):
    tenant.reset(packageReviewsByPolicyOnly=True)

    with pytest.raises(errors.Rejected):
        await tenant.reviews.begin(new())


async def test_when_somebody_last_signed_in_is_left_out_where_nobody_knows(tenant: Tenant):
    seen = await tenant.reviews.last_seen([BEN, CARLA, "no id"])

    assert set(seen) == {BEN}


async def test_a_reviewer_decides_in_their_own_name_as_often_as_they_like(tenant: Tenant, people: EntraThemselves):
    ref = await started(tenant.reviews)
    one = await item(tenant, ref)

    first = await people.decide_reviews(ADELE, [Verdict(one.id, ref, Decision.KEEP, "still here")])
    second = await people.decide_reviews(ADELE, [Verdict(one.id, ref, Decision.REMOVE, "gone")])

    assert (first, second) == ({one.id: None}, {one.id: None})
    after = await item(tenant, ref)
    assert (after.decision, after.reason, after.by_id, after.by_name) == (
        Decision.REMOVE,
        "gone",
        ADELE,
        "Adele Vance",
    )


async def test_many_decisions_share_a_round_trip(tenant: Tenant, people: EntraThemselves):
    ref = await started(tenant.reviews)
    one = await item(tenant, ref)
    await people.check(ADELE)
    begun = len(tenant.round_trips())

    await people.decide_reviews(ADELE, [Verdict(one.id, ref, Decision.KEEP), Verdict(one.id, ref, Decision.REMOVE)])

    assert len(tenant.round_trips()) == begun + 1
    assert (await item(tenant, ref)).decision is Decision.REMOVE


@pytest.mark.parametrize("who", [LEE, MEGAN, ALEX, BEN])
async def test_who_is_not_asked_decides_nothing(tenant: Tenant, people: EntraThemselves, who: str):
    ref = await started(tenant.reviews)
    one = await item(tenant, ref)

    said = await people.decide_reviews(who, [Verdict(one.id, ref, Decision.KEEP)])

    assert isinstance(said[one.id], errors.NotAsked)
    assert (await item(tenant, ref)).is_open


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ({"status": 403}, errors.NotAsked),
        ({"status": 404}, errors.NotFound),
        ({"status": 409}, errors.Conflict),
        ({"status": 400}, errors.Rejected),
        ({"status": 503}, errors.Ambiguous),
    ],
)
async def test_a_decision_that_graph_refuses_is_told_apart(
    tenant: Tenant, people: EntraThemselves, rule: dict[str, Any], kind: type[errors.UsherError]
):
    ref = await started(tenant.reviews)
    one = await item(tenant, ref)
    tenant.break_down({"method": "PATCH", "path": "/decisions/", **rule})

    said = await people.decide_reviews(ADELE, [Verdict(one.id, ref, Decision.KEEP)])

    assert isinstance(said[one.id], kind)


async def test_a_review_that_is_over_takes_no_decision(tenant: Tenant, people: EntraThemselves):
    ref = await started(tenant.reviews)
    one = await item(tenant, ref)
    await tenant.reviews.stop(ref)

    said = await people.decide_reviews(ADELE, [Verdict(one.id, ref, Decision.KEEP)])

    assert isinstance(said[one.id], errors.Rejected)


async def test_without_signing_in_nothing_is_decided(tenant: Tenant):
    nobody = EntraThemselves(OwnTokens(tenant.graph, tenant.credential, None))
    ref = await started(tenant.reviews)
    one = await item(tenant, ref)

    with pytest.raises(errors.SignInNeeded) as caught:
        await nobody.decide_reviews(ADELE, [Verdict(one.id, ref, Decision.KEEP)])

    assert caught.value.why is errors.Why.OFF
