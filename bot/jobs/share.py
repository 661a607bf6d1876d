"""Send the request link of a package to people, and say on the sender's card what was sent to whom."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from bot.domain.delivery import Delivery, Reach, Receipt, Rung
from bot.domain.outcomes import PackageShared, Recipient, Sharing
from bot.domain.turns import Conversation, Place
from bot.errors import Unreachable
from bot.jobs import climb
from bot.jobs.climb import Message
from bot.ports import Deps

NAME = "share"
OCCASION = "shared link"


async def begin(sharing: Sharing, conversation: Conversation, card: str, deps: Deps) -> None:
    """The links are on their way, once for this occasion; the card with this activity id will say how it went."""
    payload = {"sharing": asdict(sharing), "conversation": asdict(conversation), "card": card}
    await deps.jobs.start(NAME, sharing.key, payload)


async def share(payload: dict[str, Any], deps: Deps) -> None:
    """Everybody in `payload["sharing"]` has been sent the link, as far as they can be reached, each once.

    `payload`: as `begin` wrote it. Raises Transient to be run again; who was reached is not written to again.
    """
    sharing = _sharing(payload["sharing"])
    told = [await _tell(one, sharing, deps) for one in sharing.recipients]
    await _show(payload, replace(sharing, recipients=tuple(told)), deps)


async def fail(payload: dict[str, Any], deps: Deps) -> None:
    """The sender's card says who was reached before Usher gave up."""
    sharing = _sharing(payload["sharing"])
    told = [await _reported(one, _message(one, sharing), deps) for one in sharing.recipients]
    await _show(payload, replace(sharing, recipients=tuple(told)), deps)


async def _show(payload: dict[str, Any], sharing: Sharing, deps: Deps) -> None:
    talk = payload["conversation"]
    chat = Conversation(talk["id"], Place(talk["place"]), talk["reference"])
    try:
        await deps.messenger.show(chat, sharing, replacing=str(payload["card"]))
    except Unreachable:
        return


def _message(recipient: Recipient, sharing: Sharing) -> Message:
    about = f"{sharing.key}:{recipient.address}"
    return Message(about, recipient.address, OCCASION, key=sharing.key, package=sharing.package_id)


def _sharing(data: dict[str, Any]) -> Sharing:
    people = [{**one, "mail": Delivery(one["mail"]), "chat": Delivery(one["chat"])} for one in data["recipients"]]
    return Sharing(**{**data, "recipients": tuple(Recipient(**one) for one in people)})


async def _tell(recipient: Recipient, sharing: Sharing, deps: Deps) -> Recipient:
    message = _message(recipient, sharing)
    contact = await deps.ledger.contact(recipient.person_id) if recipient.person_id else None
    tenant = await deps.directory.tenant()
    shared = PackageShared(
        sharing.package_name,
        sharing.link,
        tenant.name,
        sharing.sender_name,
        recipient.name,
        sharing.note,
        contact.locale if contact else "en",
    )
    await _mail(message, shared, deps)
    if contact is None or contact.conversation is None or contact.reach not in (Reach.OK, Reach.UNKNOWN):
        text = "They have no chat with Usher." if contact is None else "Teams does not let Usher write to them."
        await climb.skip(message, Rung.CARD, "no_chat", text, deps)
    else:
        await _card(message, shared, contact.conversation, deps)
    return await _reported(recipient, message, deps)


async def _mail(message: Message, shared: PackageShared, deps: Deps) -> None:
    if not deps.mail_from:
        await climb.skip(message, Rung.MAIL, "mail_off", "Mail is off: USHER_MAIL_FROM is not set.", deps)
        return
    letter = deps.letters.sharing(shared)

    async def send() -> str:
        await deps.directory.send_mail(
            deps.mail_from, message.address, subject=letter.subject, text=letter.text, html=letter.html
        )
        return ""

    await climb.climb(message, Rung.MAIL, send, deps)


async def _card(message: Message, shared: PackageShared, chat: Conversation, deps: Deps) -> None:
    async def post() -> str:
        await deps.messenger.show(chat, shared)
        return ""

    await climb.climb(message, Rung.CARD, post, deps)


async def _reported(recipient: Recipient, message: Message, deps: Deps) -> Recipient:
    mail = await climb.last(message, Rung.MAIL, deps)
    chat = await climb.last(message, Rung.CARD, deps)
    return replace(
        recipient,
        mail=mail.state if mail else Delivery.UNKNOWN,
        mail_detail=_why(mail),
        chat=chat.state if chat else Delivery.UNKNOWN,
        chat_detail=_why(chat),
    )


def _why(receipt: Receipt | None) -> str:
    return receipt.detail if receipt and receipt.state is not Delivery.SENT else ""
