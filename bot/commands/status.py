"""`status`: a guest's timeline over all packages; for a guest, where they stand themselves."""

from __future__ import annotations

from dataclasses import replace

from bot.commands import mine, subject
from bot.commands.accounts import account_fate
from bot.commands.command import Ask, Command
from bot.commands.subject import Subject
from bot.domain import timeline
from bot.domain.access import AccessRequest, Assignment
from bot.domain.outcomes import Outcome, Press, Said, Timeline
from bot.domain.people import Person
from bot.domain.roles import Act

USAGE = "status ana@fabrikam.com"


async def run(wanted: Subject, ask: Ask) -> Outcome:
    """Everything that happened, oldest first, read fresh from Entra and from the ledger."""
    if ask.person.is_guest:
        return await mine.mine(ask)
    refused = await ask.refuse(Act.READ)
    if refused:
        return refused
    answer = subject.missing(wanted, USAGE)
    if answer:
        return answer
    invites = await subject.invites_of(wanted, ask)
    address = wanted.address or (invites[0].wish.address if invites else "")
    meant = wanted.person or next((one.guest_id for one in invites if wanted.invite), "")
    person = await subject.person_of(replace(wanted, address=address, person=meant), "status", ask)
    if isinstance(person, Said):
        return person
    if person is None and not invites:
        return subject.nobody(address)
    history = await _history(address, person, ask)
    for invite in invites:
        if invite.open:
            await ask.deps.ledger.amend(invite.id, lambda one: replace(one, next_look_at=ask.now))
    return history


async def _history(address: str, known: Person | None, ask: Ask) -> Timeline:
    invites = await ask.deps.ledger.invites(address=address, guest_id=known.id if known else "")
    receipts = await ask.deps.ledger.receipts(address)
    held: tuple[Assignment, ...] = ()
    asked: tuple[AccessRequest, ...] = ()
    if known:
        access = await ask.deps.directory.access_of([known.id])
        _, held, asked = access.get(known.id, (None, (), ()))
    what = await account_fate.of(known, held, ask)
    found = [*timeline.entries(known, invites, held, asked, receipts), *timeline.of_account(what, ask.now)]
    happened, ahead = timeline.parted(found, ask.now)
    return Timeline(
        known,
        address,
        timeline.states(invites, held, asked, ask.zone),
        happened,
        ask.turn.caller.time_zone,
        (Press("Why?", "why", {"address": address}), Press("Delivery", "delivery", {"address": address})),
        ahead,
    )


COMMAND = Command(
    name="status",
    usage=USAGE,
    summary="A guest's timeline over all access packages.",
    parse=subject.parse,
    run=run,
    aliases=("timeline", "history"),
    verbs=("guest.refresh",),
    redraws=("guest.refresh",),
    for_guests=True,
)
