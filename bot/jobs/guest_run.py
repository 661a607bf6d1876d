"""Do one act on many guests, guest by guest, on a card that shows how far it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

from bot.domain.guest_runs import GuestRun, Item, ItemState, RunKind
from bot.errors import UsherError
from bot.jobs import guest_acts, guest_run_cards, in_place, leavers, sponsor_told
from bot.ports import Deps

NAME = "guest run"
_STEPS = 10
"""How often the card changes on the way, at most: Teams counts edits."""


async def guest_run(payload: dict[str, Any], deps: Deps) -> None:
    """Every guest of the run is settled. A process that dies goes on with those who are not.

    `payload`: {"run": id, "round": which time it was begun}. Raises Transient to be run again.
    """
    run = await deps.guest_runs.run(str(payload["run"]))
    if run is None or run.round != payload["round"]:
        return
    left = [one for one in run.items if not one.is_over]
    if left:
        seen = await guest_acts.look(run, left, deps)
        every = max(1, len(left) // _STEPS)
        for number, item in enumerate(left, 1):
            await _settle(run, await guest_acts.settle(run, item, seen, deps), deps)
            if number % every == 0:
                await guest_run_cards.refresh(run.id, deps)
    await _finish(run.id, deps)


async def fail(payload: dict[str, Any], error: UsherError, deps: Deps) -> None:
    """Those who are not settled stay as they are, and the card says why."""
    run = await deps.guest_runs.run(str(payload["run"]))
    if run is None or run.round != payload["round"]:
        return
    for item in run.items:
        if not item.is_over:
            await _settle(run, item.settled(ItemState.FAILED, deps.clock.now(), error.explanation), deps)
    await _finish(run.id, deps)


async def _settle(run: GuestRun, item: Item, deps: Deps) -> None:
    """Recorded first: an entry that stands there already is not written twice."""
    ways = f"from {run.giver_name or 'nobody'} to {run.taker_name or 'nobody'}"
    about = [ways if run.kind is RunKind.HANDOVER else "", item.note]
    await deps.ledger.record(
        actor=run.by_id,
        act=run.act,
        target=item.address or item.guest_id,
        result=item.state.value,
        key=run.key,
        at=deps.clock.now(),
        detail=": ".join(filter(None, about)),
    )

    def over(stored: GuestRun) -> GuestRun:
        now = stored.item(item.guest_id)
        return stored.with_item(replace(item, kept=now.kept if now else item.kept))

    await deps.guest_runs.amend(run.id, over)


async def _finish(run_id: str, deps: Deps) -> None:
    """Marked, then told and shown: each may happen twice without harm, and no chat waits for another."""
    now = deps.clock.now()
    run = await deps.guest_runs.amend(run_id, lambda one: replace(one, settled_at=one.settled_at or now))
    if run.undoes:
        await _took_back(run, deps)
    if run.kind is RunKind.HANDOVER:
        await leavers.follow(run, deps)

    async def tell() -> None:
        if run.is_to_be_told:
            told, count = await sponsor_told.tell(run, deps), len(run.done)
            await deps.guest_runs.amend(run_id, lambda one: replace(one, told=told, told_of=count))

    due: list[Callable[[], Awaitable[None]]] = [tell]
    due += [partial(guest_run_cards.refresh, one, deps) for one in (run.undoes, run_id) if one]
    await in_place.each(due, lambda act: act())


async def _took_back(undo: GuestRun, deps: Deps) -> None:
    """The run that was taken back, or a part of it, says so and by whom."""
    returned = {one.guest_id for one in undo.done}

    def taken_back(run: GuestRun) -> GuestRun:
        for item in run.done:
            if item.guest_id in returned:
                note = f"Taken back by {undo.by_name}."
                run = run.with_item(replace(item, state=ItemState.SKIPPED, note=note))
        return replace(run, undone_by=undo.by_name) if returned and not run.done else run

    await deps.guest_runs.amend(undo.undoes, taken_back)
