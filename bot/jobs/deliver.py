"""Tell a guest: climb the delivery ladder and keep a receipt for every try."""

from __future__ import annotations

from typing import Any

from bot.commands import views
from bot.commands.link import paste
from bot.domain.delivery import Contact, Rung
from bot.domain.invites import Invite
from bot.domain.outcomes import GuestAccess
from bot.domain.turns import Conversation
from bot.jobs import rungs, show
from bot.jobs.climb import Message, climb
from bot.ports import Deps

NAME = "deliver"
INVITATION = "invitation"


async def deliver(payload: dict[str, Any], deps: Deps) -> None:
    """The job: the guest of `payload["invite"]` has been told, once for `payload["occasion"]`."""
    invite = await deps.ledger.invite(str(payload["invite"]))
    if invite is not None and invite.guest_id:
        await tell(invite, str(payload["occasion"]), deps)
        await show.refresh(invite.id, deps)


async def tell(invite: Invite, occasion: str, deps: Deps) -> None:
    """Every rung was tried that can reach this guest; when none did, the inviter holds link and text.

    Safe to repeat: a rung that went through is not climbed again. Raises Transient to be called again.
    """
    contact = await deps.ledger.contact(invite.guest_id)
    access = await views.guest_card(invite, None, deps, contact.time_zone if contact else "UTC")
    carded = await by_card(invite, occasion, contact, access, deps)
    message, named = _message(invite, occasion), access.name or invite.wish.address
    mentioned = not carded and await rungs.by_mention(message, invite.guest_id, named, access.language, deps)
    mailed = await rungs.by_mail(message, lambda: deps.letters.invitation(access), deps)
    if not (carded or mentioned or mailed):
        await _by_inviter(invite, occasion, access, deps)


async def by_card(invite: Invite, occasion: str, contact: Contact | None, access: GuestAccess, deps: Deps) -> bool:
    """The guest has a card of this invite in the 1:1 chat, where one exists. Says whether they have."""

    async def post(chat: Conversation) -> None:
        activity_id = await deps.messenger.show(chat, access)
        await show.keep(invite.id, chat, activity_id, show.GUEST, deps, shown=access)

    return await rungs.by_card(_message(invite, occasion), contact, post, deps)


async def _by_inviter(invite: Invite, occasion: str, access: GuestAccess, deps: Deps) -> None:
    link = access.packages[0].link if access.packages else await views.link_of("", deps)
    text = paste(invite.wish.address, invite.wish.package_name, link)

    async def post() -> str:
        chat = await deps.messenger.open_chat(invite.asked_by)
        await deps.messenger.show(chat, text)
        return ""

    await climb(_message(invite, occasion), Rung.INVITER, post, deps)


def _message(invite: Invite, occasion: str) -> Message:
    """Behind a dash the occasion names the turn that asked for it."""
    key = occasion.partition("-")[2]
    return Message(invite.id, invite.wish.address, occasion, key, invite.wish.package_id)
