"""Who answers for guests just now: the people who sponsor them, in person or as a group, else whoever invited them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence

from bot.domain.invites import Invite
from bot.domain.people import Person
from bot.domain.sponsors import Sponsor, Sponsored
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
    """The living guests this person answers for, by name. Reads every page of guests."""
    ours = [guest async for guest, people in answered(lambda _: True, deps) if person_id in people]
    return tuple(sorted(ours, key=lambda one: (one.name.casefold(), one.id)))


async def answered(wanted: Callable[[Person], bool], deps: Deps) -> AsyncIterator[tuple[Person, frozenset[str]]]:
    """Each living guest that is `wanted`, with the object ids of who answers for them: sponsors who can sign in, members
    for a group, else who invited them where Usher knows.

    Reads every page of guests; memory holds one page, and those whom groups sponsor.
    """
    grouped: list[Sponsored] = []
    async for page in deps.sponsors.sponsored():
        ours = [one for one in page if wanted(one.guest)]
        grouped += filter(_has_group, ours)
        for found in await _answered([one for one in ours if not _has_group(one)], {}, deps):
            yield found
    groups = sorted({sponsor.id for one in grouped for sponsor in one.sponsors if sponsor.is_group})
    members = await deps.sponsors.members_of(groups) if groups else {}
    for found in await _answered(grouped, members, deps):
        yield found


def _has_group(one: Sponsored) -> bool:
    return any(sponsor.is_group for sponsor in one.sponsors)


async def _answered(
    guests: Sequence[Sponsored], members: Mapping[str, tuple[Sponsor, ...]], deps: Deps
) -> list[tuple[Person, frozenset[str]]]:
    people = {one.guest.id: frozenset(each.id for each in _people(one.sponsors, members)) for one in guests}
    inviters = await deps.ledger.inviters([guest for guest, those in people.items() if not those])
    asked = {guest: frozenset([inviter]) for guest, inviter in inviters.items()}
    return [(one.guest, people[one.guest.id] or asked.get(one.guest.id, frozenset())) for one in guests]


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
