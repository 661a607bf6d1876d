"""Tell a guest who asked to keep an access what was decided, and show it on every card."""

from __future__ import annotations

from typing import Any

from bot.commands.extensions import own
from bot.domain.end_changes import ChangeState, EndChange
from bot.domain.extension_asks import AskState, ExtensionAsk, ask_of
from bot.domain.turns import Conversation
from bot.jobs import ask_cards, in_place, rungs
from bot.jobs.climb import Message
from bot.ports import Deps

NAME = "answer_extension"


async def follow(change: EndChange, deps: Deps) -> None:
    """The question that this change of an end answers is decided; a change that takes another back, too.

    A change that failed decides only what the guest tried themselves: whoever was asked can try again.
    """
    question = await deps.extension_asks.ask(ask_of(change.undoes or change.id))
    if question is None or (change.state is ChangeState.FAILED and not change.own):
        return
    now = change.settled_at or deps.clock.now()

    def decided(one: ExtensionAsk) -> ExtensionAsk:
        if change.state is ChangeState.FAILED:
            return one.let_end("", "", now)
        if change.undoes:
            return one.taken_back(change.by_id, change.by_name, now)
        return one.extended(change.by_id, change.by_name, change.ends_at, now)

    after = await deps.extension_asks.amend(question.id, decided)
    await deps.jobs.start(NAME, after.decision, {"ask": after.id, "decision": after.decision})


async def answer_extension(payload: dict[str, Any], deps: Deps) -> None:
    """The guest was told once, by card and mail, and every card shows it. `payload`: {"ask": id, "decision": which}.

    Raises Transient to be run again.
    """
    question = await deps.extension_asks.ask(str(payload["ask"]))
    if question is None:
        return
    if question.state is AskState.ASKED or question.decision != payload["decision"]:
        await ask_cards.refresh(question.id, deps)
        return
    await in_place.each((_refresh, _tell), lambda work: work(question, deps))


async def _refresh(question: ExtensionAsk, deps: Deps) -> None:
    await ask_cards.refresh(question.id, deps)


async def _tell(question: ExtensionAsk, deps: Deps) -> None:
    contact = await deps.ledger.contact(question.person_id)
    access = await own.shown(question, deps, contact.time_zone if contact else "")
    occasion = f"{question.state.value}-{question.decision}"
    message = Message(question.id, question.address, occasion, question.key, question.package_id)

    async def post(chat: Conversation) -> None:
        activity_id = await deps.messenger.show(chat, access)
        await ask_cards.keep(question.id, chat, activity_id, ask_cards.GUEST, deps, shown=access)

    await rungs.by_card(message, contact, post, deps)
    await rungs.by_mail(message, lambda: deps.letters.keep_access(access), deps)
