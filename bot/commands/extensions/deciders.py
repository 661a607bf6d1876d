"""Who decides whether a guest keeps an access: the sponsor, else whoever invited them, else administrators."""

from __future__ import annotations

from collections.abc import Iterable

from bot.commands.sponsoring import answering
from bot.domain.extension_asks import Asked
from bot.domain.packages import AccessPackage
from bot.domain.people import Person
from bot.domain.roles import Act, Role, refusal
from bot.domain.sponsors import Sponsor
from bot.ports import Deps

MOST = 5
_ADMINISTRATORS = (Role.GOVERNANCE_ADMINISTRATOR, Role.GLOBAL_ADMINISTRATOR)


async def of(guest: Person, package: AccessPackage | None, deps: Deps) -> tuple[Asked, ...]:
    """Those to ask, who may all decide, at most five; () where the tenant has nobody.

    Sponsors are read from Entra, members standing for a group. Where the tenant wants a role of them, one without is not asked.
    """
    catalog = package.catalog.id if package else ""
    sponsors = list(await _sponsors(guest.id, deps))
    if not deps.sponsors_extend:
        sponsors = [one for one in sponsors if await _may(one.id, catalog, deps)]
    if sponsors:
        return _asked(sponsors)
    invites = await deps.ledger.invites(guest_id=guest.id)
    for inviter in dict.fromkeys(one.asked_by for one in reversed(invites)):
        person, _ = await deps.directory.roles(inviter)
        if person and person.enabled and await _may(inviter, catalog, deps):
            return _asked([person])
    return _asked(await deps.accounts.holders([role.template_id for role in _ADMINISTRATORS]))


async def is_sponsor(person: Person, guest_id: str, deps: Deps) -> bool:
    """Whether this person may decide about the guest's access because they answer for them, as Entra says now."""
    if not deps.sponsors_extend or person.is_guest or not person.enabled:
        return False
    return any(one.id == person.id for one in await _sponsors(guest_id, deps))


async def _sponsors(guest_id: str, deps: Deps) -> tuple[Sponsor, ...]:
    return (await answering.sponsors([guest_id], deps)).get(guest_id, ())


async def _may(person_id: str, catalog: str, deps: Deps) -> bool:
    _, roles = await deps.directory.roles(person_id)
    return refusal(Act.ASSIGN, roles, catalog_id=catalog) is None


def _asked(people: Iterable[Person | Sponsor]) -> tuple[Asked, ...]:
    return tuple(Asked(one.id, one.name, one.address) for one in people)[:MOST]
