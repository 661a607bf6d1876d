"""Find sponsors who were blocked or deleted, each once, and see that somebody else answers for their guests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bot.domain.guest_runs import GuestRun
from bot.domain.lag import SHOWS_WITHIN
from bot.domain.leaving import Alone, LeftState, SponsorBook, alone_of
from bot.domain.people import Person
from bot.jobs import in_place, left_cards, left_told
from bot.ports import Deps

NAME = "leavers"
MOST_NEW = 20
"""So many new leavings are taken up in one look: a first look must not write to half the organisation at once."""

Known = Mapping[str, tuple[Person, str]]


async def look(payload: dict[str, Any], deps: Deps) -> None:
    """Every sponsor has been looked at; whoever is to be asked has been, each time once. May run twice.

    A round trip for each page of guests and for each three hundred sponsors; a second reading, and of the groups who is
    in them, only when somebody left.
    `payload`: with "again", an adoption was taken back, and leavings that were done may be open again. Raises Transient
    when somebody is to be asked, or a card to follow, with the next look; nobody else waits for them.
    """
    # Of two looks at once one would take a card of the other, which is on its way, for one that was lost.
    async with in_place.alone(__name__, NAME):
        await _look(payload, deps)


async def _look(payload: dict[str, Any], deps: Deps) -> None:
    again = bool(payload.get("again"))
    # A look that follows a handover may come moments after another one.
    counts = "slot" in payload
    guests, groups = await _guests_by_sponsor(deps)
    books = {one.sponsor_id: one for one in await deps.sponsor_books.books()}
    ids = [one for one in {*guests, *books} if one not in groups]
    known = await deps.sponsors.managers_of(ids)
    seen = [await _seen(one, guests, books, known, deps, counts=counts) for one in ids]
    left = [one for one in seen if one.has_left(_person(one, known)) and (again or not _is_handled(one))]
    begun = [one for one in left if one.is_open or _is_handled(one)]
    watched = [*begun, *[one for one in left if one not in begun][:MOST_NEW]]
    over = [one for one in seen if one.is_to_be_shown and one not in watched]
    due: list[Callable[[], Awaitable[None]]] = [partial(left_cards.refresh, one, deps) for one in over]
    if watched:
        watched = [await _with_adoption(one, deps) for one in watched]
        # Before it is read who has nobody: an adoption that ends meanwhile has changed that.
        adopting = {one.sponsor_id for one in watched if await _is_being_adopted(one, deps)}
        alone = await _alone(watched, known, groups, deps)
        for one in watched:
            theirs = [alone[guest] for guest in one.guests if guest in alone]
            if not (theirs and one.sponsor_id in adopting):
                due.append(partial(_go_on, one, theirs, deps, deleted=one.sponsor_id not in known, again=again))
    await in_place.each(due, lambda act: act())


async def follow(run: GuestRun, deps: Deps) -> None:
    """A handover is through: if it was about the guests of one who left, a look sees what became of them."""
    left = [one for one in await deps.sponsor_books.books() if one.left]
    if any(one.is_open for one in left) or (left and run.undoes):
        await deps.jobs.start(NAME, f"after-{run.id}-{run.round}", {"again": bool(run.undoes)})


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
    sponsor_id: str,
    guests: dict[str, list[str]],
    books: dict[str, SponsorBook],
    known: Known,
    deps: Deps,
    *,
    counts: bool,
) -> SponsorBook:
    """The book of this sponsor, in which what was seen is remembered."""
    person, manager_id = known.get(sponsor_id, (None, ""))
    book = books.get(sponsor_id) or SponsorBook(sponsor_id, person.name if person else sponsor_id)
    theirs = guests.get(sponsor_id, [])
    able = person is not None and person.enabled

    def see(one: SponsorBook) -> SponsorBook:
        if person and able:
            return one.here(person, manager_id, theirs)
        return one.gone(person, manager_id, theirs, counts=counts)

    now = see(book)
    if now == books.get(sponsor_id):
        return now
    # What became of a leaving since the book was read stays.
    return await deps.sponsor_books.amend(book, lambda stored: replace(now, left=see(stored).left))


def _person(book: SponsorBook, known: Known) -> Person | None:
    return known.get(book.sponsor_id, (None, ""))[0]


def _is_handled(book: SponsorBook) -> bool:
    return book.left is not None and book.left.state is LeftState.DONE


async def _alone(watched: list[SponsorBook], known: Known, groups: set[str], deps: Deps) -> dict[str, Alone]:
    """Of the guests of all who left: those for whom nobody answers now, a group without anybody in it included."""
    among = frozenset(guest for book in watched for guest in book.guests)
    members = await deps.sponsors.members_of(sorted(groups)) if groups else {}
    people = {one for one, (person, _) in known.items() if person.enabled}
    able = frozenset(people | {group for group, those in members.items() if those})
    found = [one async for page in deps.sponsors.sponsored() for one in alone_of(page, among, able)]
    return {one.guest_id: one for one in found}


async def _with_adoption(book: SponsorBook, deps: Deps) -> SponsorBook:
    """A process that died before the book knew of an adoption has left one under way."""
    run = await deps.guest_runs.run(book.next_adoption) if book.is_open and not book.adoption else None
    if run is None:
        return book
    return await deps.sponsor_books.amend(
        book, lambda stored: stored.adopted(run.taker_name, run.id) if stored.left == book.left else stored
    )


async def _is_being_adopted(book: SponsorBook, deps: Deps) -> bool:
    """Somebody takes these guests just now, or did so lately that Entra may not show it yet."""
    run = await deps.guest_runs.run(book.adoption) if book.adoption else None
    if run is None or run.undone_by:
        return False
    is_fresh = run.settled_at is None or deps.clock.now() - run.settled_at < SHOWS_WITHIN
    return not run.is_over or (is_fresh and len(run.done) == len(run.items))


async def _go_on(book: SponsorBook, theirs: list[Alone], deps: Deps, *, deleted: bool, again: bool) -> None:
    def found(stored: SponsorBook) -> SponsorBook:
        # Whoever adopts them since the book was read takes those who seem to have nobody.
        begun = bool(theirs) and stored.adoption != book.adoption
        return stored if begun else stored.found(theirs, deps.clock.now(), deleted=deleted, again=again)

    after = await deps.sponsor_books.amend(book, found)
    await left_cards.refresh(await left_told.tell(after, deps), deps)
