"""`revoke`: take an access package back, after asking."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands import revoking, subject, views
from bot.commands.accounts import last_access
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.revoking import Meant
from bot.commands.subject import Subject
from bot.domain.invites import Invite, Milestone
from bot.domain.outcomes import Outcome, Press, Said, Style, Tone
from bot.domain.roles import Act
from bot.domain.wording import day

USAGE = "revoke ana@fabrikam.com"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`step` is "ask", "yes" or "no". `assignment`: the access that was asked about, on a Yes that means no other."""

    step: str
    about: Subject
    assignment: str = ""


def parse(words: str, value: Value) -> Wanted:
    """The guest and the package. Only a card can say yes."""
    verb = text_of(value, "verb")
    step = {"revoke.yes": "yes", "revoke.no": "no"}.get(verb, "ask")
    return Wanted(step, subject.with_package(words, value), text_of(value, "assignment", most=64))


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The question first; then the removal is under way and the live card follows it."""
    refused = None if ask.may(Act.READ) else await ask.refuse(Act.ASSIGN)
    if refused:
        return refused
    if wanted.step == "no":
        return subject.missing(wanted.about, USAGE) or Said("Nothing was changed", "The access stays as it is.")
    found = await revoking.find(wanted.about, USAGE, ask)
    if isinstance(found, Said):
        return found
    refused = await _refuse(found.package, ask)
    if refused:
        return refused
    if wanted.step == "ask" or (found.assignment and not wanted.assignment):
        # A Yes to closing an invite is none to taking back access that was given since.
        after = await last_access.afterwards(found.assignment, ask) if found.assignment else ""
        return _question(found, after, ask)
    if wanted.assignment and (found.assignment is None or found.assignment.id != wanted.assignment):
        return _given_since(found)
    return await _revoke(found, ask)


def _given_since(found: Meant) -> Said:
    """The answer to a Yes about access that has ended: what was given after it was not meant."""
    return Said(
        "This access is over already",
        f"The access to “{found.name}” that this card is about has ended. {found.address} was given the package or "
        "invited to it again since. Nothing was done.",
        Tone.WARNING,
        presses=(Press("Revoke…", "revoke", {"address": found.address, "package": found.package}),),
    )


async def _refuse(package_id: str, ask: Ask) -> Said | None:
    if not package_id:
        return await ask.refuse(Act.INVITE)
    packages = await ask.deps.directory.packages()
    catalog = next((one.catalog.id for one in packages if one.id == package_id), "")
    return await ask.refuse(Act.ASSIGN, catalog)


def _question(found: Meant, after: str, ask: Ask) -> Said:
    invite, assignment = found.invite, found.assignment
    effect = "Nothing is assigned yet. The invite is closed and Usher stops following it; the link itself stays valid."
    if assignment:
        until = f", which would end on {day(assignment.ends_at, ask.zone)}" if assignment.ends_at else ""
        effect = f"{found.address} loses “{found.name}”{until}. Entra removes the access within minutes. {after}"
    elif invite and invite.has(Milestone.REQUESTED):
        effect = "The request is still open: only the guest or an approver can end it. Usher stops following it."
    return Said(
        f"Revoke “{found.name}” from {found.address}?" if found.name else f"Close the invite of {found.address}?",
        effect,
        Tone.WARNING,
        presses=(
            Press("Yes, revoke", "revoke.yes", found.about, style=Style.DANGER),
            Press("No, keep it", "revoke.no", found.about),
        ),
    )


async def _revoke(found: Meant, ask: Ask) -> Outcome:
    """Marked before it is done, so that the end is read as a revocation whoever sees it first."""
    address, name, invite, assignment = found.address, found.name, found.invite, found.assignment
    ledger, now = ask.deps.ledger, ask.now
    if invite:
        invite = await ledger.amend(invite.id, lambda one: replace(one.attempted("revoke"), next_look_at=now))
    await ask.record("revoke", address, detail=name, package=found.package)
    if invite and not assignment:
        await ledger.amend(invite.id, lambda one: one.reached(Milestone.REVOKED, now))
    work = {
        "assignment": assignment.id if assignment else "",
        "invite": invite.id if invite else "",
        "person": ask.person.id,
        "key": ask.turn.key,
        "address": address,
        "package": found.package,
        "guest": found.person,
        "begun": now.isoformat(),
    }
    await ask.deps.jobs.start("revoke", f"{work['assignment'] or work['invite']}-{ask.turn.key}", work)
    if assignment:
        seen = "The card of the invite shows" if invite else f"status {address} shows"
        text = f"Entra is removing “{name}” from {address}. It takes some minutes. {seen} when it is done."
        done = Said("Revocation started", text)
    else:
        done = Said("The invite is closed", f"Usher no longer follows {address}.", Tone.GOOD)
    return await _answer(invite, done, ask)


async def _answer(invite: Invite | None, done: Said, ask: Ask) -> Outcome:
    """The live card shows it where one stands in this chat; elsewhere the answer is a live card itself."""
    if invite is None:
        return done
    cards = await ask.deps.ledger.cards(invite.id)
    if any(card.conversation.id == ask.turn.conversation.id for card in cards):
        return done
    fresh = await ask.deps.ledger.invite(invite.id) or invite
    return await views.live(fresh, ask.deps, ask.turn.caller.time_zone)


COMMAND = Command(
    name="revoke",
    usage=USAGE,
    summary="Take an access package back (asks before it acts).",
    parse=parse,
    run=run,
    aliases=("withdraw", "entziehen"),
    verbs=("revoke.yes", "revoke.no"),
    replaces=True,
)
