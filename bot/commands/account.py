"""What `restore`, `unblock` and `reset` share: a guest's account, and going on with the wish that met it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands import inviting, subject
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


async def person_of(account: Account, usage: str, ask: Ask) -> Person | Said:
    """The account meant, read fresh: by the id on the card only when it is a guest's; else by address."""
    answer = subject.missing(account.about, usage)
    if answer:
        return answer
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
    if not wanted:
        return subject.nobody(address)
    if not wanted[0].is_guest:
        return Said("That is not a guest", "I change only guests' accounts.", Tone.BAD)
    return wanted[0]


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
