"""What is likely wrong with a policy for connected organizations."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.building.organizations import ConnectedOrganization, OrganizationState
from bot.domain.building.subjects import SubjectKind
from bot.domain.building.terms import Terms
from bot.domain.outcomes.parts import Finding, Tone
from bot.domain.packages import Scope


def findings(terms: Terms, organizations: tuple[ConnectedOrganization, ...]) -> Iterator[Finding]:
    """Everything found; `organizations` are all of the tenant.

    Proposed ones do not count among all configured ones; a policy that names one lets its people ask.
    https://learn.microsoft.com/entra/id-governance/entitlement-management-organization
    """
    if terms.scope is Scope.ALL_ORGANISATIONS:
        yield from _all(organizations)
    elif terms.scope is Scope.SOME_ORGANISATIONS:
        yield from _some(terms, organizations)


def _all(organizations: tuple[ConnectedOrganization, ...]) -> Iterator[Finding]:
    if not organizations:
        text = "All connected organizations may ask, but there is none, so nobody can. Type org add and its domain."
        yield Finding(text, Tone.BAD, code="no_organization")
    elif all(one.state is OrganizationState.PROPOSED for one in organizations):
        text = (
            f"All connected organizations may ask, but none is configured, so nobody can: “{organizations[0].name}” "
            "is only proposed. Configure it, or connect another with org add."
        )
        yield Finding(text, Tone.BAD, code="none_configured")


def _some(terms: Terms, organizations: tuple[ConnectedOrganization, ...]) -> Iterator[Finding]:
    known = {one.id: one for one in organizations}
    named = [one for one in terms.targets if one.kind is SubjectKind.ORGANIZATION]
    gone = [one for one in named if one.id not in known]
    if gone and len(gone) == len(terms.targets):
        said = ", ".join(f"“{one.name or one.id}”" for one in gone[:4])
        text = f"Nobody can ask: of the connected organizations that may, none is left ({said}). Name others."
        yield Finding(text, Tone.BAD, code="no_partner_asks")
        return
    for one in gone:
        text = f"The connected organization “{one.name or one.id}” may ask but was removed. Take it off the list."
        yield Finding(text, Tone.WARNING, code="partner_gone")
    for one in named:
        if one.id in known and known[one.id].state is OrganizationState.PROPOSED:
            text = (
                f"The connected organization “{known[one.id].name}” may ask, though it is only proposed. Configure it."
            )
            yield Finding(text, Tone.INFO, code="partner_proposed")
