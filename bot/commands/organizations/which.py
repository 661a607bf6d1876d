"""Find the connected organization that words or a card mean, and show one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands import naming
from bot.commands.command import Ask, Value
from bot.commands.naming import Sort, Which
from bot.domain.building.organizations import ConnectedOrganization, OrganizationState
from bot.domain.outcomes import Press, Said, Style, Tone
from bot.domain.roles import Act

ALL = Press("Connected organizations", "orgs")
_SORT = Sort("organization", "organization", ALL)
STATES = {
    OrganizationState.CONFIGURED: "✔ Configured: counts as one of all configured connected organizations",
    OrganizationState.PROPOSED: "○ Proposed: does not count until it is configured",
}


def parse(words: str, value: Value) -> Which:
    """The first quoted text, or else all words; from a card its `organization`."""
    return naming.parse(words, value, key=_SORT.key)


async def find(wanted: Which, ask: Ask, *, press: Press, usage: str) -> ConnectedOrganization | Said:
    """The one organization, or what is asked back: `press`, with an organization filled in, says the same again."""
    known = await ask.deps.catalogs.organizations()
    back = naming.asked_back(wanted, known, _SORT)
    if back:
        return back
    if wanted.id:
        return next(one for one in known if one.id == wanted.id)
    if not known:
        return Said("No organization is connected yet", "Type: org add fabrikam.com", Tone.WARNING)
    if not wanted.name:
        return _choose("Which organization?", f"For example: {usage}", known, press)
    called = [one for one in known if wanted.name.casefold() in _names(one)]
    if len(called) == 1:
        return called[0]
    if called:
        return _choose("Which of them?", f"{len(called)} organizations are called “{wanted.name}”.", called, press)
    text, fitting = naming.near(wanted.name, known, _SORT)
    return _choose(f"No organization is called “{wanted.name[:100]}”", text, fitting, press)


async def details(organization: ConnectedOrganization, ask: Ask, *, said: str = "", undo: Press | None = None) -> Said:
    """The organization with the packages that name it, and buttons for what the asker may do."""
    naming = await ask.deps.catalogs.packages_naming(organization.id)
    packages = ", ".join(one.name for one in naming[:10]) or "none"
    facts = (
        ("State", STATES[organization.state]),
        ("Who belongs to it", sources(organization)),
        ("Internal sponsors", ", ".join(one.name for one in organization.internal_sponsors) or "none"),
        ("External sponsors", ", ".join(one.name for one in organization.external_sponsors) or "none"),
        ("Access packages that name it", packages + (f" and {len(naming) - 10} more" if len(naming) > 10 else "")),
    )
    presses = (undo,) if undo else ()
    return Said(
        f"Connected organization “{organization.name}”",
        said or organization.description,
        Tone.GOOD if said else Tone.INFO,
        facts=facts,
        presses=(*presses, *_buttons(organization, ask)),
    )


def sources(organization: ConnectedOrganization) -> str:
    """How its people are told apart."""
    named = (
        f"everybody @{one.domain}" if one.domain else f"tenant {one.tenant_id}" if one.tenant_id else one.name
        for one in organization.sources
    )
    return ", ".join(named) or "nobody: it has neither domain nor tenant"


def _buttons(organization: ConnectedOrganization, ask: Ask) -> tuple[Press, ...]:
    data = {"organization": organization.id}
    if not ask.may(Act.ORGANIZE):
        return (ALL,)
    configured = organization.state is OrganizationState.CONFIGURED
    state = Press("Set to proposed", "org propose", data) if configured else Press("Configure", "org configure", data)
    return (
        Press("Add a sponsor", "org sponsor", data),
        *([Press("Take a sponsor away", "org unsponsor", data)] if _sponsored(organization) else []),
        state,
        Press("Remove", "org remove", data, style=Style.DANGER),
    )


def _sponsored(organization: ConnectedOrganization) -> bool:
    return bool(organization.internal_sponsors or organization.external_sponsors)


def _choose(title: str, text: str, fitting: Sequence[ConnectedOrganization], press: Press) -> Said:
    return naming.choose(title, text, fitting, _SORT, press=press, about=sources)


def _names(organization: ConnectedOrganization) -> set[str]:
    """Everything it may be called by, case-folded."""
    keys = {key for one in organization.sources for key in (one.domain, one.tenant_id) if key}
    return {one.casefold() for one in (organization.name, organization.id, *keys)}
