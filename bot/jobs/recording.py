"""Write into the record what a job did for an invite."""

from __future__ import annotations

from bot.domain.invites import Invite
from bot.ports import Deps


async def record(invite: Invite, act: str, deps: Deps, *, result: str = "done", detail: str = "") -> None:
    """One entry about the guest, in the name of whoever asked, from the message that asked last."""
    await deps.ledger.record(
        actor=invite.asked_by,
        act=act,
        target=invite.wish.address,
        result=result,
        key=invite.id,
        at=deps.clock.now(),
        detail=detail,
        package=invite.wish.package_id,
    )
