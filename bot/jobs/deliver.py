"""Tell a guest: climb the delivery ladder and keep a receipt for every try."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.commands import views
from bot.commands.link import paste
from bot.domain.delivery import Contact, Delivery, Reach, Receipt, Rung
from bot.domain.invites import Invite
from bot.domain.outcomes import GuestAccess, Mentioned
from bot.errors import Ambiguous, Transient, UsherError
from bot.jobs import show
from bot.ports import Deps

NAME = "deliver"
INVITATION = "invitation"
MOST_TRIES = 6

Try = Callable[[], Awaitable[str]]
"""Makes one try; returns a detail for the receipt."""


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
        return await _skip(invite, occasion, Rung.CARD, "no_chat", "The guest has no chat with Usher yet.", deps)
    if contact.reach not in (Reach.OK, Reach.UNKNOWN):
        return await _skip(invite, occasion, Rung.CARD, contact.code, "Teams refused the last message.", deps)
    chat = contact.conversation

    async def post() -> str:
        activity_id = await deps.messenger.show(chat, access)
        await show.keep(invite.id, chat, activity_id, show.GUEST, deps)
        return ""

    return await _climb(invite, occasion, Rung.CARD, post, deps)


async def _by_mention(invite: Invite, occasion: str, access: GuestAccess, deps: Deps) -> bool:
    try:
        found = await deps.messenger.shared_team(invite.guest_id)
    except UsherError as error:
        return await _skip(invite, occasion, Rung.MENTION, error.code, error.explanation, deps)
    if found is None:
        text = "The guest shares no team with Usher."
        return await _skip(invite, occasion, Rung.MENTION, "no_team", text, deps)
    channel, teams_id = found

    async def post() -> str:
        await deps.messenger.show(channel, Mentioned(teams_id, access.name or invite.wish.address, access.language))
        return ""

    return await _climb(invite, occasion, Rung.MENTION, post, deps)


async def _by_mail(invite: Invite, occasion: str, access: GuestAccess, deps: Deps) -> bool:
    if not deps.mail_from:
        text = "Mail is off: USHER_MAIL_FROM is not set."
        return await _skip(invite, occasion, Rung.MAIL, "mail_off", text, deps)
    # Written before the try begins, so that little can happen between the claim and the sending.
    letter = deps.letters.invitation(access)

    async def send() -> str:
        await deps.directory.send_mail(
            deps.mail_from, invite.wish.address, subject=letter.subject, text=letter.text, html=letter.html
        )
        return ""

    return await _climb(invite, occasion, Rung.MAIL, send, deps)


async def _by_inviter(invite: Invite, occasion: str, access: GuestAccess, deps: Deps) -> None:
    link = access.packages[0].link if access.packages else await views.link_of("", deps)
    text = paste(invite.wish.address, invite.wish.package_name, link)

    async def post() -> str:
        chat = await deps.messenger.open_chat(invite.asked_by)
        await deps.messenger.show(chat, text)
        return ""

    await _climb(invite, occasion, Rung.INVITER, post, deps)


async def _climb(invite: Invite, occasion: str, rung: Rung, make: Try, deps: Deps) -> bool:
    """One more try on this rung, unless one went through; False when it cannot be reached.

    A try that was begun and never settled may have gone out: it is marked unclear and not repeated by
    itself, because two messages are worse than a question.
    """
    for number in range(1, MOST_TRIES + 1):
        key = f"{invite.id}:{occasion}:{rung}:{number}"
        now = deps.clock.now()
        if await deps.ledger.begin(Receipt(key, invite.id, invite.wish.address, rung, occasion, Delivery.SENDING, now)):
            return await _make(key, make, deps)
        before = await deps.ledger.receipt(key)
        if before is None or before.state is Delivery.SENDING:
            text = "Usher was interrupted while sending."
            await deps.ledger.settle_receipt(key, Delivery.UNKNOWN, code="interrupted", detail=text)
            return False
        if before.state is Delivery.SENT:
            return True
        if before.state is not Delivery.FAILED or before.code != "transient":
            return False
    return False


async def _make(key: str, make: Try, deps: Deps) -> bool:
    try:
        detail = await make()
    except Ambiguous as error:
        await deps.ledger.settle_receipt(key, Delivery.UNKNOWN, code="cut", detail=error.explanation)
        return False
    except Transient as error:
        await deps.ledger.settle_receipt(key, Delivery.FAILED, code="transient", detail=error.explanation)
        raise
    except UsherError as error:
        code = error.code or type(error).__name__
        await deps.ledger.settle_receipt(key, Delivery.FAILED, code=code, detail=error.explanation)
        return False
    await deps.ledger.settle_receipt(key, Delivery.SENT, code="", detail=detail)
    return True


async def _skip(invite: Invite, occasion: str, rung: Rung, code: str, detail: str, deps: Deps) -> bool:
    """A receipt that says why this rung was not tried."""
    key = f"{invite.id}:{occasion}:{rung}:skipped"
    now = deps.clock.now()
    await deps.ledger.begin(
        Receipt(key, invite.id, invite.wish.address, rung, occasion, Delivery.SKIPPED, now, code, detail)
    )
    return False
