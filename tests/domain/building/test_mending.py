"""What mends a finding is a sentence that is understood, and whose change takes the finding away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.building import switches
from bot.domain.building.amending import amended, remembering, removing
from bot.domain.building.blueprints import Blueprint, Named
from bot.domain.building.facts import Facts, Standing
from bot.domain.building.lint import lint
from bot.domain.building.mending import mend
from bot.domain.building.organizations import ConnectedOrganization, OrganizationState
from bot.domain.building.resolving import resolve
from bot.domain.building.sentence import read
from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.outcomes import Finding, Tone
from bot.domain.packages import Expiration, Scope
from bot.domain.roles import Act
from tests.domain.building.contoso import FOUND, NOW, ZONE
from tests.domain.building.test_amending import FIRST, RICH

FABRIKAM = Subject(SubjectKind.ORGANIZATION, "o-fabrikam", "Fabrikam")
WOODGROVE = Subject(SubjectKind.ORGANIZATION, "o-gone", "Woodgrove")
FACTS = Facts(
    {
        "u-megan": Standing.DELETED,
        "u-adele": Standing.DISABLED,
        "g-approvers": Standing.EMPTY,
        "sp-crm": Standing.DELETED,
        "g-old": Standing.DELETED,
    },
    (ConnectedOrganization("o-fabrikam", "Fabrikam", OrganizationState.PROPOSED),),
)
ILL = replace(
    RICH,
    policies=(
        replace(FIRST, ends=Expiration(), review=None, approve_extension=True),
        replace(FIRST, name="Old", ends=Expiration(on=NOW - timedelta(days=1)), targets=(), stages=(), id="pol-3"),
        replace(FIRST, name="Outside", scope=Scope.ANYONE_OUTSIDE, targets=(), stages=(), id="pol-4"),
    ),
    incompatible_groups=(Named("g-old", "Old group"),),
)
MANAGED = replace(
    RICH,
    catalog=replace(RICH.catalog, external=False),
    policies=(replace(FIRST, stages=(replace(FIRST.stages[0], approvers=(Subject(SubjectKind.MANAGER),)),)),),
)
CASES: tuple[Blueprint, ...] = (
    ILL,
    MANAGED,
    replace(RICH, policies=(), roles=()),
    switches.closed(RICH),
    replace(RICH, policies=(replace(FIRST, scope=Scope.MEMBERS, targets=()),)),
    replace(RICH, catalog=replace(RICH.catalog, published=False)),
    replace(RICH, policies=(replace(FIRST, approve_extension=True, stages=()),)),
    replace(RICH, policies=(replace(FIRST, scope=Scope.SOME_ORGANISATIONS, targets=(FABRIKAM, WOODGROVE)),)),
    replace(RICH, policies=(replace(FIRST, scope=Scope.SOME_ORGANISATIONS, targets=(WOODGROVE,)),)),
)
FOUND_HERE = [(package, finding) for package in CASES for finding in lint(package, FACTS, now=NOW)]
NEEDS_SOMEBODY_ELSE = {"application_disabled"}
SWITCHED: dict[str, Callable[[Blueprint], Blueprint]] = {
    "package open": switches.opened,
    "package direct": switches.assignable,
}


def named(pair: tuple[Blueprint, Finding]) -> str:
    return f"{pair[1].code} {pair[1].text[:40]}"


@pytest.mark.parametrize("pair", FOUND_HERE, ids=named)
def test_every_finding_has_words_that_mend_it(pair: tuple[Blueprint, Finding]) -> None:
    package, finding = pair

    mended = mend(finding, package)

    assert mended is not None
    about = (package.name, package.catalog.name, "Fabrikam", "org add")
    assert any(name in mended.sentence for name in about)


@pytest.mark.parametrize("pair", FOUND_HERE, ids=named)
def test_a_button_takes_away_the_finding_it_stands_beside(pair: tuple[Blueprint, Finding]) -> None:
    package, finding = pair
    mended = mend(finding, package)
    if mended is None or not mended.verb or mended.act is not Act.BUILD:
        return

    after = _after(mended.verb, mended.words, package)

    assert finding not in lint(after, FACTS, now=NOW)


def _after(verb: str, words: str, package: Blueprint) -> Blueprint:
    if verb in SWITCHED:
        return SWITCHED[verb](package)
    reading = read(removing(words), named=True)
    assert reading.unknown == ()
    amendment = amended(reading, package, zone=ZONE)
    assert amendment.problems == {}
    resolution = resolve(amendment.draft, remembering(FOUND, package), base=package, now=NOW, zone=ZONE)
    assert resolution.blueprint is not None, resolution.problems
    return resolution.blueprint


def test_what_only_somebody_else_can_mend_has_no_words() -> None:
    finding = Finding("The application “CRM” is switched off.", Tone.WARNING, code="application_disabled")

    assert mend(finding, RICH) is None


@pytest.mark.parametrize(
    ("organizations", "sentence"),
    [((), "org add …"), (FACTS.organizations, 'org configure "…"')],
)
def test_organizations_are_connected_before_all_of_them_can_ask(
    organizations: tuple[ConnectedOrganization, ...], sentence: str
) -> None:
    package = replace(RICH, policies=(replace(FIRST, scope=Scope.ALL_ORGANISATIONS, targets=()),))
    findings = lint(package, replace(FACTS, organizations=organizations), now=NOW)

    mended = next(one for finding in findings if (one := mend(finding, package)) and one.act is Act.ORGANIZE)

    assert mended.sentence == sentence


def test_the_findings_of_these_packages_are_of_many_kinds() -> None:
    assert len({finding.code for _, finding in FOUND_HERE}) >= 20
