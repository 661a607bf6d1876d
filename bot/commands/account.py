"""What `restore`, `unblock` and `reset` share: a guest's account, and going on with the wish that met it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.commands import inviting, same_address, subject
from bot.commands.command import Ask, Value, text_of
from bot.commands.inviting import Inviting
from bot.commands.subject import Subject
from bot.domain.drafts import InviteDraft
from bot.domain.outcomes import Outcome, Press, Said, Tone
from bot.domain.people import Person


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account, and the wish to go on with afterwards (None: none was interrupted)."""

    about: Subject
    then: Inviting | None = None


def parse(words: str, value: Value) -> Account:
    """From an address typed, or from a card that may carry an interrupted wish."""
    about = subject.parse(words, value)
    verb = text_of(value, "then")
    if verb not in ("invite.submit", "assign.submit"):
        return Account(about)
    return Account(about, Inviting(InviteDraft.from_json(dict(value)), verb))


async def person_of(account: Account, usage: str, ask: Ask, *, meant: Callable[[Person], bool]) -> Person | Said:
    """The account meant, read fresh: by the id on the card only when it is a guest's; else by address.

    `meant`: among several of one address those it can be about come first; where that leaves several, one is chosen.
    """
    answer = subject.missing(account.about, usage)
    if answer:
        return answer
    address, wanted = await _found(account, ask)
    if not wanted:
        return subject.nobody(address)
    guests = [one for one in wanted if one.is_guest]
    if not guests:
        return Said("That is not a guest", "I change only guests' accounts.", Tone.BAD)
    living = [one for one in guests if not one.is_deleted]
    best = [one for one in guests if meant(one)] or living or guests
    if len(best) > 1 and not account.then:
        press = Press("", usage.split(maxsplit=1)[0], {"address": address})
        return same_address.which(address, best, press, ask.zone)
    if best[0].is_deleted and not meant(best[0]):
        press = Press("Restore", "restore", {"address": address, "person": best[0].id})
        return Said(f"{best[0].name} is deleted", "Nothing was changed.", Tone.WARNING, presses=(press,))
    return best[0]


async def _found(account: Account, ask: Ask) -> tuple[str, list[Person]]:
    """The address meant, and everybody it can mean: the one the card names where it names one."""
    directory = ask.deps.directory
    address = account.about.address
    if not address and account.then:
        typed = subject.parse(account.then.draft.addresses, {})
        address = typed.address
    found = await directory.find(address) if address else ()
    wanted = [one for one in found if not account.about.person or one.id == account.about.person]
    if not wanted and account.about.person and not address:
        one = await directory.person(account.about.person)
        wanted = [one] if one else []
    return address, wanted


async def begun(act: str, person: Person, ask: Ask) -> bool:
    """Whether this very turn began this act before: its answer was lost, or the process died."""
    trail = await ask.deps.ledger.trail(person.address, limit=20)
    return any(one.key == ask.turn.key and one.act == act for one in trail)


async def go_on(account: Account, person: Person, said: str, ask: Ask) -> Outcome:
    """The interrupted wish, or a sentence that says what was done."""
    address = person.address or account.about.address
    if account.then:
        return await inviting.run(account.then, ask)
    press = Press("Status", "status", {"address": address})
    return Said("Done", said, Tone.GOOD, presses=(press,))


def nothing(person: Person, said: str) -> Said:
    """The account is as it should be already."""
    return Said("Nothing to do", said, presses=(Press("Status", "status", {"address": person.address}),))
