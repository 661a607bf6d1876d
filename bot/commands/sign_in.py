"""`sign in` and `sign out`: whether Usher may act in somebody's own name, where Entra lets nobody else decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.outcomes import GoingOn, Outcome, Press, Said, Tone
from bot.domain.sign_in import KeptTurn

_AGAIN = "sign-in.again"


def _verb(words: str, value: Value) -> str:
    return text_of(value, "verb", most=60)


async def _sign_in(verb: str, ask: Ask) -> Outcome:
    if verb == _AGAIN:
        return await _go_on(ask)
    await ask.deps.themselves.check(ask.person.id)
    text = "Where only you may decide, as in approvals, I act in your own name. Type sign out to end that."
    return Said("You are signed in", text, Tone.GOOD)


async def _go_on(ask: Ask) -> Outcome:
    """What waits is tried again, as after a sign-in."""
    waiting = await ask.deps.kept_turns.of(ask.person.id)
    if all(one.is_late(ask.now) for one in waiting):
        text = "What you wanted then is too long ago. Say or press it again if you still want it."
        return Said("Nothing waits any more", text)
    said = Said("I am trying again", "What comes of it follows here.", Tone.WORKING)
    return GoingOn(said, ask.person.id, ask.turn.key)


async def _sign_out(_: str, ask: Ask) -> Outcome:
    await stop_waiting(ask)
    if not await ask.deps.sign_in_service.sign_out(ask.person.id):
        return Said("You were not signed in", "I cannot do anything in your own name. Nothing was changed.")
    await ask.record("sign out", ask.person.id, result="done")
    text = "I can do nothing in your own name any more. When it is needed again, I ask you to sign in."
    return Said("You are signed out", text, Tone.GOOD, presses=(Press("Sign in again", "sign in"),))


async def stop_waiting(ask: Ask) -> bool:
    """Nothing goes on any more once this person signs in, and the question says so; False when nothing waited.

    The same when the turn is answered once more: a slow answer inside the turn is given up and begun anew as a job.
    """
    slot = f"stopped:{ask.turn.key}"
    waiting = await ask.deps.kept_turns.of(ask.person.id)
    if not waiting:
        return bool(await ask.deps.ledger.slot(slot))
    await ask.deps.ledger.keep_slot(slot, "stopped")
    await _close(waiting, ask.turn.key, ask)
    dropped = [await ask.deps.kept_turns.drop(kept) for kept in waiting]
    # Of a question that came on screen only now, nobody knew where it stands when its end was said.
    late = [last for kept, last in zip(waiting, dropped, strict=True) if last and last.card != kept.card]
    await _close(late, f"{ask.turn.key}:late", ask)
    return True


async def _close(kept: Sequence[KeptTurn], key: str, ask: Ask) -> None:
    cards = [{"chat": asdict(one.chat), "card": one.card} for one in kept if one.chat is not None and one.card]
    if cards:
        await ask.deps.jobs.start("sign-in-over", key, {"cards": cards})


SIGN_IN = Command(
    name="sign in",
    usage="sign in",
    summary="let me act in your own name, where only you may decide",
    parse=_verb,
    run=_sign_in,
    aliases=("signin", "login", "log in"),
    verbs=(_AGAIN,),
    redraws=(_AGAIN,),
    for_guests=True,
)
SIGN_OUT = Command(
    name="sign out",
    usage="sign out",
    summary="end that I may act in your own name",
    parse=_verb,
    run=_sign_out,
    aliases=("signout", "logout", "log out", "sign off"),
    for_guests=True,
)
