"""Somebody has to sign in before what they want can be done: ask them, keep it meanwhile, and go on with it."""

from __future__ import annotations

import logging
from typing import Any

from bot.domain.outcomes import Outcome, Press, Said, Tone, Working
from bot.domain.sign_in import MOST_ROUNDS, KeptTurn, kept_id, slot_of
from bot.domain.turns import Conversation, Place, Turn
from bot.errors import SignInNeeded, Unreachable, UsherError, Why
from bot.ports import Deps

log = logging.getLogger(__name__)

NAME = "signed-in"
OVER = "sign-in-over"


async def ask(turn: Turn, need: SignInNeeded, deps: Deps, *, rounds: int, covered: bool) -> Outcome | None:
    """What the place where it was asked is to show; None when nothing has to change there.

    What is wanted is kept, and goes on by itself once the person has signed in. `rounds`: how often they have signed in
    for it already. `covered`: something stands there that has to give way. Running twice asks again and keeps it once.
    """
    log.info("sign-in needed", extra={"why": need.why.value, "code": need.code, "rounds": rounds})
    if need.why is Why.OFF:
        return _off(deps)
    kept = KeptTurn(kept_id(turn), turn.caller.id, turn, deps.clock.now(), rounds)
    if need.why is Why.CONSENT:
        await deps.kept_turns.keep(kept)
        return _consent(need, deps)
    if rounds >= MOST_ROUNDS:
        return _in_vain(need)
    try:
        await _offer(kept, need.why, deps)
    except SignInNeeded:
        return _off(deps)
    except Unreachable:
        return Said("Please open a chat with me first", _NO_CHAT, Tone.WARNING)
    if turn.conversation.place is not Place.PERSONAL:
        return Working("Let us go on in our 1:1 chat: there you sign in, so that this is done in your own name.")
    return _WAITING if covered else None


async def _offer(kept: KeptTurn, why: Why, deps: Deps) -> None:
    """One sign-in card stands in the 1:1 chat, the newest; earlier ones say so."""
    turn = kept.turn
    personal = turn.conversation.place is Place.PERSONAL
    chat = turn.conversation if personal else await deps.messenger.open_chat(kept.person_id)
    silent = why is Why.SIGN_IN and not kept.rounds
    if not silent:
        # The service would hand out the same sign-in again instead of asking the person.
        await deps.sign_in_service.sign_out(kept.person_id)
    question = await deps.sign_in_service.offer(chat, _text(turn, why), silent=silent)
    earlier = await deps.kept_turns.of(kept.person_id)
    await deps.kept_turns.keep(kept)
    card = await deps.messenger.show(chat, question)
    if not await deps.kept_turns.show(kept.id, chat, card):
        # It was answered or cancelled before we knew where the question stands.
        await _edit(chat, card, _ANSWERED, deps)
    for one in earlier:
        if one.chat is not None and one.card:
            await _edit(one.chat, one.card, _MOVED, deps)


async def go_on(payload: dict[str, Any], deps: Deps) -> None:
    """What waited for this person's sign-in is done. `payload`: person, trigger (one sign-in).

    Running twice does nothing twice: each turn goes on once for each sign-in.
    """
    person_id, trigger = str(payload["person"]), str(payload["trigger"])
    slot = slot_of(trigger)
    waiting = await deps.kept_turns.of(person_id)
    if waiting:
        # Said before anything is dropped: a second run that finds nothing must not take it for too late.
        await deps.ledger.keep_slot(slot, "went on")
    for kept in waiting:
        late = kept.is_late(deps.clock.now())
        if not late:
            again = {**kept.turn.to_json(), "rounds": kept.rounds + 1}
            await deps.jobs.start("answer", f"{kept.turn.key}:{trigger}", again)
        words = _LATE if late else _SIGNED_IN
        if kept.chat is not None and kept.card:
            await _edit(kept.chat, kept.card, words, deps)
        last = await deps.kept_turns.drop(kept)
        if last and last.chat is not None and last.card and last.card != kept.card:
            # Teams exchanged the token before it was known where the question stands.
            await _edit(last.chat, last.card, words, deps)
    await deps.ledger.record(
        actor=person_id, act="sign in", target=person_id, result="done", key=trigger, at=deps.clock.now()
    )
    if not waiting:
        await _say(person_id, slot, _LATE, deps)


async def close(payload: dict[str, Any], deps: Deps) -> None:
    """The sign-in cards in `payload` ("cards": chat and card) say that nothing waits for them any more."""
    for one in payload["cards"]:
        chat = one["chat"]
        await _edit(Conversation(chat["id"], Place(chat["place"]), chat["reference"]), one["card"], _OVER, deps)


async def _say(person_id: str, slot: str, words: Said, deps: Deps) -> None:
    if await deps.ledger.slot(slot):
        return
    try:
        chat = await deps.messenger.open_chat(person_id)
        await deps.ledger.keep_slot(slot, await deps.messenger.show(chat, words))
    except Unreachable as error:
        log.info("signed in, not told", extra={"code": error.code})


async def _edit(chat: Conversation, card: str, words: Said, deps: Deps) -> None:
    """A courtesy: what it speaks of goes on without it."""
    try:
        await deps.messenger.show(chat, words, replacing=card)
    except UsherError as error:
        log.info("sign-in card not edited", extra={"code": error.code})


def _text(turn: Turn, why: Why) -> str:
    name = f", {turn.caller.name}," if turn.caller.name else ""
    if why is Why.OTHER_ACCOUNT:
        return (
            f"You signed in with another account. Sign in with the one you use in this chat{name} "
            "and I go on by myself. If a page shows you a code, type it here."
        )
    return (
        "This is done in your own name, so please sign in once; then I go on by myself. "
        "If a page shows you a code, type it here."
    )


def _off(deps: Deps) -> Said:
    text = (
        "This is done in your own name, and signing in to Usher is not set up in this organisation. "
        "You can do it in My Access. Nothing was changed."
    )
    return Said("Please do this in My Access", text, presses=(Press("Open My Access", url=deps.links.myaccess),))


def _consent(need: SignInNeeded, deps: Deps) -> Said:
    return Said(
        "An administrator has to agree first",
        "To do this in your own name, Usher needs your organisation's permission to act for signed-in people. A Global "
        "Administrator opens the link once and accepts. Then press Try again. Nothing was changed.",
        Tone.WARNING,
        facts=(("Link for the administrator", deps.links.consent), ("Code", need.code or "consent_required")),
        presses=(Press("Try again", "sign-in.again"), Press("Open the link", url=deps.links.consent)),
    )


def _in_vain(need: SignInNeeded) -> Said:
    if need.why is Why.OTHER_ACCOUNT:
        text = (
            "You signed in twice with another account than the one you use in this chat. Sign out of the other one in "
            "your browser, then repeat what you wanted. Nothing was changed."
        )
    else:
        text = (
            "You have signed in, but Microsoft Entra asks for more than this sign-in proves, perhaps a managed device "
            "or another factor. Ask your administrators about Conditional Access, with this code. Nothing was changed."
        )
    facts = (("Code", need.code),) if need.code else ()
    return Said("Signing in did not help", text, Tone.BAD, facts=facts)


_WAITING = Said("One step first", "Please sign in below; then I go on here by myself.", Tone.WORKING)
_SIGNED_IN = Said("You are signed in", "I go on with what you wanted.", Tone.GOOD)
_LATE = Said(
    "You are signed in",
    "What you wanted then is too long ago for me to go on by myself. Say or press it again if you still want it.",
    Tone.GOOD,
)
_OVER = Said("No sign-in is needed any more", "What it was for was cancelled. Nothing was done.")
_ANSWERED = Said("No sign-in is needed any more", "This question was answered or cancelled meanwhile.")
_MOVED = Said("The sign-in moved down", "Please use the newest card.", Tone.INFO)
_NO_CHAT = (
    "This is done in your own name, and for that you sign in in our 1:1 chat. Open a chat with me (add the app Usher), "
    "then press or say it there again. Nothing was changed."
)
