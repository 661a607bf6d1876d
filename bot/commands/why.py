"""`why`: one diagnosis of what stands between a guest and the application."""

from __future__ import annotations

import asyncio

from bot.commands import subject
from bot.commands.accounts import account_fate
from bot.commands.command import Ask, Command
from bot.commands.subject import Subject
from bot.domain.access import AccessRequest, Assignment
from bot.domain.diagnosis import Patient, diagnose
from bot.domain.outcomes import Outcome, Said
from bot.domain.roles import Act
from bot.domain.sponsors import Sponsor

USAGE = "why ana@fabrikam.com"


async def run(wanted: Subject, ask: Ask) -> Outcome:
    """Read-only; five round trips at most, some side by side."""
    address = await subject.address_of(wanted, USAGE, ask)
    if isinstance(address, Said):
        return address
    return diagnose(await _patient(address, ask))


async def _patient(address: str, ask: Ask) -> Patient:
    directory, ledger = ask.deps.directory, ask.deps.ledger
    survey = await directory.survey(ask.person.id, [address])
    people = survey.people.get(address, ())
    guest = min(people, key=lambda one: one.is_deleted, default=None)
    held: tuple[Assignment, ...] = ()
    asked: tuple[AccessRequest, ...] = ()
    sponsors: tuple[Sponsor, ...] = ()
    if guest:
        reading = _access(guest.id, survey.licensed, ask)
        if guest.is_deleted:
            held, asked = await reading
        else:
            (held, asked), answering = await asyncio.gather(reading, ask.deps.sponsors.of([guest.id]))
            sponsors = answering[guest.id]
    return Patient(
        address=address,
        people=people,
        invites=await ledger.invites(address=address),
        held=held,
        asked=asked,
        packages=survey.packages,
        receipts=await ledger.receipts(address),
        sponsors=sponsors,
        invites_from=survey.invites_from,
        licensed=survey.licensed,
        now=ask.now,
        zone=ask.zone,
        fate=await account_fate.of(guest, held, ask),
    )


async def _access(
    guest_id: str, licensed: bool | None, ask: Ask
) -> tuple[tuple[Assignment, ...], tuple[AccessRequest, ...]]:
    """What the guest holds and asked for; without the licence Entra shows none of it, and that is the diagnosis."""
    if licensed is False:
        return (), ()
    access = await ask.deps.directory.access_of([guest_id])
    _, held, asked = access.get(guest_id, (None, (), ()))
    return held, asked


COMMAND = Command(
    name="why",
    usage=USAGE,
    summary="What stands between a guest and the application, with the button that helps.",
    parse=subject.parse,
    run=run,
    aliases=("diagnose", "warum"),
    act=Act.READ,
)
