"""`resend`: tell the guest again, over every rung of the ladder."""

from __future__ import annotations

from bot.commands import subject, views
from bot.commands.command import Ask, Command
from bot.commands.subject import Subject
from bot.domain.invites import Invite, Wish
from bot.domain.outcomes import Outcome, Press, Said, Tone
from bot.domain.people import Person
from bot.domain.roles import Act

USAGE = "resend ana@fabrikam.com"


async def run(wanted: Subject, ask: Ask) -> Outcome:
    """The live card; the message goes out as a durable job, once for this press however often it is delivered."""
    answer = subject.missing(wanted, USAGE)
    if answer:
        return answer
    found = [one for one in await subject.invites_of(wanted, ask) if one.open]
    if len(found) > 1:
        return _which(found)
    if found:
        return await _again(found[0], ask)
    return await _first(wanted, ask)


def _which(found: list[Invite]) -> Said:
    presses = tuple(Press(one.wish.package_name or "The invitation", "resend", {"invite": one.id}) for one in found[:6])
    text = f"{found[0].wish.address} has several invites. Which one?"
    return Said("Which message again?", text, Tone.WARNING, presses=presses)


async def _again(invite: Invite, ask: Ask) -> Outcome:
    occasion = f"resend-{ask.turn.key}"
    await ask.record("resend", invite.wish.address, package=invite.wish.package_id)
    work = {"invite": invite.id, "occasion": occasion}
    await ask.deps.jobs.start("deliver", f"{invite.id}-{occasion}", work)
    return await views.live(invite, ask.deps, ask.turn.caller.time_zone)


async def _first(wanted: Subject, ask: Ask) -> Outcome:
    """A guest somebody else invited: Usher makes an invite of its own and tells them for the first time."""
    person = await subject.person_of(wanted, "resend", ask)
    if isinstance(person, Said):
        return person
    if person is None:
        return subject.nobody(wanted.address)
    if not _writable(person):
        press = Press("Why?", "why", {"address": wanted.address})
        text = f"{person.name} is no guest who could use a message now."
        return Said("Nothing to resend", text, Tone.WARNING, presses=(press,))
    packages = await ask.deps.directory.packages() if wanted.package else ()
    package = next((one for one in packages if wanted.package in (one.id, one.name)), None)
    wish = Wish(
        address=wanted.address,
        package_id=package.id if package else "",
        package_name=package.name if package else "",
        guest_name=person.name,
        time_zone=str(ask.zone),
    )
    invite, _ = await ask.deps.ledger.claim(wish, asked_by=ask.person.id, asked_by_name=ask.person.name, now=ask.now)
    await ask.record("resend", wanted.address, package=wish.package_id, key=invite.id)
    await ask.deps.jobs.start("fulfil", invite.id, {"invite": invite.id})
    return await views.live(invite, ask.deps, ask.turn.caller.time_zone)


def _writable(person: Person) -> bool:
    return person.is_guest and person.enabled and not person.is_deleted


COMMAND = Command(
    name="resend",
    usage=USAGE,
    summary="Send the guest the invitation and the link again.",
    parse=subject.parse,
    run=run,
    aliases=("remind",),
    act=Act.INVITE,
    replaces=True,
)
