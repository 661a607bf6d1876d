"""What somebody wants for one access of their digest: keep it, extend it, let it go, or hand the guest over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.commands import extend
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.sponsoring import answering, handover
from bot.commands.subject import Subject
from bot.domain import addresses
from bot.domain.access import Assignment
from bot.domain.notices import HUSHED, Audience, Ending, Notice, ending_of
from bot.domain.outcomes import Outcome, Press, Said, Tone
from bot.domain.roles import Act
from bot.domain.wording import day

_KEEP, _LETGO, _AGAIN = "digest.keep", "digest.letgo", "digest.again"


@dataclass(frozen=True, slots=True)
class Picked:
    """The access that was chosen on the card, with the end it had there; all "" where nothing was."""

    verb: str = ""
    address: str = ""
    package: str = ""
    person: str = ""
    assignment: str = ""
    ends_at: datetime | None = None

    @property
    def about(self) -> Subject:
        """As other commands know it."""
        return Subject(self.address, self.package, person=self.person)


def parse(words: str, value: Value) -> Picked:
    """What the card sent, or nothing where that is no entry of a digest."""
    verb = text_of(value, "verb", most=40)
    parts = text_of(value, "pick", most=400).split()
    found = addresses.read(parts[0])[:1] if len(parts) == 5 else ()
    if not found or found[0].problem or not (parts[4].isascii() and parts[4].isdigit() and len(parts[4]) <= 11):
        return Picked(verb)
    return Picked(verb, found[0].address, parts[1], parts[2], parts[3], datetime.fromtimestamp(int(parts[4]), UTC))


async def run(picked: Picked, ask: Ask) -> Outcome:
    """The form of an extension or of a handover; or that nothing changes and nobody reminds you of it."""
    if picked.ends_at is None:
        return Said("Whose access?", "Choose a guest from the list on the card first.", Tone.WARNING)
    match picked.verb:
        case "digest.extend":
            return await extend.run(extend.Wanted(picked.about), ask)
        case "digest.handover":
            return await handover.run(handover.parse("", {"guest": picked.person}), ask)
    shown = Ending(picked.assignment, picked.ends_at, picked.person, picked.package)
    if not await _answers_for(shown, ask):
        refused = await ask.refuse(Act.ASSIGN)
        if refused:
            return refused
    held = await ask.deps.directory.assignments(person_id=picked.person)
    access = next((one for one in held if one.id == picked.assignment), None)
    ending = ending_of(access) if access and access.is_live else None
    if access is None or ending is None or ending.ends_at != picked.ends_at:
        return _moved(picked, access, ask)
    if picked.verb == _AGAIN:
        return await _remind(picked, ending, ask)
    return await (_let_go(picked, ending, ask) if picked.verb == _LETGO else _keep(picked, ending, ask))


def _moved(picked: Picked, access: Assignment | None, ask: Ask) -> Said:
    if access is None or not access.is_live:
        return Said("This access is over", f"{picked.address} has it no longer. Nothing was done.", Tone.WARNING)
    when = f"ends on {day(access.ends_at, ask.zone)}" if access.ends_at else "does not end by itself"
    text = f"The access of {picked.address} to “{access.package_name}” now {when}. Nothing was done."
    status = Press("Status", "status", {"address": picked.address})
    return Said("The end has changed since this card", text, Tone.WARNING, presses=(status,))


async def _keep(picked: Picked, ending: Ending, ask: Ask) -> Outcome:
    """The person who pressed hears no more about this end; another end is told of again."""
    await ask.deps.notices.claim(_hushed(ending, ask.person.id, ask))
    await ask.record("keep as it is", ending.person_id, result="done", package=ending.package_id)
    return Said(
        f"Noted: nothing changes for {picked.address}",
        f"“{ending.package_name}” still ends on {day(ending.ends_at, ask.zone)}. You are not reminded of it again, "
        "unless the end moves.",
        Tone.GOOD,
        presses=(_again(picked), Press("Extend…", "extend", _about(picked))),
    )


async def _let_go(picked: Picked, ending: Ending, ask: Ask) -> Outcome:
    """Nobody who answers for the guest is reminded any more; the access ends on its day, or now once that is confirmed."""
    await ask.deps.notices.claim(_hushed(ending, "", ask))
    await ask.record("let access end", ending.person_id, result="done", package=ending.package_id)
    # To take access back wants a role, which nobody needs who only answers for guests.
    now = (Press("End it now…", "revoke", _about(picked)),) if ask.may(Act.ASSIGN) else ()
    return Said(
        f"The access of {picked.address} ends by itself",
        f"“{ending.package_name}” ends on {day(ending.ends_at, ask.zone)}. Nobody who answers for the guest is reminded "
        "of it again; the guest is.",
        Tone.GOOD,
        presses=(
            _again(picked),
            *now,
            Press("Extend…", "extend", _about(picked)),
        ),
    )


async def _remind(picked: Picked, ending: Ending, ask: Ask) -> Outcome:
    """What `keep` and `let go` silenced is told again, from the next mark on."""
    for person_id in (ask.person.id, ""):
        await ask.deps.notices.drop(_hushed(ending, person_id, ask))
    text = f"Before “{ending.package_name}” of {picked.address} ends you are told again, from the next notice on."
    return Said("You are reminded again", text, Tone.GOOD)


async def _answers_for(ending: Ending, ask: Ask) -> bool:
    """Read anew from Entra; whoever invited the guest answers where nobody else does."""
    guest = ending.person_id
    sponsors = (await answering.sponsors([guest], ask.deps)).get(guest, ())
    people = await answering.or_inviter(guest, sponsors, ask.deps, package_id=ending.package_id)
    return ask.person.enabled and ask.person.id in people


def _hushed(ending: Ending, person_id: str, ask: Ask) -> Notice:
    return Notice(ending, HUSHED, person_id, Audience.SPONSOR, ask.now)


def _about(picked: Picked) -> dict[str, str]:
    return {"address": picked.address, "package": picked.package, "person": picked.person}


def _again(picked: Picked) -> Press:
    at = int(picked.ends_at.timestamp()) if picked.ends_at else 0
    pick = f"{picked.address} {picked.package} {picked.person} {picked.assignment} {at}"
    return Press("Undo", _AGAIN, {"pick": pick})


COMMAND = Command(
    name="digest.pick",
    usage="digest",
    summary="Keep, extend, let go or hand over one access of the digest.",
    parse=parse,
    run=run,
    verbs=(_KEEP, "digest.extend", _LETGO, "digest.handover", _AGAIN),
    redraws=(_AGAIN,),
    by_card=True,
)
