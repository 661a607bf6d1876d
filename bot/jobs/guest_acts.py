"""What a run does to one guest: look, then make, each safe to be done twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.guest_runs import GuestRun, Item, ItemState, RunKind
from bot.domain.people import Person
from bot.domain.sponsors import MOST, Sponsor
from bot.errors import NotFound, Transient, UsherError
from bot.ports import Deps

_GONE = "This account is no longer in the directory."
_NO_GUEST = "This account is no guest's any more."
_PROTECTED = {
    True: "They hold a role in Microsoft Entra: take it back there first.",
    None: "Their roles in Microsoft Entra could not be checked, so they stay as they are.",
}
_SOMEBODY_GONE = "The guest, or who was to answer for them, is no longer in the directory."


@dataclass(frozen=True, slots=True)
class Seen:
    """What Entra showed of the guests of a run, just before it goes on.

    `late`: ids of those to whom what the run takes back was done so lately that Entra may not show it yet.
    """

    sponsors: Mapping[str, tuple[Sponsor, ...]] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    roles: Mapping[str, bool | None] = field(default_factory=dict)
    late: frozenset[str] = frozenset()


async def look(run: GuestRun, items: Sequence[Item], deps: Deps) -> Seen:
    """All these guests, in a round trip for each three hundred; before they are blocked, whether they hold roles, too."""
    ids = [one.guest_id for one in items]
    before = await deps.guest_runs.run(run.undoes) if run.undoes else None
    late = before.just_done(deps.clock.now()) if before else frozenset[str]()
    if run.kind is RunKind.HANDOVER:
        return Seen(sponsors=await deps.sponsors.of(ids), late=late)
    if run.kind is RunKind.RESTORE:
        return Seen()
    known = await deps.sponsors.managers_of(ids)
    roles = {} if run.kind is RunKind.UNBLOCK else await deps.sign_ins.role_holders(ids)
    return Seen(people={guest_id: person for guest_id, (person, _) in known.items()}, roles=roles, late=late)


async def settle(run: GuestRun, item: Item, seen: Seen, deps: Deps) -> Item:
    """The guest as the run leaves them. What Entra refuses is that guest's alone; Transient is raised."""
    try:
        state, note = await _act(run, item, seen, deps)
    except Transient:
        raise
    except NotFound:
        state, note = ItemState.FAILED, _SOMEBODY_GONE if run.kind is RunKind.HANDOVER else _GONE
    except UsherError as error:
        state, note = ItemState.FAILED, error.explanation
    return item.settled(state, deps.clock.now(), note)


async def begin(run: GuestRun, item: Item, seen: Seen, deps: Deps) -> Item:
    """From now on a write may have been made. What the way back must leave as it was is kept with the guest."""
    if item.state is ItemState.BEGUN:
        return item
    held = {one.id for one in seen.sponsors.get(item.guest_id, ())}
    kept = item.kept if run.undoes else run.taker_id in held
    begun = replace(item, state=ItemState.BEGUN, kept=kept)
    await deps.guest_runs.amend(run.id, lambda one: one.with_item(begun))
    return begun


async def _act(run: GuestRun, item: Item, seen: Seen, deps: Deps) -> tuple[ItemState, str]:
    match run.kind:
        case RunKind.HANDOVER:
            return await _hand_over(run, item, seen, deps)
        case RunKind.RESTORE:
            await deps.directory.restore(item.guest_id)
            return ItemState.DONE, ""
        case RunKind.BLOCK | RunKind.UNBLOCK:
            return await _switch(run, item, seen, deps)
        case RunKind.DELETE:
            return await _delete(item, seen, run, deps)
        case RunKind.REPORT:
            return ItemState.SKIPPED, ""


async def _hand_over(run: GuestRun, item: Item, seen: Seen, deps: Deps) -> tuple[ItemState, str]:
    """Given before taken, so that somebody always answers; where five do already, there is no room for a sixth."""
    held = {one.id for one in seen.sponsors.get(item.guest_id, ())}
    if item.guest_id in seen.late:
        # As the run that is taken back left them.
        held = (held - {run.taker_id}) | ({run.giver_id} - {""})
    # Before anything is begun: a process that dies in between would give whom it was to leave out.
    if item.state is ItemState.WAITING and run.giver_id and run.giver_id not in held:
        return ItemState.SKIPPED, f"{run.giver_name} no longer answers for them."
    begun = await begin(run, item, seen, deps)
    stays = run.undoes and begun.kept
    full = len(held) >= MOST and run.giver_id in held and not stays
    if run.taker_id and run.taker_id not in held:
        if full:
            await deps.sponsors.take(item.guest_id, run.giver_id)
        await _give(run, item, full or bool(run.giver_id and run.giver_id not in held), deps)
    if run.giver_id in held and not stays:
        await deps.sponsors.take(item.guest_id, run.giver_id)
    return ItemState.DONE, ""


async def _give(run: GuestRun, item: Item, taken: bool, deps: Deps) -> None:
    """The taker answers; where that is refused after the giver was taken away, the giver does again."""
    try:
        await deps.sponsors.give(item.guest_id, run.taker_id)
    except Transient:
        raise
    except UsherError:
        if taken:
            await deps.sponsors.give(item.guest_id, run.giver_id)
        raise


async def _switch(run: GuestRun, item: Item, seen: Seen, deps: Deps) -> tuple[ItemState, str]:
    person = seen.people.get(item.guest_id)
    enabled = run.kind is RunKind.UNBLOCK
    if person is None:
        return ItemState.SKIPPED, _GONE
    if not (enabled or person.is_guest):
        return ItemState.SKIPPED, _NO_GUEST
    if person.enabled is enabled and item.state is ItemState.WAITING and item.guest_id not in seen.late:
        return ItemState.SKIPPED, "They can sign in already." if enabled else "Sign-in was blocked already."
    if not enabled and (protected := _protected(item, seen)):
        return ItemState.SKIPPED, protected
    await begin(run, item, Seen(), deps)
    await deps.directory.set_enabled(item.guest_id, enabled)
    return ItemState.DONE, ""


def _protected(item: Item, seen: Seen) -> str:
    """Why this guest must stay as they are, "" where nothing protects them: a card ticked by hand does not know roles."""
    return _PROTECTED.get(seen.roles.get(item.guest_id), "")


async def _delete(item: Item, seen: Seen, run: GuestRun, deps: Deps) -> tuple[ItemState, str]:
    """Only who is blocked: somebody who was let in again meanwhile stays."""
    person = seen.people.get(item.guest_id)
    if person is None:
        # Perhaps by this very run, before it was interrupted.
        return (ItemState.DONE, "") if item.state is ItemState.BEGUN else (ItemState.SKIPPED, _GONE)
    if not person.is_guest:
        return ItemState.SKIPPED, _NO_GUEST
    if person.enabled:
        return ItemState.SKIPPED, "They can sign in again."
    if protected := _protected(item, seen):
        return ItemState.SKIPPED, protected
    await begin(run, item, Seen(), deps)
    await deps.accounts.delete(item.guest_id)
    return ItemState.DONE, ""
