"""Who answers for guests just now: the people who sponsor them, in person or as a group, else whoever invited them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.invites import Invite
from bot.domain.people import Person
from bot.domain.sponsors import Sponsor
from bot.ports import Deps


async def sponsors(guest_ids: Sequence[str], deps: Deps) -> Mapping[str, tuple[Sponsor, ...]]:
    """Guest id -> the people who can sign in and sponsor the guest, each once; members stand for a group.

    A round trip for each three hundred guests, and one more where groups are among their sponsors.
    """
    named = await deps.sponsors.of(guest_ids)
    groups = sorted({one.id for those in named.values() for one in those if one.is_group})
    members = await deps.sponsors.members_of(groups) if groups else {}
    return {guest: _people(those, members) for guest, those in named.items()}


def _people(named: Sequence[Sponsor], members: Mapping[str, tuple[Sponsor, ...]]) -> tuple[Sponsor, ...]:
    found: dict[str, Sponsor] = {}
    for one in sorted(named, key=lambda sponsor: sponsor.is_group):
        for person in members.get(one.id, ()) if one.is_group else (one,):
            if person.enabled:
                found.setdefault(person.id, person)
    return tuple(found.values())


async def guests_of(person_id: str, deps: Deps) -> tuple[Person, ...]:
    """The living guests this person sponsors, in person or as a member of a group, by name. Reads every page of guests."""
    ours: dict[str, Person] = {}
    of_group: dict[str, list[Person]] = {}
    async for page in deps.sponsors.sponsored():
        for one in page:
            if person_id in one.ids:
                ours[one.guest.id] = one.guest
            for sponsor in one.sponsors:
                if sponsor.is_group:
                    of_group.setdefault(sponsor.id, []).append(one.guest)
    members = await deps.sponsors.members_of(sorted(of_group)) if of_group else {}
    for group, guests in of_group.items():
        if any(one.id == person_id for one in members.get(group, ())):
            ours.update((guest.id, guest) for guest in guests)
    return tuple(sorted(ours.values(), key=lambda one: (one.name.casefold(), one.id)))


async def or_inviter(guest_id: str, people: Sequence[Sponsor], deps: Deps, *, package_id: str = "") -> tuple[str, ...]:
    """Object ids of who answers for the guest: `people`, as `sponsors` found them, or who invited them where Usher knows."""
    if people:
        return tuple(one.id for one in people)
    invite = await newest_invite(guest_id, deps, package_id=package_id)
    return (invite.asked_by,) if invite and invite.asked_by else ()


async def newest_invite(guest_id: str, deps: Deps, *, package_id: str = "") -> Invite | None:
    """The newest invite of this guest, one to this package first."""
    found = await deps.ledger.invites(guest_id=guest_id)
    same = [one for one in found if package_id and one.wish.package_id == package_id]
    return next(reversed(same or list(found)), None)
