"""`reset`: let a guest redeem the invitation anew, keeping account, groups and packages."""

from __future__ import annotations

from dataclasses import replace

from bot.commands import account, views
from bot.commands.account import Account
from bot.commands.command import Ask, Command
from bot.domain.invites import Invite, Milestone, Wish
from bot.domain.outcomes import Outcome, Said
from bot.domain.people import Person
from bot.domain.roles import Act
from bot.domain.survey import Invitation

USAGE = "reset ben@fabrikam.com"


async def run(wanted: Account, ask: Ask) -> Outcome:
    """The guest has a fresh redeem link and is told; shown on the live card of their invite."""
    person = await account.person_of(wanted, USAGE, ask, meant=lambda one: not one.is_deleted)
    if isinstance(person, Said):
        return person
    tenant = await ask.deps.directory.tenant()
    async with ask.doing("reset redemption", person.address):
        fresh = await ask.deps.directory.reset_redemption(
            person.id, person.address, redirect_url=ask.deps.links.overview(tenant.domain)
        )
    invite = await _invite(person, fresh, ask)
    occasion = f"reset-{ask.turn.key}"
    await ask.deps.jobs.start("deliver", f"{invite.id}-{occasion}", {"invite": invite.id, "occasion": occasion})
    return await views.live(invite, ask.deps, ask.turn.caller.time_zone)


async def _invite(person: Person, fresh: Invitation, ask: Ask) -> Invite:
    """Every open invite of the guest carries the new link; one without package is made when there is none."""
    ledger = ask.deps.ledger
    opened = [one for one in await ledger.invites(address=person.address) if one.open]
    if not opened:
        wish = Wish(address=person.address, guest_name=person.name, time_zone=str(ask.zone))
        made, _ = await ledger.claim(wish, asked_by=ask.person.id, asked_by_name=ask.person.name, now=ask.now)
        opened = [made]
    return [await ledger.amend(one.id, lambda old: _renewed(old, person, fresh, ask)) for one in opened][-1]


def _renewed(invite: Invite, person: Person, fresh: Invitation, ask: Ask) -> Invite:
    milestones = dict(invite.milestones)
    milestones.pop(Milestone.REDEEMED, None)
    milestones.setdefault(Milestone.INVITED, ask.now)
    return replace(
        invite.attempted("invitation"),
        guest_id=person.id,
        guest_name=person.name,
        redeem_url=fresh.redeem_url,
        milestones=milestones,
        next_look_at=ask.now,
    )


COMMAND = Command(
    name="reset",
    usage=USAGE,
    summary="Let a guest redeem the invitation anew; access stays.",
    parse=account.parse,
    run=run,
    act=Act.MANAGE_ACCOUNT,
    replaces=True,
)
