"""Build what people are shown of an invite: the admin's live card and the guest's own card."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.access import AccessRequest, Assignment
from bot.domain.invites import Invite, Milestone, Way
from bot.domain.outcomes import GuestAccess, GuestPackage, Live
from bot.domain.people import Person
from bot.domain.progress import Facts, observe
from bot.ports import Deps

OPEN = "open"
_LATEST = (
    Milestone.ENDED,
    Milestone.REVOKED,
    Milestone.DENIED,
    Milestone.DELIVERED,
    Milestone.DELIVERING,
    Milestone.APPROVED,
    Milestone.REQUESTED,
)


async def link_of(package_id: str, deps: Deps) -> str:
    """The request link of a package, or My Access itself for an invite without one."""
    tenant = await deps.directory.tenant()
    if not package_id:
        return deps.links.overview(tenant.domain)
    return deps.links.request(tenant.domain, package_id)


async def live(invite: Invite, deps: Deps, time_zone: str) -> Live:
    """The live card's data as of now, with the receipts of this invite."""
    receipts = await deps.ledger.receipts(invite.wish.address)
    ours = tuple(one for one in receipts if one.invite_id == invite.id)
    link = await link_of(invite.wish.package_id, deps)
    return Live(invite, link, deps.clock.now(), time_zone, ours)


def stage(invite: Invite) -> str:
    """The name of the latest milestone a guest cares about, "open" while they have asked for nothing."""
    return next((one.value for one in _LATEST if invite.has(one)), OPEN)


def _end(invite: Invite) -> datetime | None:
    """When access ended, for what is over before its time; else when it will."""
    early = invite.milestones.get(Milestone.REVOKED) or invite.milestones.get(Milestone.ENDED)
    return early or invite.ends_at


async def guest_card(invite: Invite, person: Person | None, deps: Deps, time_zone: str = "UTC") -> GuestAccess:
    """What one guest is told about one invite, in the language it was made with."""
    tenant = await deps.directory.tenant()
    wish = invite.wish
    packages: tuple[GuestPackage, ...] = ()
    if wish.package_id:
        failure = invite.failure.text if invite.failure and invite.failure.step == "delivery" else ""
        link = await link_of(wish.package_id, deps)
        packages = (
            GuestPackage(
                wish.package_name,
                link,
                stage(invite) if wish.way is Way.LINK or invite.has(Milestone.DELIVERED) else "delivering",
                _end(invite),
                invite.approval_needed and not invite.has(Milestone.APPROVED),
                failure,
                wish.package_id,
            ),
        )
    return GuestAccess(
        name=invite.guest_name or wish.guest_name,
        organisation=tenant.name,
        language=wish.language,
        redeemed=invite.has(Milestone.REDEEMED) or bool(person and person.has_redeemed),
        redeem_url=invite.redeem_url,
        apps_url=deps.links.apps(tenant.id),
        packages=packages,
        message=wish.message,
        inviter=invite.asked_by_name,
        time_zone=time_zone,
    )


async def own_card(
    person: Person,
    invites: Iterable[Invite],
    held: tuple[Assignment, ...],
    asked: tuple[AccessRequest, ...],
    deps: Deps,
    *,
    language: str,
    time_zone: str,
) -> GuestAccess:
    """Everything a guest has here, from Usher's invites and from what Entra holds beside them."""
    tenant = await deps.directory.tenant()
    facts = Facts(person, held, asked)
    now = deps.clock.now()
    packages: dict[str, GuestPackage] = {}
    latest: Invite | None = None
    for invite in invites:
        seen = observe(invite, facts, now)
        card = await guest_card(seen, person, deps, time_zone)
        for one in card.packages:
            packages[seen.wish.package_id] = one
        latest = seen
    for access in held:
        if access.package_id not in packages and access.is_live:
            link = await link_of(access.package_id, deps)
            packages[access.package_id] = GuestPackage(
                access.package_name, link, access.state.value, access.ends_at, id=access.package_id
            )
    return GuestAccess(
        name=person.name,
        organisation=tenant.name,
        language=latest.wish.language if latest else language,
        redeemed=person.has_redeemed,
        redeem_url=latest.redeem_url if latest else "",
        apps_url=deps.links.apps(tenant.id),
        packages=tuple(packages.values()),
        time_zone=time_zone,
    )
