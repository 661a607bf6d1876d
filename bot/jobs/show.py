"""Make every card that shows an invite show it as it is now, in place."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.commands import views
from bot.domain.delivery import ShownCard
from bot.domain.invites import Invite
from bot.domain.outcomes import Followed, GuestAccess, Live
from bot.domain.turns import Conversation
from bot.jobs import in_place, retired
from bot.ports import Deps

GUEST, ADMIN = "guest", "admin"


async def refresh(invite_id: str, deps: Deps) -> None:
    """Every card of this invite shows its present state; a card that shows it already is left alone.

    Cards that are gone from their chat are forgotten. Raises Transient when Teams does not answer.
    """
    async with _alone(invite_id):
        await _refresh(invite_id, deps)


def _alone(invite_id: str) -> asyncio.Lock:
    """Two who edit cards of one invite must not overtake each other with an older view."""
    return in_place.alone(__name__, invite_id)


async def _refresh(invite_id: str, deps: Deps, *, only: str = "") -> None:
    invite = await deps.ledger.invite(invite_id)
    if invite is None:
        return
    cards = in_place.chosen(await deps.ledger.cards(invite_id), only)
    await in_place.each(cards, lambda card: _refresh_one(card, invite, deps))


async def _refresh_one(card: ShownCard, invite: Invite, deps: Deps) -> None:
    outcome = await _outcome(card, invite, deps)
    await in_place.edit(card, outcome, _digest(outcome), deps)


async def _outcome(card: ShownCard, invite: Invite, deps: Deps) -> Live | GuestAccess:
    if card.audience == GUEST:
        contact = await deps.ledger.contact(invite.guest_id)
        return await views.guest_card(invite, None, deps, contact.time_zone if contact else "UTC")
    return await views.live(invite, deps, invite.wish.time_zone)


def _digest(outcome: Live | GuestAccess) -> str:
    """Of what a person would see; looking at the clock alone changes nothing."""
    if isinstance(outcome, Live):
        shown = replace(outcome.invite, looks=0, next_look_at=None, updated_at=None, attempts=())
        return in_place.digest((shown, outcome.link, outcome.receipts))
    return in_place.digest(outcome)


async def keep(
    invite_id: str,
    conversation: Conversation,
    activity_id: str,
    audience: str,
    deps: Deps,
    *,
    shown: Live | GuestAccess | None = None,
) -> None:
    """From now on this card shows the invite; an older one in the same chat says that it moved.

    One live card per invite and chat, whoever asked again. `shown`, what was drawn on it: cards elsewhere are then left
    as they are, so that a chat that does not answer keeps nobody from knowing that this card was posted.
    """
    drawn = _digest(shown) if shown else ""
    async with _alone(invite_id):
        for card in await deps.ledger.cards(invite_id):
            same_chat = card.conversation.id == conversation.id and card.audience == audience
            if same_chat and card.activity_id != activity_id:
                await _retire(card, deps)
        await deps.ledger.add_card(ShownCard(invite_id, conversation, activity_id, audience, drawn))
        await _refresh(invite_id, deps, only=activity_id if shown else "")


async def _retire(card: ShownCard, deps: Deps) -> None:
    invite = await deps.ledger.invite(card.invite_id) if card.audience == GUEST else None
    if invite is None:
        await retired.retire(card, Followed.INVITE, deps)
    else:
        await retired.retire(card, Followed.ACCESS, deps, language=invite.wish.language)
