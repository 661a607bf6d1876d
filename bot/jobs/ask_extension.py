"""Ask those who decide whether a guest keeps an access: a card each, and a mail to whom Teams does not reach."""

from __future__ import annotations

from functools import partial
from typing import Any

from bot.domain.delivery import Rung
from bot.domain.extension_asks import Asked, AskState, ExtensionAsk
from bot.domain.outcomes import ExtensionAsked
from bot.jobs import ask_cards, in_place, rungs
from bot.jobs.climb import Message, climb
from bot.ports import Deps

NAME = "ask_extension"
OCCASION = "asked to keep access"


async def ask_extension(payload: dict[str, Any], deps: Deps) -> None:
    """Everybody who was to be asked was, each once. `payload`: {"ask": id}. Raises Transient to be run again."""
    question = await deps.extension_asks.ask(str(payload["ask"]))
    if question is None or question.state is not AskState.ASKED:
        return
    await in_place.each(question.asked, lambda one: _ask(one, question, deps))


async def _ask(one: Asked, question: ExtensionAsk, deps: Deps) -> None:
    message = Message(f"{question.id}:{one.id}", one.address, OCCASION, question.key, question.package_id)
    if not (await _by_card(one, question, message, deps) or await _stands(one, question, deps)):
        await rungs.by_mail(message, partial(deps.letters.extension_asked, question, one.name), deps)


async def _stands(one: Asked, question: ExtensionAsk, deps: Deps) -> bool:
    """Whether the card is there though the try that put it there was cut off. Where that is not known they get a mail, too:
    a question that is asked twice is better than one that nobody is asked.
    """
    contact = await deps.ledger.contact(one.id)
    chat = contact.conversation if contact else None
    return chat is not None and any(card.conversation.id == chat.id for card in await deps.ledger.cards(question.id))


async def _by_card(one: Asked, question: ExtensionAsk, message: Message, deps: Deps) -> bool:
    async def post() -> str:
        chat = await deps.messenger.open_chat(one.id)
        zone = await deps.ledger.time_zone_in(chat.id)
        shown = ExtensionAsked(question, zone or "UTC")
        activity_id = await deps.messenger.show(chat, shown)
        await ask_cards.keep(question.id, chat, activity_id, ask_cards.DECIDER, deps, shown=shown)
        return ""

    return await climb(message, Rung.CARD, post, deps)
