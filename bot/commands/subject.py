"""Read which guest, package or invite a command is about, from words or from a card."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands import same_address
from bot.commands.command import Ask, Value, text_of
from bot.domain import addresses, sentence
from bot.domain.invites import Invite
from bot.domain.outcomes import Press, Said, Tone
from bot.domain.people import Person

FILLERS = frozenset("more longer further extra again their his her my me access of from the package please now".split())
"""Words beside an address that name no package."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a command is about. `problem` says what is wrong with the words; `invite` is a ledger id from a card."""

    address: str = ""
    package: str = ""
    invite: str = ""
    person: str = ""
    problem: str = ""


def parse(words: str, value: Value) -> Subject:
    """`ana@x.com`, `ana@x.com "Package"`, or a card's address, package, invite and person."""
    if value:
        typed = text_of(value, "address")
        found = addresses.read(typed)[:1] if typed else ()
        return Subject(
            address=found[0].address if found and not found[0].problem else "",
            package=text_of(value, "package"),
            invite=text_of(value, "invite"),
            person=text_of(value, "person"),
        )
    draft = sentence.read(words).draft
    found = addresses.read(draft.addresses)
    if not found:
        return Subject(package=draft.package, problem="Tell me which guest: type the e-mail address behind it.")
    problem = f"{found[0].address[:80]}: {found[0].problem}" if found[0].problem else ""
    if len(found) > 1:
        problem = "I do this for one guest at a time. Nothing was done: name one of them."
    return Subject(found[0].address, draft.package, problem=problem)


def with_package(words: str, value: Value) -> Subject:
    """As `parse`; what stands beside the address and fits nowhere else is the package, typed without quotation marks."""
    about = parse(words, value)
    if value or about.package:
        return about
    unread = (word for word, _ in sentence.read(words).unknown if word.casefold() not in FILLERS)
    return replace(about, package=" ".join(unread))


def missing(subject: Subject, usage: str) -> Said | None:
    """The answer when no guest was named, None when one was."""
    if subject.problem:
        return Said("Which guest?", f"{subject.problem} For example: {usage}", Tone.WARNING)
    if not (subject.address or subject.invite or subject.person):
        return Said("Which guest?", f"For example: {usage}", Tone.WARNING)
    return None


async def invites_of(subject: Subject, ask: Ask) -> tuple[Invite, ...]:
    """The ledger's invites the subject means, newest last; narrowed to the package where one was named."""
    ledger = ask.deps.ledger
    if subject.invite:
        one = await ledger.invite(subject.invite)
        return (one,) if one else ()
    found = await ledger.invites(address=subject.address)
    if not subject.package:
        return found
    wanted = subject.package.casefold()
    return tuple(one for one in found if wanted in (one.wish.package_id.casefold(), one.wish.package_name.casefold()))


async def address_of(subject: Subject, usage: str, ask: Ask) -> str | Said:
    """The address the subject means, through the invite where a card names only that; otherwise the answer."""
    answer = missing(subject, usage)
    if answer:
        return answer
    if subject.address:
        return subject.address
    invites = await invites_of(subject, ask)
    return invites[0].wish.address if invites else nobody("")


async def person_of(subject: Subject, verb: str, ask: Ask) -> Person | Said | None:
    """The account an address leads to: usable ones before deleted ones; which, where there are several.

    `verb` is what the command's button says, so that choosing an account goes on with it.
    """
    found = await ask.deps.directory.find(subject.address)
    meant = [one for one in found if one.id == subject.person] if subject.person else found
    here = [one for one in meant if not one.is_deleted] or list(meant)
    if len(here) > 1:
        press = Press("", verb, {"address": subject.address, "package": subject.package})
        return same_address.which(subject.address, here, press, ask.zone)
    return here[0] if here else None


def nobody(address: str) -> Said:
    """The answer for an address the directory does not know, or ("") for a card whose guest Usher has forgotten."""
    if not address:
        text = (
            "I no longer know whom this card is about. Nothing was done. Type the command with the address behind it."
        )
        return Said("This card is out of date", text, Tone.WARNING, presses=(Press("Guests", "guests"),))
    press = Press("Invite", "invite", {"addresses": address})
    return Said("Nobody here has this address", f"{address} is not in this organisation.", presses=(press,))
