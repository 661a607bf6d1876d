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
    return _by_name([guest async for guest, people in answered(lambda _: True, deps) if person_id in people])


async def unsponsored(deps: Deps) -> tuple[Person, ...]:
    """The living guests with no sponsor who can sign in, in person or as a member of a group, by name. Reads as `answered`."""
    found = [guest async for page in _sponsored(lambda _: True, deps) for guest, people in page if not people]
    return _by_name(found)


def _by_name(guests: Sequence[Person]) -> tuple[Person, ...]:
    return tuple(sorted(guests, key=lambda one: (one.name.casefold(), one.id)))


async def answered(wanted: Callable[[Person], bool], deps: Deps) -> AsyncIterator[tuple[Person, frozenset[str]]]:
    """Each living guest that is `wanted`, with the object ids of who answers for them: sponsors who can sign in, members
    for a group, else who invited them where Usher knows.

    Reads every page of guests; memory holds one page, and those whom groups sponsor.
    """
    async for page in _sponsored(wanted, deps):
        inviters = await deps.ledger.inviters([guest.id for guest, people in page if not people])
        for guest, people in page:
            yield guest, people or frozenset({inviters[guest.id]} if guest.id in inviters else ())


async def _sponsored(
    wanted: Callable[[Person], bool], deps: Deps
) -> AsyncIterator[list[tuple[Person, frozenset[str]]]]:
    """The same without who invited them, a page at a time; those whom groups sponsor together in the end."""
    grouped: list[Sponsored] = []
    async for page in deps.sponsors.sponsored():
        ours = [one for one in page if wanted(one.guest)]
        grouped += filter(_has_group, ours)
        yield [_with_people(one, {}) for one in ours if not _has_group(one)]
    groups = sorted({sponsor.id for one in grouped for sponsor in one.sponsors if sponsor.is_group})
    members = await deps.sponsors.members_of(groups) if groups else {}
    yield [_with_people(one, members) for one in grouped]


def _has_group(one: Sponsored) -> bool:
    return any(sponsor.is_group for sponsor in one.sponsors)


def _with_people(one: Sponsored, members: Mapping[str, tuple[Sponsor, ...]]) -> tuple[Person, frozenset[str]]:
    return one.guest, frozenset(each.id for each in _people(one.sponsors, members))


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
