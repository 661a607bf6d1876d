"""`remove`: say what a guest's account still holds, then block it or delete it; both can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.commands import same_address, subject
from bot.commands.account import begun
from bot.commands.accounts import holdings
from bot.commands.accounts.holdings import KEPT_DAYS, Account
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.subject import Subject
from bot.domain.outcomes import Field, Form, Outcome, Press, Said, Style, Tone
from bot.domain.people import Person
from bot.domain.roles import Act
from bot.domain.wording import day

USAGE = "remove ana@fabrikam.com"
_BLOCK, _DELETE, _TYPED, _KEEP = "remove.block", "remove.delete", "remove.typed", "remove.keep"
_YES = "yes"
_UNCHECKED = (
    "Could not be checked: whether this account holds a role in Microsoft Entra. Usher may not read it (python app.py "
    "check says which permission is missing)"
)


@dataclass(frozen=True, slots=True)
class Removal:
    """What was pressed ("" when it was typed), whose account, what the card had shown, and the address typed to confirm.

    `unchecked`: it was confirmed that nobody could look whether the account holds roles.
    """

    step: str
    about: Subject
    seen: str = ""
    typed: str = ""
    unchecked: bool = False


def parse(words: str, value: Value) -> Removal:
    """The address; only a card can say how the account ends."""
    verb = text_of(value, "verb")
    step = verb if verb in (_BLOCK, _DELETE, _TYPED, _KEEP) else ""
    return Removal(
        step,
        subject.parse(words, value),
        text_of(value, "seen", most=40),
        text_of(value, "typed"),
        value.get("unchecked") == _YES,
    )


async def run(wanted: Removal, ask: Ask) -> Outcome:
    """What the account holds, with the choice; or what was done to it, with the way back."""
    if wanted.step == _KEEP:
        return Said("Nothing was changed", "The account stays as it is.")
    person = await _person(wanted.about, ask)
    if isinstance(person, Said):
        return person
    if person.is_deleted:
        return await _gone(person, wanted, ask)
    account = await holdings.read(person, ask)
    if account.things.roles:
        return _holds_roles(account.person, account.things.roles)
    if wanted.step and wanted.seen != account.seen and not _done_already(wanted, person):
        return _choice(account, ask, note="What the account holds has changed since the card you pressed.")
    if wanted.step and account.things.roles is None and not wanted.unchecked and not _done_already(wanted, person):
        return _unchecked(account, wanted.step)
    return await _act(wanted, account, ask)


async def _act(wanted: Removal, account: Account, ask: Ask) -> Outcome:
    person = account.person
    match wanted.step:
        case "remove.block":
            return await _block(person, ask)
        case "remove.delete":
            return _form(account)
        case "remove.typed":
            if wanted.typed.strip().casefold() != person.address.casefold():
                return _form(account, problem="That is not the address. Nothing was deleted.")
            return await _delete(person, ask)
        case _:
            return _choice(account, ask)


def _done_already(wanted: Removal, person: Person) -> bool:
    """A turn that runs twice, or a second person, finds the account blocked."""
    return wanted.step == _BLOCK and not person.enabled


async def _person(about: Subject, ask: Ask) -> Person | Said:
    """The one guest's account that is meant."""
    answer = subject.missing(about, USAGE)
    if answer:
        return answer
    address = about.address
    if not address and about.invite:
        invites = await subject.invites_of(about, ask)
        address = invites[0].wish.address if invites else ""
    if not address:
        return subject.nobody("")
    found = await ask.deps.directory.find(address)
    # A card means this account and no other: one that has the address since then is somebody else's.
    meant = [one for one in found if one.id == about.person] if about.person else found
    here = [one for one in meant if not one.is_deleted] or list(meant)
    if len(here) > 1:
        return same_address.which(address, here, Press("", "remove", {"address": address}), ask.zone)
    person = next(iter(here), None)
    if person is None:
        return subject.nobody(address)
    if not person.is_guest or person.id == ask.person.id:
        return Said("That is not a guest", "I block and delete only guests' accounts.", Tone.BAD)
    return person


def _holds_roles(person: Person, roles: tuple[str, ...]) -> Said:
    held = ", ".join(roles)
    text = (
        f"{person.name} holds a role in Microsoft Entra: {held}. Take the role back there first. Nothing was changed."
    )
    return Said("This account administers something", text, Tone.BAD)


def _unchecked(account: Account, step: str) -> Said:
    """Asked before anything is done to an account of which nobody knows whether it administers something."""
    person = account.person
    done, act = ("blocked", "block") if step == _BLOCK else ("deleted", "delete")
    data = {**_about(person), "seen": account.seen, "unchecked": _YES}
    press = Press(f"Yes, {act} unchecked", _BLOCK if step == _BLOCK else _DELETE, data, style=Style.DANGER)
    text = (
        f"{_UNCHECKED}. If {person.name} administers something here, that ends too once the account is {done}. "
        "Nothing was changed."
    )
    return Said(
        "Whether it holds a role is not known", text, Tone.WARNING, presses=(press, Press("No, keep it", _KEEP))
    )


def _choice(account: Account, ask: Ask, *, note: str = "") -> Said:
    person = account.person
    data = {"address": person.address, "person": person.id, "seen": account.seen}
    block = Press("Block sign-in", _BLOCK, data) if person.enabled else Press("Unblock", "unblock", _about(person))
    until = day(ask.now + timedelta(days=KEPT_DAYS), ask.zone)
    text = (
        "It still holds what is listed below. Blocked, they cannot sign in, and all of it stays. Deleted, the account "
        "goes with all of it, and can be "
        f"restored until {until}."
    )
    if account.things.roles is None:
        text = f"⚠ {_UNCHECKED}. {text}"
    return Said(
        f"End the account of {person.address}?",
        f"{note} {text}".strip(),
        Tone.WARNING,
        facts=holdings.facts(account, ask),
        points=holdings.points(account, ask),
        presses=(block, Press("Delete…", _DELETE, data, style=Style.DANGER), Press("No, keep it", _KEEP)),
    )


def _form(account: Account, *, problem: str = "") -> Form:
    person = account.person
    unchecked = account.things.roles is None
    count = len(account.live)
    goes = "1 access package goes" if count == 1 else f"{count} access packages go"
    access = f"{goes} with it." if count else "It holds no access package."
    return Form(
        title=f"Delete the account of {person.address}?",
        fields=(Field("typed", f"Type its address: {person.address}", required="Type the address of the guest."),),
        verb=_TYPED,
        submit="Delete",
        data={**_about(person), "seen": account.seen, **({"unchecked": _YES} if unchecked else {})},
        notes=(
            *((f"⚠ {_UNCHECKED}.",) if unchecked else ()),
            access,
            f"For {KEPT_DAYS} days it can be restored, with its groups.",
        ),
        problems={"typed": problem} if problem else {},
        style=Style.DANGER,
    )


async def _block(person: Person, ask: Ask) -> Said:
    if person.enabled or await begun("block account", person, ask):
        async with ask.doing("block account", person.address):
            await ask.deps.directory.set_enabled(person.id, False)
    text = (
        f"{person.name} cannot sign in any more; an open session ends within about an hour. "
        "Access packages go on until they end."
    )
    undo = Press("Undo", "unblock", _about(person))
    revoke = Press("Revoke access…", "revoke", {"address": person.address})
    return Said(f"{person.address} is blocked", text, Tone.GOOD, presses=(undo, revoke))


async def _delete(person: Person, ask: Ask) -> Said:
    async with ask.doing("delete account", person.address):
        await ask.deps.accounts.delete(person.id)
    return _deleted(person, ask)


async def _gone(person: Person, wanted: Removal, ask: Ask) -> Said:
    """The account is in the bin: by this very turn, whose answer was lost, or by somebody else."""
    if wanted.step == _TYPED and await begun("delete account", person, ask):
        await ask.record("delete account", person.address, result="done")
    return _deleted(person, ask)


def _deleted(person: Person, ask: Ask) -> Said:
    until = day((person.deleted_at or ask.now) + timedelta(days=KEPT_DAYS), ask.zone)
    undo = Press("Undo", "restore", _about(person))
    text = f"{person.name}'s account is deleted. It can be restored until {until}, with its groups."
    return Said(f"{person.address} is deleted", text, Tone.GOOD, presses=(undo,))


def _about(person: Person) -> dict[str, str]:
    return {"address": person.address, "person": person.id}


COMMAND = Command(
    name="remove",
    usage=USAGE,
    summary="Block or delete a guest's account (says what it holds, and asks).",
    parse=parse,
    run=run,
    aliases=("block", "offboard"),
    verbs=(_BLOCK, _DELETE, _TYPED, _KEEP),
    redraws=(_BLOCK, _DELETE, _TYPED, _KEEP),
    act=Act.REMOVE_ACCOUNT,
)
