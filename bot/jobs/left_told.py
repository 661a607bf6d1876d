"""Ask the manager of a sponsor who left to answer for the guests; without an answer, administrators. Each time once."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.delivery import Rung
from bot.domain.leaving import Left, SponsorBook, Step, next_step
from bot.domain.outcomes import SponsorLeft
from bot.domain.people import Person
from bot.domain.roles import Role
from bot.errors import Transient
from bot.jobs import climb, left_cards
from bot.jobs.climb import Message
from bot.ports import Deps

_ADMINISTRATORS = (Role.USER_ADMINISTRATOR, Role.GLOBAL_ADMINISTRATOR)
_MOST_ADMINISTRATORS, _MOST_TRIED = 3, 20


async def tell(book: SponsorBook, deps: Deps) -> SponsorBook:
    """What is due has been sent; the book as it is then. Raises Transient; a card that may have gone out is not sent twice."""
    if book.left is None:
        return book
    now = deps.clock.now()
    step = next_step(book.left, now)
    if step is Step.ASK:
        manager = await _manager(book, deps)
        if manager and await _send(book, manager, step, deps):
            return await _mark(book, deps, asked_id=manager.id, asked_name=manager.name, asked_at=now)
        step = Step.ADMINS
    if step is Step.REMIND:
        manager = await deps.directory.person(book.left.asked_id)
        if manager and manager.enabled:
            await _send(book, manager, step, deps)
        return await _mark(book, deps, reminded=True)
    if step is Step.ADMINS:
        await _to_administrators(book, deps)
        return await _mark(book, deps, admins=True, asked_at=book.left.asked_at or now)
    return book


async def _manager(book: SponsorBook, deps: Deps) -> Person | None:
    """Who can be asked: a member who can sign in. A deleted account tells no manager, so the last known one counts."""
    person = await deps.directory.person(book.manager_id) if book.manager_id else None
    return person if person and person.enabled and not person.is_guest else None


async def _to_administrators(book: SponsorBook, deps: Deps) -> None:
    """The first who can be reached have the card; one for whom Teams does not answer keeps no other waiting."""
    late: Transient | None = None
    reached = 0
    for one in (await deps.accounts.holders([role.template_id for role in _ADMINISTRATORS]))[:_MOST_TRIED]:
        try:
            reached += await _send(book, one, Step.ADMINS, deps)
        except Transient as fault:
            late = fault
        if reached == _MOST_ADMINISTRATORS:
            return
    if late is not None:
        raise late


async def _send(book: SponsorBook, whom: Person, step: Step, deps: Deps) -> bool:
    """Whether the card is there. Recorded with it, since nobody's turn led to it."""
    administrator = step is Step.ADMINS
    shown = SponsorLeft(book, administrator=administrator)
    audience = left_cards.ADMINISTRATOR if administrator else left_cards.MANAGER

    async def post() -> str:
        chat = await deps.messenger.open_chat(whom.id)
        activity = await deps.messenger.show(chat, shown)
        await left_cards.keep(book, chat, activity, audience, deps)
        return ""

    about = left_cards.key(book)
    # Of several administrators each has receipts of their own.
    occasion = f"sponsor left-{step}-{whom.id}" if administrator else f"sponsor left-{step}"
    return await climb.climb(Message(about, whom.address or whom.id, occasion, key=about), Rung.CARD, post, deps)


async def _mark(book: SponsorBook, deps: Deps, **done: object) -> SponsorBook:
    def marked(stored: SponsorBook) -> SponsorBook:
        left: Left | None = stored.left
        return replace(stored, left=replace(left, **done)) if left else stored  # type: ignore[arg-type]

    return await deps.sponsor_books.amend(book, marked)
