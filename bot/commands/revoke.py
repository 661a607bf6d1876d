"""`revoke`: take an access package back, after asking."""

from __future__ import annotations

from dataclasses import replace

from bot.commands import subject, views
from bot.commands.accounts import last_access
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.subject import Subject
from bot.domain.access import Assignment
from bot.domain.invites import Invite, Milestone
from bot.domain.outcomes import Outcome, Press, Said, Style, Tone
from bot.domain.roles import Act
from bot.domain.wording import day

USAGE = "revoke ana@fabrikam.com"


def parse(words: str, value: Value) -> tuple[str, Subject]:
    """(step "ask", "yes" or "no"; what it is about). Only a card can say yes."""
    verb = text_of(value, "verb")
    step = {"revoke.yes": "yes", "revoke.no": "no"}.get(verb, "ask")
    return step, subject.parse(words, value)


async def run(wanted: tuple[str, Subject], ask: Ask) -> Outcome:
    """The question first; then the removal is under way and the live card follows it."""
    step, about = wanted
    refused = None if ask.may(Act.READ) else await ask.refuse(Act.ASSIGN)
    if refused:
        return refused
    answer = subject.missing(about, USAGE)
    if answer:
        return answer
    invites = [one for one in await subject.invites_of(about, ask) if one.open]
    if step == "no":
        return Said("Nothing was changed", "The access stays as it is.")
    held = await _held(about, invites, ask)
    named = {one.package_id: one.package_name for one in held}
    named |= {one.wish.package_id: one.wish.package_name for one in invites}
    address = about.address or next((one.wish.address for one in invites), "")
    if not address:
        return subject.nobody("")
    if not named:
        return Said("Nothing to revoke", f"{address} holds no access package and no open invite.")
    if len(named) > 1:
        return _which(address, named)
    package_id = next(iter(named))
    refused = await _refuse(package_id, ask)
    if refused:
        return refused
    invite = invites[0] if invites else None
    assignment = next(iter(held), None)
    if step == "ask":
        after = await last_access.afterwards(assignment, ask) if assignment else ""
        return _question(address, named[package_id], invite, assignment, after, ask)
    return await _revoke(address, named[package_id], invite, assignment, ask)


async def _held(about: Subject, invites: list[Invite], ask: Ask) -> list[Assignment]:
    person_id = next((one.guest_id for one in invites if one.guest_id), "")
    if not person_id and about.address:
        person = await subject.person_of(about, ask)
        person_id = person.id if person else ""
    if not person_id:
        return []
    held = [one for one in await ask.deps.directory.assignments(person_id=person_id) if one.is_live]
    if about.invite and invites:
        return [one for one in held if one.package_id == invites[0].wish.package_id]
    wanted = about.package.casefold()
    return [one for one in held if not wanted or wanted in (one.package_id.casefold(), one.package_name.casefold())]


async def _refuse(package_id: str, ask: Ask) -> Said | None:
    if not package_id:
        return await ask.refuse(Act.INVITE)
    packages = await ask.deps.directory.packages()
    catalog = next((one.catalog.id for one in packages if one.id == package_id), "")
    return await ask.refuse(Act.ASSIGN, catalog)


def _which(address: str, named: dict[str, str]) -> Said:
    presses = tuple(
        Press(name or "The invitation", "revoke", {"address": address, "package": package_id})
        for package_id, name in list(named.items())[:6]
    )
    text = f"{address} has more than one. Choose which access to take back."
    return Said("Revoke what?", text, Tone.WARNING, presses=presses)


def _question(
    address: str, name: str, invite: Invite | None, assignment: Assignment | None, after: str, ask: Ask
) -> Said:
    effect = "Nothing is assigned yet. The invite is closed and Usher stops following it; the link itself stays valid."
    if assignment:
        until = f", which would end on {day(assignment.ends_at, ask.zone)}" if assignment.ends_at else ""
        effect = f"{address} loses “{name}”{until}. Entra removes the access within minutes. {after}"
    elif invite and invite.has(Milestone.REQUESTED):
        effect = "The request is still open: only the guest or an approver can end it. Usher stops following it."
    data = {"invite": invite.id} if invite else {"address": address}
    if assignment and not invite:
        data["package"] = assignment.package_id
    return Said(
        f"Revoke “{name}” from {address}?" if name else f"Close the invite of {address}?",
        effect,
        Tone.WARNING,
        presses=(
            Press("Yes, revoke", "revoke.yes", dict(data), style=Style.DANGER),
            Press("No, keep it", "revoke.no", dict(data)),
        ),
    )


async def _revoke(address: str, name: str, invite: Invite | None, assignment: Assignment | None, ask: Ask) -> Outcome:
    """Marked before it is done, so that the end is read as a revocation whoever sees it first."""
    ledger, now = ask.deps.ledger, ask.now
    if invite:
        invite = await ledger.amend(invite.id, lambda one: replace(one.attempted("revoke"), next_look_at=now))
    package_id = assignment.package_id if assignment else invite.wish.package_id if invite else ""
    await ask.record("revoke", address, detail=name, package=package_id)
    if invite and not assignment:
        await ledger.amend(invite.id, lambda one: one.reached(Milestone.REVOKED, now))
    work = {
        "assignment": assignment.id if assignment else "",
        "invite": invite.id if invite else "",
        "person": ask.person.id,
        "key": ask.turn.key,
        "address": address,
        "package": package_id,
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
