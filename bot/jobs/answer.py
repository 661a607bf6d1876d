"""Answer a turn: run its command, show progress when it takes a while, and keep the live card up to date."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import Any

from bot.commands import dispatch
from bot.domain.outcomes import (
    ApprovalShown,
    BuildNote,
    BuildOverview,
    BuildProgress,
    CampaignShown,
    DeletionProgress,
    Extending,
    ExtensionAsked,
    GoingOn,
    KeepAccess,
    Live,
    Outcome,
    ReviewCard,
    RunShown,
    Said,
    Sharing,
    Tone,
    Working,
)
from bot.domain.turns import Turn
from bot.errors import SignInNeeded, Transient, Unreachable, UsherError
from bot.jobs import (
    approval_cards,
    ask_cards,
    build_cards,
    end_cards,
    follow_file,
    guest_run_cards,
    review_cards,
    share,
    show,
    sign_in,
)
from bot.ports import Deps

log = logging.getLogger(__name__)

NAME = "answer"
PATIENCE_SECONDS = 0.6
"""After this long without an answer the person sees that Usher is at work."""


async def answer(payload: dict[str, Any], deps: Deps) -> None:
    """The turn in `payload` is answered in its chat. Running twice edits the same card.

    `rounds` in `payload`: how often the person has signed in for it. Raises Transient when Microsoft 365 does not
    answer; the person has been told that Usher goes on trying.
    """
    turn = _place(Turn.from_json(payload))
    progress = _Progress(turn, deps)
    try:
        outcome = await _with_progress(turn, progress, deps)
    except Transient:
        await progress.say(_WAIT)
        raise
    except SignInNeeded as need:
        await _ask_to_sign_in(turn, need, progress, int(payload.get("rounds") or 0), deps)
        return
    except UsherError as error:
        outcome = dispatch.explain(error)
    await settle(turn, outcome, deps)


def _place(turn: Turn) -> Turn:
    """What only looks at something gets a card of its own; the pressed card stays as it is."""
    found = dispatch.find(turn)
    if isinstance(found, Said) or found.replaces or not turn.card:
        return turn
    return replace(turn, card="")


class _Progress:
    """What the person sees while their turn is worked on. `shown`: it stands where the answer will."""

    def __init__(self, turn: Turn, deps: Deps) -> None:
        self._turn = turn
        self._deps = deps
        self.shown = False

    async def say(self, outcome: Outcome) -> None:
        """A courtesy: a Teams that refuses it must not end the work it speaks of."""
        try:
            self.shown = await self._deps.messenger.progress(self._turn, outcome) or self.shown
        except UsherError as error:
            log.info("progress not shown", extra={"code": error.code})


async def _with_progress(turn: Turn, progress: _Progress, deps: Deps) -> Outcome:
    work = asyncio.ensure_future(dispatch.answer(turn, deps))
    try:
        done, _ = await asyncio.wait({work}, timeout=PATIENCE_SECONDS)
        if not done:
            await progress.say(Working("One moment, I am looking …"))
        return await work
    finally:
        work.cancel()


async def _ask_to_sign_in(turn: Turn, need: SignInNeeded, progress: _Progress, rounds: int, deps: Deps) -> None:
    """A pressed card keeps its buttons, unless progress covered it already: then it holds what can be pressed next."""
    try:
        outcome = await sign_in.ask(turn, need, deps, rounds=rounds, covered=progress.shown)
    except Transient:
        await progress.say(_WAIT)
        raise
    except UsherError as error:
        outcome = dispatch.explain(error)
    if outcome is not None:
        await settle(turn if progress.shown else replace(turn, card=""), outcome, deps)


_WAIT = Said(
    "Microsoft 365 does not answer just now",
    "I keep trying; this card changes when I am through. You need not type it again.",
    Tone.WORKING,
)


async def settle(turn: Turn, outcome: Outcome, deps: Deps) -> None:
    """The outcome stands in the chat; cards among it that show something under way are kept up to date from now on."""
    try:
        shown = await deps.messenger.settle(turn, outcome)
    except Unreachable:
        # Who asked cannot be written to any more: what was started goes on, there is nobody to tell.
        return
    for one, conversation, activity_id in shown:
        if isinstance(one, Live):
            await show.keep(one.invite.id, conversation, activity_id, show.ADMIN, deps)
        elif isinstance(one, BuildProgress | DeletionProgress):
            await build_cards.keep(one.build_id, conversation, activity_id, deps)
        elif isinstance(one, BuildNote):
            await build_cards.keep_note(one.build_id, conversation, activity_id, deps)
        elif isinstance(one, BuildOverview):
            await follow_file.keep(one, conversation, activity_id, deps)
        elif isinstance(one, Extending):
            await end_cards.keep(one.change.id, conversation, activity_id, deps)
        elif isinstance(one, ExtensionAsked):
            await ask_cards.keep(one.ask.id, conversation, activity_id, ask_cards.DECIDER, deps)
        elif isinstance(one, KeepAccess) and one.ask_id:
            await ask_cards.keep(one.ask_id, conversation, activity_id, ask_cards.GUEST, deps)
        elif isinstance(one, RunShown):
            await guest_run_cards.keep(one.run.id, conversation, activity_id, deps)
        elif isinstance(one, ApprovalShown):
            await approval_cards.keep(one, turn.caller.id, conversation, activity_id, deps)
        elif isinstance(one, CampaignShown | ReviewCard):
            await review_cards.keep(one, conversation, activity_id, deps)
        elif isinstance(one, Sharing):
            await share.begin(one, conversation, activity_id, deps)
        elif isinstance(one, GoingOn):
            await deps.jobs.start(sign_in.NAME, one.trigger, {"person": one.person_id, "trigger": one.trigger})
