"""Tell a guest: climb the delivery ladder and keep a receipt for every try."""

from __future__ import annotations

from typing import Any

from bot.commands import views
from bot.commands.link import paste
from bot.domain.delivery import Contact, Reach, Rung
from bot.domain.invites import Invite
from bot.domain.outcomes import GuestAccess, Mentioned
from bot.errors import UsherError
from bot.jobs import show
from bot.jobs.climb import Message, climb, skip
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
    mentioned = not carded and await _by_mention(invite, occasion, access, deps)
    mailed = await _by_mail(invite, occasion, access, deps)
    if not (carded or mentioned or mailed):
        await _by_inviter(invite, occasion, access, deps)


async def by_card(invite: Invite, occasion: str, contact: Contact | None, access: GuestAccess, deps: Deps) -> bool:
    """The guest has a card of this invite in the 1:1 chat, where one exists. Says whether they have."""
    if contact is None or contact.conversation is None:
        return await skip(
            _message(invite, occasion), Rung.CARD, "no_chat", "The guest has no chat with Usher yet.", deps
        )
    if contact.reach not in (Reach.OK, Reach.UNKNOWN):
        return await skip(_message(invite, occasion), Rung.CARD, contact.code, "Teams refused the last message.", deps)
    chat = contact.conversation

    async def post() -> str:
        activity_id = await deps.messenger.show(chat, access)
        await show.keep(invite.id, chat, activity_id, show.GUEST, deps)
        return ""

    return await climb(_message(invite, occasion), Rung.CARD, post, deps)


async def _by_mention(invite: Invite, occasion: str, access: GuestAccess, deps: Deps) -> bool:
    try:
        found = await deps.messenger.shared_team(invite.guest_id)
    except UsherError as error:
        return await skip(_message(invite, occasion), Rung.MENTION, error.code, error.explanation, deps)
    if found is None:
        text = "The guest shares no team with Usher."
        return await skip(_message(invite, occasion), Rung.MENTION, "no_team", text, deps)
    channel, teams_id = found

    async def post() -> str:
        await deps.messenger.show(channel, Mentioned(teams_id, access.name or invite.wish.address, access.language))
        return ""

    return await climb(_message(invite, occasion), Rung.MENTION, post, deps)


async def _by_mail(invite: Invite, occasion: str, access: GuestAccess, deps: Deps) -> bool:
    if not deps.mail_from:
        text = "Mail is off: USHER_MAIL_FROM is not set."
        return await skip(_message(invite, occasion), Rung.MAIL, "mail_off", text, deps)
    # Written before the try begins, so that little can happen between the claim and the sending.
    letter = deps.letters.invitation(access)

    async def send() -> str:
        await deps.directory.send_mail(
            deps.mail_from, invite.wish.address, subject=letter.subject, text=letter.text, html=letter.html
        )
        return ""

    return await climb(_message(invite, occasion), Rung.MAIL, send, deps)


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
