"""`share`: send the request link of a package to people, by mail and in Teams."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands import views
from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.building.lookup import Wanted
from bot.domain.building.subjects import Candidate, SubjectKind
from bot.domain.matching import match
from bot.domain.outcomes import Choice, Outcome, Recipient, Said, ShareForm, Sharing, Tone
from bot.domain.packages import AccessPackage
from bot.domain.people import Person
from bot.domain.roles import Act
from bot.domain.sharing import MOST_NOTE, MOST_RECIPIENTS, Named, chosen, read_recipients

USAGE = 'share "Invited users package" with adele@contoso.com'
_WITH = " with "
MOST_CHOICES = 20


@dataclass(frozen=True, slots=True)
class Wrong:
    """What keeps the link from being sent, "" for nothing; a name that may mean any of `choices` is `unclear`."""

    text: str = ""
    unclear: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """`package` an id or a name; `to` and `note` as typed. `sent`: the form was filled in, or a whole sentence typed."""

    package: str
    to: str = ""
    note: str = ""
    sent: bool = False


def parse(words: str, value: Value) -> Share:
    """From a sentence, from the button, or from what the form sent."""
    if value:
        sent = text_of(value, "verb") == "package.share.send"
        note = text_of(value, "note", most=MOST_NOTE + 1)
        to, unclear, who = text_of(value, "to", most=2000), text_of(value, "unclear"), text_of(value, "who")
        return Share(text_of(value, "package"), chosen(to, unclear, who) if unclear and who else to, note, sent)
    package, to = _parted(" ".join(words[:3000].replace("“", '"').replace("”", '"').split()))
    return Share(package[:256], to, sent=bool(to))


def _parted(sentence: str) -> tuple[str, str]:
    """The package's name, quoted or not, and whom to share it with. Names may hold the word "with"."""
    if sentence.startswith('"'):
        package, _, rest = sentence[1:].partition('"')
        return package.strip(), rest.strip().removeprefix("with ").strip()
    package, found, to = sentence.rpartition(_WITH)
    return (package.strip(), to.strip()) if found else (sentence, "")


async def run(wanted: Share, ask: Ask) -> Outcome:
    """The form, or the link on its way to everybody named."""
    if not wanted.package:
        return Said("Share which package?", f"For example: {USAGE}", Tone.WARNING)
    package = await _package(wanted.package, ask)
    if isinstance(package, Said):
        return package
    refused = None if ask.may(Act.INVITE) else await ask.refuse(Act.BUILD, package.catalog.id)
    if refused:
        return refused
    form = ShareForm(package.id, package.name, wanted.to, wanted.note)
    if not wanted.sent:
        return form
    recipients, wrong = await _recipients(read_recipients(wanted.to), ask)
    problems = {"to": wrong.text} if wrong.text else {}
    if len(wanted.note) > MOST_NOTE:
        problems["note"] = f"The message is too long: {MOST_NOTE} characters at most."
    if problems:
        return replace(form, problems=problems, unclear=wrong.unclear, choices=wrong.choices)
    return await _share(package, recipients, wanted.note, ask)


async def _package(wanted: str, ask: Ask) -> AccessPackage | Said:
    packages = await ask.deps.directory.packages()
    found = match(wanted, packages, name=lambda one: one.name, key=lambda one: one.id)
    if found.one is not None:
        return found.one
    near = " or ".join(f"“{one.name}”" for one in (found.several or found.near)[:5])
    hint = f"Did you mean {near}?" if near else "Type packages to see them all."
    return Said(f"There is no access package “{wanted}”", hint, Tone.WARNING)


async def _recipients(named: Named, ask: Ask) -> tuple[tuple[Recipient, ...], Wrong]:
    """Everybody who is meant, each once, or all that is wrong, in plain words."""
    count = len(named.addresses) + len(named.names)
    if not count:
        return (), Wrong("Say whom to share it with: e-mail addresses or names, separated by commas.")
    if count > MOST_RECIPIENTS:
        return (), Wrong(f"These are {count} people; {MOST_RECIPIENTS} at most get the link at once.")
    bad = [f"{one.address}: {one.problem}" for one in named.addresses if one.problem]
    by_name, wrong = await _by_name(named.names, ask)
    said = " ".join([*bad, wrong.text]).strip()
    if said:
        return (), replace(wrong, text=said)
    found = {one.address: one for one in (*await _by_address(named, ask), *by_name)}
    return tuple(found.values()), wrong


async def _by_address(named: Named, ask: Ask) -> list[Recipient]:
    if not named.addresses:
        return []
    survey = await ask.deps.directory.survey(ask.person.id, [one.address for one in named.addresses])
    return [_addressed(one.address, one.name, survey.people.get(one.address, ())) for one in named.addresses]


def _addressed(address: str, name: str, people: tuple[Person, ...]) -> Recipient:
    known = next((one for one in people if not one.is_deleted), None)
    return Recipient(address, name or (known.name if known else ""), known.id if known else "")


async def _by_name(names: tuple[str, ...], ask: Ask) -> tuple[list[Recipient], Wrong]:
    if not names:
        return [], Wrong()
    found = await ask.deps.governance.look_up(Wanted(subjects=names))
    recipients: list[Recipient] = []
    wrong = Wrong()
    for name in names:
        candidates = found.subjects.get(name, ())
        people = [one for one in candidates if one.subject.kind is SubjectKind.USER]
        exact = [one for one in people if one.subject.name.casefold() == name.casefold()]
        fitting = exact or people
        if len(fitting) != 1 or not fitting[0].address:
            wrong = _both(wrong, _unclear(name, fitting, candidates))
            continue
        recipients.append(Recipient(fitting[0].address.casefold(), fitting[0].subject.name, fitting[0].subject.id))
    return recipients, wrong


def _both(first: Wrong, second: Wrong) -> Wrong:
    """All that is wrong in words; the first name of several people is the one to be chosen."""
    text = f"{first.text} {second.text}".strip()
    return replace(first, text=text) if first.unclear else replace(second, text=text)


def _unclear(name: str, people: list[Candidate], candidates: tuple[Candidate, ...]) -> Wrong:
    if len(people) > 1:
        choices = [Choice(f"{one.subject.name} ({one.address})", one.address) for one in people if one.address]
        several = ", ".join(one.title for one in choices[:4])
        text = f"“{name}” may be several people: {several}. Choose one, or give the address."
        return Wrong(text, name, tuple(choices[:MOST_CHOICES]))
    if people:
        return Wrong(f"{people[0].subject.name} has no e-mail address.")
    if candidates:
        return Wrong(f"“{name}” is a group. Give the addresses of its people.")
    return Wrong(f"Nobody here is called “{name}”. Give the e-mail address.")


async def _share(package: AccessPackage, recipients: tuple[Recipient, ...], note: str, ask: Ask) -> Sharing:
    addresses = ", ".join(one.address for one in recipients)
    await ask.record("share the request link", package.id, detail=addresses)
    return Sharing(
        ask.turn.key,
        package.id,
        package.name,
        await views.link_of(package.id, ask.deps),
        recipients,
        note,
        ask.person.id,
        ask.person.name,
    )


COMMAND = Command(
    name="share",
    usage=USAGE,
    summary="Send the request link of a package to people (just “share …” opens a form).",
    parse=parse,
    run=run,
    verbs=("package.share", "package.share.send"),
    act=Act.READ,
    replaces=True,
)
