"""Find sponsors who were blocked or deleted, each once, and see that somebody else answers for their guests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.leaving import Alone, LeftState, SponsorBook, alone_of
from bot.domain.people import Person
from bot.jobs import left_cards, left_told
from bot.ports import Deps

NAME = "leavers"
MOST_NEW = 20
"""So many new leavings are taken up in one look: a first look must not write to half the organisation at once."""

Known = Mapping[str, tuple[Person, str]]


async def look(payload: dict[str, Any], deps: Deps) -> None:
    """Every sponsor has been looked at; whoever is to be asked has been, each time once. May run twice.

    A round trip for each page of guests and for each three hundred sponsors; a second reading only when somebody left.
    """
    guests, groups = await _guests_by_sponsor(deps)
    books = {one.sponsor_id: one for one in await deps.sponsor_books.books()}
    ids = [one for one in {*guests, *books} if one not in groups]
    known = await deps.sponsors.managers_of(ids)
    left = [book for book in [await _seen(one, guests, books, known, deps) for one in ids] if book]
    fresh = [one for one in left if not one.is_open][:MOST_NEW]
    watched = [*fresh, *(one for one in left if one.is_open)]
    if watched:
        alone = await _alone(watched, known, deps)
        for one in watched:
            await _go_on(one, alone, known, deps)


async def any_open(deps: Deps) -> bool:
    """Whether a look could find that somebody answers again for the guests of one who left."""
    return any(one.is_open for one in await deps.sponsor_books.books())


async def _guests_by_sponsor(deps: Deps) -> tuple[dict[str, list[str]], set[str]]:
    """Sponsor -> ids of their guests, and which of the sponsors are groups; nothing else is kept of a page."""
    guests: dict[str, list[str]] = {}
    groups: set[str] = set()
    async for page in deps.sponsors.sponsored():
        for one in page:
            for sponsor in one.sponsors:
                guests.setdefault(sponsor.id, []).append(one.guest.id)
                if sponsor.is_group:
                    groups.add(sponsor.id)
    return guests, groups


async def _seen(
    sponsor_id: str, guests: dict[str, list[str]], books: dict[str, SponsorBook], known: Known, deps: Deps
) -> SponsorBook | None:
    """What was seen is remembered; the book of one who left and whose guests are not yet all looked after."""
    person, manager_id = known.get(sponsor_id, (None, ""))
    book = books.get(sponsor_id) or SponsorBook(sponsor_id, person.name if person else sponsor_id)
    theirs = guests.get(sponsor_id, [])
    able = person is not None and person.enabled
    now = book.here(person, manager_id, theirs) if person and able else book.gone(person, manager_id, theirs)
    if now != books.get(sponsor_id):
        was_open = book.is_open
        now = await deps.sponsor_books.amend(now, lambda stored: _merged(stored, now))
        if was_open and not now.is_open:
            await left_cards.refresh(now, deps)
    handled = now.left is not None and now.left.state is LeftState.DONE
    return now if now.has_left(person) and not handled else None


def _merged(stored: SponsorBook, seen: SponsorBook) -> SponsorBook:
    """What a card's press changed meanwhile stays."""
    if stored.left and seen.left and stored.is_open and seen.is_open:
        return SponsorBook(seen.sponsor_id, seen.name, seen.manager_id, seen.guests, seen.misses, stored.left)
    return seen


async def _alone(watched: list[SponsorBook], known: Known, deps: Deps) -> dict[str, Alone]:
    """Of the guests of all who left: those for whom nobody answers now."""
    among = frozenset(guest for book in watched for guest in book.guests)
    able: set[str] = {one for one, (person, _) in known.items() if person.enabled}
    found = [one async for page in deps.sponsors.sponsored() for one in alone_of(page, among, frozenset(able))]
    return {one.guest_id: one for one in found}


async def _go_on(book: SponsorBook, alone: dict[str, Alone], known: Known, deps: Deps) -> None:
    now = deps.clock.now()
    theirs = [alone[one] for one in book.guests if one in alone]
    deleted = book.sponsor_id not in known
    after = await deps.sponsor_books.amend(book, lambda stored: stored.found(theirs, now, deleted=deleted))
    await left_cards.refresh(await left_told.tell(after, deps), deps)
