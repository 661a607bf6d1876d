"""A guest extends an access with their own token, where its policy lets people do so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.commands import ending
from bot.commands.command import Ask
from bot.commands.extending import Holding
from bot.domain.access import Assignment
from bot.domain.end_changes import ChangeState, EndChange, is_same
from bot.domain.extension_asks import ExtensionAsk, ask_of
from bot.errors import AlreadyThere, SignInNeeded, Transient, UsherError


async def begin(found: Holding, ends_at: datetime, question: ExtensionAsk, ask: Ask) -> None:
    """A request in the guest's own name is under way, once, and is followed until they can be told how it ended.

    Raises SignInNeeded before anything is remembered, so that the press can be repeated, and what Entra refused once it is
    remembered that nothing is under way.
    """
    await ask.deps.themselves.check(ask.person.id)
    change = await ending.claim(found, ends_at, ask, own=True)
    if change.by_id == ask.person.id and not (change.is_over or change.request_id):
        try:
            change = await _ask_for_it(change, question, ask)
        except (SignInNeeded, Transient):
            raise
        except UsherError as refused:
            await _give_up(change, question, refused, ask)
            raise
    await ending.go_on(change, ask)


async def _give_up(change: EndChange, question: ExtensionAsk, refused: UsherError, ask: Ask) -> None:
    """Nothing is under way: the guest, or somebody else, may ask anew. The press itself says what Entra refused."""
    now, why = ask.now, refused.explanation
    await ask.record(change.act, change.address, result="refused", detail=why, package=change.package_id)
    await ask.deps.extension_asks.amend(question.id, lambda one: one.let_end("", "", now))
    await ask.deps.end_changes.amend(change.id, lambda one: one.settled(ChangeState.FAILED, now, reason=why))


async def moved_by(chosen: Assignment, ask: Ask) -> ExtensionAsk | None:
    """What this very turn asked for before its answer was lost, once Entra has moved the end; its job goes on."""
    change = await ask.deps.end_changes.begun_by(ask.turn.key)
    if change is None or chosen.id != change.assignment_id or is_same(chosen.ends_at, change.old_end):
        return None
    await ending.go_on(change, ask)
    return await ask.deps.extension_asks.ask(ask_of(change.id))


async def _ask_for_it(change: EndChange, question: ExtensionAsk, ask: Ask) -> EndChange:
    try:
        request_id = await ask.deps.themselves.extend_own(
            ask.person.id, change.assignment_id, now=ask.now, ends_at=change.new_end, reason=question.reason
        )
    except AlreadyThere:
        # Perhaps our own, whose answer was lost: the job looks.
        request_id = ""
    now = ask.now
    return await ask.deps.end_changes.amend(change.id, lambda one: replace(one, request_id=request_id, asked_at=now))
