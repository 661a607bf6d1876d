"""Lint says what will not work, or hardly as meant, and is silent about a sound package."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.facts import Facts, Standing
from bot.domain.building.lint import lint
from bot.domain.building.organizations import ConnectedOrganization, OrganizationState
from bot.domain.building.resources import Resource, ResourceRole, Role, System
from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.building.terms import Frequency, Review, Stage, Terms
from bot.domain.outcomes.parts import Tone
from bot.domain.packages import Catalog, Expiration, Scope
from tests.domain.building.contoso import ADELE, APPROVERS, ARTICLE, MEGAN, NOW
from tests.domain.building.generated import blueprints

POLICY = ARTICLE.policies[0]
NEVER = Expiration()
MANAGER = Subject(SubjectKind.MANAGER)


def _codes(blueprint: Blueprint, **standings: Standing) -> list[str]:
    facts = Facts({key.replace("_", "-"): standing for key, standing in standings.items()})
    return [finding.code for finding in lint(blueprint, facts, now=NOW)]


def _with(**changes: object) -> Blueprint:
    return replace(ARTICLE, policies=(replace(POLICY, **changes),))


def _approved(*stages: Stage) -> Blueprint:
    """Approval, and beside it a way to assign directly."""
    direct = Terms("Direct", Scope.DIRECT_ONLY, accepts_requests=False, ends=POLICY.ends)
    return replace(ARTICLE, policies=(replace(POLICY, stages=stages), direct))


def test_the_articles_package_is_sound() -> None:
    assert _codes(ARTICLE) == []


@pytest.mark.parametrize(
    ("blueprint", "code"),
    [
        (replace(ARTICLE, policies=()), "no_policy"),
        (replace(ARTICLE, roles=()), "no_resources"),
        (_with(accepts_requests=False), "closed"),
        (_with(scope=Scope.MEMBERS), "guests_shut_out"),
        (_with(scope=Scope.MEMBERS), "no_direct_policy"),
        (_with(scope=Scope.ANYONE_OUTSIDE), "approval_forced"),
        (_with(scope=Scope.SOME_USERS), "no_targets"),
        (_with(ends=NEVER), "no_expiry"),
        (_with(ends=NEVER), "no_review"),
        (_with(scope=Scope.MEMBERS, ends=NEVER), "no_review"),
        (_with(ends=Expiration(on=NOW - timedelta(days=1))), "ended"),
        (_with(approve_extension=True), "extension_unapproved"),
        (_with(review=Review(Frequency.YEARLY)), "nobody_reviews"),
        (replace(ARTICLE, catalog=Catalog("c", "C", published=False)), "catalog_unpublished"),
        (replace(ARTICLE, catalog=Catalog("c", "C", external=False)), "catalog_not_external"),
        (_approved(Stage(())), "nobody_approves"),
        (_approved(Stage((MANAGER,))), "no_fallback"),
        (_approved(Stage((MEGAN.subject,))), "single_approver"),
    ],
)
def test_each_weakness_is_found(blueprint: Blueprint, code: str) -> None:
    assert code in _codes(blueprint)


@pytest.mark.parametrize(
    ("blueprint", "code"),
    [
        (_with(scope=Scope.MEMBERS, ends=NEVER), "no_expiry"),
        (_with(ends=NEVER, review=Review(Frequency.YEARLY, self_review=True)), "no_review"),
        (_approved(Stage((MANAGER,), fallbacks=(MEGAN.subject,))), "no_fallback"),
        (_approved(Stage((MEGAN.subject, ADELE.subject))), "single_approver"),
        (_approved(Stage((MEGAN.subject,), alternates=(ADELE.subject,))), "single_approver"),
        (_approved(Stage((MEGAN.subject,))), "no_direct_policy"),
        (replace(_with(scope=Scope.MEMBERS), catalog=Catalog("c", "C", external=False)), "catalog_not_external"),
        (_with(scope=Scope.DIRECT_ONLY, accepts_requests=False), "closed"),
    ],
)
def test_what_is_in_order_is_not_complained_about(blueprint: Blueprint, code: str) -> None:
    assert code not in _codes(blueprint)


@pytest.mark.parametrize("standing", [Standing.DISABLED, Standing.DELETED, Standing.GUEST])
def test_an_approver_who_cannot_approve_is_named(standing: Standing) -> None:
    blueprint = _approved(Stage((MEGAN.subject, ADELE.subject)))

    found = lint(blueprint, Facts({"u-megan": standing}), now=NOW)

    assert [finding.code for finding in found] == [f"approver_{standing.value}"]
    assert "Megan Bowen" in found[0].text


def test_approvers_who_all_cannot_approve_are_nobody() -> None:
    blueprint = _approved(Stage((MEGAN.subject, APPROVERS.subject)))

    codes = _codes(blueprint, u_megan=Standing.DELETED, g_approvers=Standing.EMPTY)

    assert codes == ["nobody_approves", "approver_deleted", "approver_empty"]


@pytest.mark.parametrize(
    ("standing", "code"),
    [(Standing.DELETED, "group_deleted"), (Standing.DYNAMIC, "group_dynamic"), (Standing.FINE, "")],
)
def test_a_group_that_cannot_take_members_is_found(standing: Standing, code: str) -> None:
    group = ResourceRole(Resource(System.GROUP, "g-x", "Designers"), Role("Member_g-x", "Member"))
    blueprint = replace(ARTICLE, roles=(group,))

    assert _codes(blueprint, g_x=standing) == ([code] if code else [])


def test_a_target_and_a_reviewer_who_are_gone_are_found() -> None:
    review = Review(Frequency.YEARLY, reviewers=(ADELE.subject,))
    blueprint = replace(
        _with(scope=Scope.SOME_USERS, targets=(MEGAN.subject,), review=review),
    )

    codes = _codes(blueprint, u_megan=Standing.DELETED, u_adele=Standing.DISABLED)

    assert set(codes) == {"nobody_asks", "reviewer_disabled", "nobody_reviews", "no_direct_policy"}


def test_one_of_several_targets_who_is_gone_is_named() -> None:
    blueprint = _with(scope=Scope.SOME_USERS, targets=(MEGAN.subject, ADELE.subject))

    found = lint(blueprint, Facts({"u-megan": Standing.DELETED}), now=NOW)

    assert [one.text for one in found if one.code == "target_deleted"] == [
        "“Megan Bowen” may ask but was deleted. Take it off the list."
    ]


FABRIKAM = Subject(SubjectKind.ORGANIZATION, "o-fabrikam", "Fabrikam")
TAILSPIN = Subject(SubjectKind.ORGANIZATION, "o-tailspin", "Tailspin")
CONFIGURED = ConnectedOrganization("o-fabrikam", "Fabrikam")
PROPOSED = replace(CONFIGURED, state=OrganizationState.PROPOSED)
EVERY_PARTNER = _with(scope=Scope.ALL_ORGANISATIONS)


def _partners(*targets: Subject) -> Blueprint:
    return _with(scope=Scope.SOME_ORGANISATIONS, targets=targets)


@pytest.mark.parametrize(
    ("blueprint", "organizations", "codes"),
    [
        (EVERY_PARTNER, (), ["no_organization"]),
        (EVERY_PARTNER, (PROPOSED,), ["none_configured"]),
        (EVERY_PARTNER, (CONFIGURED,), []),
        (EVERY_PARTNER, None, []),
        (_partners(FABRIKAM), (), ["no_partner_asks"]),
        (_partners(FABRIKAM, TAILSPIN), (CONFIGURED,), ["partner_gone"]),
        (_partners(FABRIKAM), (PROPOSED,), ["partner_proposed"]),
        (_partners(FABRIKAM), (CONFIGURED,), []),
        (_partners(FABRIKAM), None, []),
    ],
)
def test_partners_who_cannot_ask_are_found(
    blueprint: Blueprint, organizations: tuple[ConnectedOrganization, ...] | None, codes: list[str]
) -> None:
    found = lint(blueprint, Facts(organizations=organizations), now=NOW)

    assert [one.code for one in found if one.code != "no_direct_policy"] == codes


def test_of_several_policies_and_stages_the_one_meant_is_named() -> None:
    blueprint = _approved(Stage((MEGAN.subject, ADELE.subject)), Stage(()))

    texts = [finding.text for finding in lint(blueprint, Facts(), now=NOW)]

    assert texts[0].startswith("Policy “Initial Policy”: Stage 2: Nobody can approve")


@settings(max_examples=40)
@given(blueprints())
def test_any_package_can_be_linted_the_gravest_findings_first(blueprint: Blueprint) -> None:
    tones = [finding.tone for finding in lint(blueprint, Facts(), now=NOW)]

    gravity = [Tone.BAD, Tone.WARNING, Tone.INFO]
    assert tones == sorted(tones, key=gravity.index)
