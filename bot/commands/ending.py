"""Begin a change of the end of access: claimed once, whoever presses and however often."""

from __future__ import annotations

from datetime import datetime

from bot.commands.command import Ask
from bot.commands.extending import Holding
from bot.domain.end_changes import EndChange, change_id
from bot.domain.invites import Invite
from bot.domain.outcomes import Extending
from bot.ports import Ledger

JOB = "extend"


async def begin(found: Holding, ends_at: datetime, ask: Ask, *, undoes: str = "") -> Extending:
    """The change is on its way; whoever moves the same access from the same end gets the card of the first."""
    return await go_on(await claim(found, ends_at, ask, undoes=undoes), ask)


async def claim(found: Holding, ends_at: datetime, ask: Ask, *, undoes: str = "", own: bool = False) -> EndChange:
    """The one change of this access from its present end; begun and recorded by this call, or by an earlier one."""
    old_end = found.assignment.ends_at or ends_at
    invite = await followed(found.person.id, found.assignment.package_id, ask.deps.ledger)
    change, mine = await ask.deps.end_changes.claim(
        EndChange(
            id=change_id(found.assignment.id, old_end),
            assignment_id=found.assignment.id,
            address=found.address,
            person_id=found.person.id,
            package_id=found.assignment.package_id,
            package_name=found.assignment.package_name,
            old_end=old_end,
            new_end=ends_at,
            by_id=ask.person.id,
            by_name=ask.person.name,
            begun_at=ask.now,
            key=ask.turn.key,
            invite_id=invite.id if invite else "",
            undoes=undoes,
            own=own,
        )
    )
    if mine:
        await _record(change, ask)
    return change


async def go_on(change: EndChange, ask: Ask) -> Extending:
    """The change's job is there, and its card is the answer."""
    if change.invite_id and not change.is_over:
        # From now on this end holds, not the one that was wished for with the invite.
        await ask.deps.ledger.amend(change.invite_id, lambda one: one.attempted("end"))
    await ask.deps.jobs.start(JOB, f"{change.id}-{change.round}", {"change": change.id, "round": change.round})
    return Extending(change, ask.turn.caller.time_zone)


async def followed(person_id: str, package_id: str, ledger: Ledger) -> Invite | None:
    """The open invite whose card shows this access."""
    invites = await ledger.invites(guest_id=person_id)
    return next((one for one in reversed(invites) if one.open and one.wish.package_id == package_id), None)


async def _record(change: EndChange, ask: Ask) -> None:
    await ask.record(
        change.act,
        change.address,
        detail=f"{change.package_name}: {change.old_end:%Y-%m-%d} to {change.new_end:%Y-%m-%d}",
        package=change.package_id,
    )
