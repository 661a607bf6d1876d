"""`retry`: go on with an invite that stands still."""

from __future__ import annotations

from dataclasses import replace

from bot.commands import subject, views
from bot.commands.command import Ask, Command
from bot.commands.subject import Subject
from bot.domain.invites import Invite, Way
from bot.domain.outcomes import Outcome, Said
from bot.domain.roles import Act

USAGE = "retry ana@fabrikam.com"
REVOKE = "revoke"
"""The step of a failure that stands for a removal Entra refused."""


async def run(wanted: Subject, ask: Ask) -> Outcome:
    """The failure is forgotten and the job runs once more; a failed delivery is handed to Entra again."""
    answer = subject.missing(wanted, USAGE)
    if answer:
        return answer
    failed = [one for one in await subject.invites_of(wanted, ask) if one.open and one.failure]
    if not failed:
        return Said("Nothing to retry", "No invite of this guest stands still.")
    invite = failed[-1]
    refused = await _refuse(invite, ask)
    if refused:
        return refused
    # Begun before the failure is forgotten: a process that dies in between leaves the button standing.
    await _begin(invite, ask)
    invite = await ask.deps.ledger.amend(
        invite.id,
        lambda one: replace(one, failure=None, next_look_at=ask.now) if one.failure == invite.failure else one,
    )
    return await views.live(invite, ask.deps, ask.turn.caller.time_zone)


async def _begin(invite: Invite, ask: Ask) -> None:
    step = invite.failure.step if invite.failure else ""
    wish = invite.wish
    await ask.record("retry", wish.address, detail=wish.package_name, package=wish.package_id, key=invite.id)
    if step != REVOKE:
        await ask.deps.jobs.run_again("fulfil", invite.id, {"invite": invite.id, "reprocess": step == "delivery"})
        return
    await ask.deps.ledger.amend(invite.id, lambda one: one.attempted(REVOKE))
    work = {
        "assignment": invite.assignment_id,
        "invite": invite.id,
        "person": ask.person.id,
        "key": invite.id,
        "address": wish.address,
        "package": wish.package_id,
    }
    await ask.deps.jobs.start(REVOKE, f"{invite.assignment_id}-{ask.turn.key}", work)


async def _refuse(invite: Invite, ask: Ask) -> Said | None:
    revoking = invite.failure is not None and invite.failure.step == REVOKE
    if invite.wish.way is Way.LINK and not revoking:
        return await ask.refuse(Act.INVITE)
    packages = await ask.deps.directory.packages()
    catalog = next((one.catalog.id for one in packages if one.id == invite.wish.package_id), "")
    return await ask.refuse(Act.ASSIGN, catalog)


COMMAND = Command(
    name="retry",
    usage=USAGE,
    summary="Go on with an invite that stands still.",
    parse=subject.parse,
    run=run,
    act=Act.READ,
    replaces=True,
)
