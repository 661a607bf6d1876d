"""Edit one card where it stands in its chat, and remember what it shows."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar
from weakref import WeakValueDictionary

from bot.domain.delivery import ShownCard
from bot.domain.outcomes import Outcome
from bot.errors import Transient, Unreachable
from bot.ports import Deps

T = TypeVar("T")

_locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()


def alone(who: str, about: str) -> asyncio.Lock:
    """Two of `who` that edit the cards of one thing must not overtake each other with an older view."""
    return _locks.setdefault((who, about), asyncio.Lock())


def digest(shown: object) -> str:
    """What a card shows, short enough to be remembered beside it."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()


async def each(things: Iterable[T], act: Callable[[T], Awaitable[object]]) -> None:
    """`act` was tried on all of them: one chat that does not answer keeps nobody else waiting.

    Raises the last Transient after that, so that the run is repeated for those who were left out.
    """
    late: Transient | None = None
    for one in things:
        try:
            await act(one)
        except Transient as fault:
            late = fault
    if late is not None:
        raise late


def chosen(cards: Iterable[ShownCard], only: str) -> list[ShownCard]:
    """All of them, or `only` the one with this activity id."""
    return [one for one in cards if only in ("", one.activity_id)]


async def edit(card: ShownCard, outcome: Outcome, now_shown: str, deps: Deps) -> Unreachable | None:
    """The card shows the outcome, remembered by the digest `now_shown`; one that shows it already is left alone.

    A card that is gone from its chat is forgotten, and what Teams said about it returned. Raises Transient when Teams
    does not answer.
    """
    if card.digest == now_shown:
        return None
    try:
        await deps.messenger.show(card.conversation, outcome, replacing=card.activity_id)
    except Unreachable as error:
        await deps.ledger.drop_card(card)
        return error
    await deps.ledger.mark_card(card, now_shown)
    return None
