"""The rungs of the delivery ladder that every message climbs alike: 1:1 card, mention in a shared team, e-mail."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.domain.delivery import Contact, Reach, Rung
from bot.domain.outcomes import Mentioned
from bot.domain.turns import Conversation
from bot.errors import UsherError
from bot.jobs.climb import Message, climb, skip
from bot.ports import Deps, Letter

Post = Callable[[Conversation], Awaitable[None]]
"""Puts the card of a message into a chat."""


async def by_card(message: Message, contact: Contact | None, post: Post, deps: Deps) -> bool:
    """The card stands in the 1:1 chat, where one exists. Says whether it does. Raises Transient."""
    if contact is None or contact.conversation is None:
        return await skip(message, Rung.CARD, "no_chat", "The guest has no chat with Usher yet.", deps)
    if contact.reach not in (Reach.OK, Reach.UNKNOWN):
        return await skip(message, Rung.CARD, contact.code, "Teams refused the last message.", deps)
    chat = contact.conversation

    async def posted() -> str:
        await post(chat)
        return ""

    return await climb(message, Rung.CARD, posted, deps)


async def by_mention(message: Message, person_id: str, name: str, language: str, deps: Deps) -> bool:
    """They are mentioned in a team they share with Usher, where one exists; nothing personal is said there."""
    try:
        found = await deps.messenger.shared_team(person_id)
    except UsherError as error:
        return await skip(message, Rung.MENTION, error.code, error.explanation, deps)
    if found is None:
        return await skip(message, Rung.MENTION, "no_team", "The guest shares no team with Usher.", deps)
    channel, teams_id = found

    async def posted() -> str:
        await deps.messenger.show(channel, Mentioned(teams_id, name, language))
        return ""

    return await climb(message, Rung.MENTION, posted, deps)


async def by_mail(message: Message, write: Callable[[], Letter], deps: Deps) -> bool:
    """The letter is on its way, where mail is on and they have an address. It is written before the try begins, so that little can happen
    between the claim and the sending.
    """
    if not deps.mail_from:
        return await skip(message, Rung.MAIL, "mail_off", "Mail is off: USHER_MAIL_FROM is not set.", deps)
    if not message.address:
        return await skip(message, Rung.MAIL, "no_address", "They have no address.", deps)
    letter = write()

    async def sent() -> str:
        await deps.directory.send_mail(
            deps.mail_from, message.address, subject=letter.subject, text=letter.text, html=letter.html
        )
        return ""

    return await climb(message, Rung.MAIL, sent, deps)
