"""Find the one access or open invite that a revocation is about: whose, of which package."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands import same_address, subject
from bot.commands.command import Ask
from bot.commands.subject import Subject
from bot.domain.access import Assignment
from bot.domain.invites import Invite
from bot.domain.matching import match
from bot.domain.outcomes import Press, Said, Tone

_MOST_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Meant:
    """`package` and `name` are "" for an invitation without a package; one of `invite` and `assignment` is there."""

    address: str
    person: str
    package: str
    name: str
    invite: Invite | None
    assignment: Assignment | None

    @property
    def about(self) -> dict[str, str]:
        """What a button about it carries."""
        if self.invite and not self.assignment:
            return {"invite": self.invite.id}
        held = self.assignment.id if self.assignment else ""
        return {"address": self.address, "package": self.package, "person": self.person, "assignment": held}


async def find(about: Subject, usage: str, ask: Ask) -> Meant | Said:
    """What is meant, whether or not the asker may take it back; otherwise what to say."""
    answer = subject.missing(about, usage)
    if answer:
        return answer
    known = await subject.invites_of(replace(about, package=""), ask)
    address = about.address or next((one.wish.address for one in known), "")
    if not address:
        return subject.nobody("")
    person = await _whose(about, address, known, ask)
    if isinstance(person, Said):
        return person
    invites = [one for one in known if one.open and (not person or one.guest_id in ("", person))]
    held = await ask.deps.directory.assignments(person_id=person) if person else ()
    live = [one for one in held if one.is_live]
    if about.invite:
        return _of_invite(address, person, invites, live)
    return _of_package(about, address, person, invites, live)


async def _whose(about: Subject, address: str, known: tuple[Invite, ...], ask: Ask) -> str | Said:
    """The id of the account that is meant, "" while there is none."""
    if about.invite and known:
        return known[0].guest_id
    people = await ask.deps.directory.find(address)
    if about.person:
        # A card means this account and no other: one that has the address since then is somebody else's.
        return about.person if any(one.id == about.person for one in people) else subject.nobody("")
    here = [one for one in people if not one.is_deleted] or list(people)
    if len(here) > 1:
        press = Press("", "revoke", {"address": address, "package": about.package})
        return same_address.which(address, here, press, ask.zone)
    return here[0].id if here else ""


def _of_invite(address: str, person: str, invites: list[Invite], live: list[Assignment]) -> Meant | Said:
    """What a card about one invite means, and nothing else that its guest holds."""
    invite = next(iter(invites), None)
    if invite is None:
        return Said("Nothing to revoke", f"The invite of {address} that this card is about is over. Nothing was done.")
    assignment = next((one for one in live if one.package_id == invite.wish.package_id), None)
    return Meant(address, person, invite.wish.package_id, invite.wish.package_name, invite, assignment)


def _of_package(
    about: Subject, address: str, person: str, invites: list[Invite], live: list[Assignment]
) -> Meant | Said:
    names = {one.wish.package_id: one.wish.package_name for one in invites}
    names |= {one.package_id: one.package_name for one in live}
    if not names:
        return Said("Nothing to revoke", f"{address} holds no access package and no open invite.")
    chosen = list(names)
    if about.package:
        fitting = match(about.package, names.items(), name=lambda one: one[1], key=lambda one: one[0])
        chosen = [one[0] for one in ((fitting.one,) if fitting.one else fitting.several)]
    if len(chosen) != 1:
        return _which(about, address, person, {one: names[one] for one in chosen or names}, has_it=bool(chosen))
    package = chosen[0]
    invite = next((one for one in reversed(invites) if one.wish.package_id == package), None)
    assignment = next((one for one in live if one.package_id == package), None)
    return Meant(address, person, package, names[package], invite, assignment)


def _which(about: Subject, address: str, person: str, names: dict[str, str], *, has_it: bool) -> Said:
    presses = tuple(
        Press(name or "The invitation", "revoke", {"address": address, "package": package, "person": person})
        for package, name in list(names.items())[:_MOST_CHOICES]
    )
    if has_it:
        text = f"{address} has more than one. Choose which access to take back."
        return Said("Revoke what?", text, Tone.WARNING, presses=presses)
    named = ", ".join(f"“{name}”" for name in list(names.values())[:_MOST_CHOICES] if name)
    text = f"They have {named}. Choose what to take back." if named else "Choose what to take back."
    return Said(f"{address} does not have “{about.package[:80]}”", text, Tone.WARNING, presses=presses)
