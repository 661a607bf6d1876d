"""Find the one access that an extension is about: whose it is, of which package, under which policy."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands import same_address, subject
from bot.commands.command import Ask
from bot.commands.extensions import deciders
from bot.commands.subject import Subject
from bot.domain.access import Assignment
from bot.domain.matching import match
from bot.domain.outcomes import Press, Said, Style, Tone
from bot.domain.packages import AccessPackage, Policy
from bot.domain.people import Person
from bot.domain.roles import Act
from bot.domain.wording import day

_MOST_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Holding:
    """A person's hold on one package, with the policy it was given through (None: that policy is gone)."""

    address: str
    person: Person
    assignment: Assignment
    package: AccessPackage | None
    policy: Policy | None

    @property
    def about(self) -> dict[str, str]:
        """What a button about this access carries."""
        return {"address": self.address, "package": self.assignment.package_id, "person": self.person.id}


async def find(about: Subject, usage: str, ask: Ask) -> Holding | Said:
    """The access that is meant, which the asker may manage; otherwise what to say. Two round trips to Graph."""
    about, answer = await _named(about, usage, ask)
    if answer:
        return answer
    survey = await ask.deps.directory.survey(ask.person.id, [about.address])
    people = survey.people.get(about.address, ())
    person = _one_of(people, about, ask)
    if isinstance(person, Said):
        return person
    held = await ask.deps.directory.assignments(person_id=person.id)
    found = _one_held(about, person, held, ask)
    if isinstance(found, Said):
        return found
    package = next((one for one in survey.packages if one.id == found.package_id), None)
    catalog = package.catalog.id if package else ""
    if not ask.may(Act.ASSIGN, catalog) and not await deciders.is_sponsor(ask.person, person.id, ask.deps):
        refused = await ask.refuse(Act.ASSIGN, catalog)
        if refused:
            return refused
    policies = package.policies if package else ()
    policy = next((one for one in policies if one.id == found.policy_id), None)
    return Holding(about.address, person, found, package, policy)


async def _named(about: Subject, usage: str, ask: Ask) -> tuple[Subject, Said | None]:
    """The subject with its address; a card may name an invite only."""
    if not about.problem and about.invite and not about.address:
        invites = await subject.invites_of(about, ask)
        if not invites:
            return about, subject.nobody("")
        wish = invites[0].wish
        about = replace(about, address=wish.address, package=wish.package_id, person=invites[0].guest_id)
    answer = subject.missing(about, usage)
    if answer or about.address:
        return about, answer
    return about, subject.nobody("")


def _one_of(people: tuple[Person, ...], about: Subject, ask: Ask) -> Person | Said:
    here = [one for one in people if not one.is_deleted]
    chosen = next((one for one in here if one.id == about.person), None)
    if chosen or len(here) == 1:
        return chosen or here[0]
    if here:
        press = Press("", "extend", {"address": about.address, "package": about.package})
        return same_address.which(about.address, here, press, ask.zone)
    gone = next(iter(people), None)
    if gone:
        press = Press("Restore", "restore", {"person": gone.id, "address": about.address})
        return Said(
            "This account was deleted",
            f"{about.address} has no account here at the moment. Restore it, then give the access anew.",
            Tone.WARNING,
            presses=(press,),
        )
    return subject.nobody(about.address)


def _one_held(about: Subject, person: Person, held: tuple[Assignment, ...], ask: Ask) -> Assignment | Said:
    live = [one for one in held if one.is_live]
    if not about.package:
        if len(live) == 1:
            return live[0]
        return _which(about.address, person, live) if live else _none(about, person, held, ask)
    fitting = match(about.package, live, name=lambda one: one.package_name, key=lambda one: one.package_id)
    if fitting.one:
        return fitting.one
    if fitting.several:
        return _which(about.address, person, list(fitting.several))
    ended = match(about.package, held, name=lambda one: one.package_name, key=lambda one: one.package_id)
    over = ended.one or next(iter(ended.several), None)
    if over:
        return _over(about, person, over, ask)
    if not live:
        return _none(about, person, held, ask)
    named = ", ".join(f"“{one.package_name}”" for one in live[:_MOST_CHOICES])
    return Said(
        f"{about.address} does not have “{about.package[:80]}”",
        f"They have {named}. Choose what is to go on, or give them the package.",
        Tone.WARNING,
        presses=(
            *(_press(one, about.address, person) for one in live[: _MOST_CHOICES - 1]),
            Press("Give a package", "assign", {"addresses": about.address, "package": about.package}),
        ),
    )


def _which(address: str, person: Person, live: list[Assignment]) -> Said:
    presses = tuple(_press(one, address, person) for one in live[:_MOST_CHOICES])
    return Said("Which access is to go on?", f"{address} has several access packages.", Tone.WARNING, presses=presses)


def _press(one: Assignment, address: str, person: Person) -> Press:
    data = {"address": address, "person": person.id, "package": one.package_id}
    return Press(one.package_name or "Access package", "extend", data)


def _none(about: Subject, person: Person, held: tuple[Assignment, ...], ask: Ask) -> Said:
    latest = max(held, key=lambda one: (one.expired_at or one.ends_at or ask.now, one.id), default=None)
    if latest:
        return _over(about, person, latest, ask)
    give = Press("Give a package", "assign", {"addresses": about.address, "package": about.package})
    text = f"{about.address} holds no access package, so there is nothing to extend. Give them one instead."
    return Said("Nothing to extend", text, Tone.WARNING, presses=(give,))


def _over(about: Subject, person: Person, ended: Assignment, ask: Ask) -> Said:
    at = ended.expired_at or ended.ends_at
    since = f" on {day(at, ask.zone)}" if at else ""
    data = {"addresses": about.address, "package": ended.package_id}
    return Said(
        "This access is over",
        f"{about.address} had “{ended.package_name}” until it ended{since}. Access that is over cannot be extended; "
        "it can be given again.",
        Tone.WARNING,
        presses=(Press("Assign again", "assign", data, style=Style.PRIMARY),),
    )
