"""`package export`: access packages as a file that people can read, keep and send back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands.building import which
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.filing import offered
from bot.commands.filing.offered import Answer
from bot.commands.filing.writing import Written, written
from bot.domain.building.blueprints import Blueprint
from bot.domain.outcomes import FileOffer, Outcome, PackageFile, Said, Several, Tone
from bot.domain.roles import Act
from bot.domain.turns import Place

USAGE = 'package export "Invited users package"'
ALL = "all"
MOST_PARTS = 8
_SAVE = "package.file"
_EVERYTHING = frozenset(("all", "everything", "*", "all packages"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to write: an id, a name or ALL; `answer` once a file was offered."""

    package: str
    answer: Answer | None = None


def parse(words: str, value: Value) -> Wanted:
    """Typed, or Teams' answer to the offer of a file."""
    if text_of(value, "verb") != _SAVE:
        name = which.named(words, value)
        return Wanted(ALL if name.casefold() in _EVERYTHING and not which.is_quoted(words) else name)
    return Wanted(text_of(value, "package", most=which.MOST_NAME), offered.read(value))


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The text on a card, wherever it was asked; in a 1:1 chat Teams offers it as a file as well."""
    if wanted.answer and not wanted.answer.accepted:
        return Said("No file was saved", "The text stands on the card above, ready to copy.")
    if wanted.answer and (answer := offered.nowhere(wanted.answer)):
        return answer
    found = await _blueprints(wanted.package, ask)
    if isinstance(found, Said):
        return found
    blueprints, left = found
    file = await written(blueprints, ask)
    if wanted.answer:
        # Written anew for this moment: what it holds may have changed since it was offered.
        return await offered.save(
            wanted.answer, file.name, file.text, ask, act="export access packages", target=wanted.package, kind="yaml"
        )
    return _shown(wanted.package, file, _note(left), ask)


async def _blueprints(package: str, ask: Ask) -> tuple[tuple[Blueprint, ...], int] | Said:
    """What to write, and how many packages this person may not look at."""
    if package != ALL:
        one = await which.package_of(package, ask, verb="package export", usage=USAGE)
        return one if isinstance(one, Said) else ((await ask.deps.governance.blueprint(one.id),), 0)
    everything = await ask.deps.governance.blueprints()
    open_ones = tuple(one for one in everything if ask.may(Act.READ, one.catalog.id))
    if not open_ones:
        text = "You may not look at any." if everything else "There are none in this tenant."
        return Said("No access packages to write", text, Tone.WARNING)
    return open_ones, len(everything) - len(open_ones)


def _note(left: int) -> str:
    if not left:
        return ""
    return f"{left} packages in catalogs that you may not look at are left out."


def _shown(package: str, file: Written, note: str, ask: Ask) -> Outcome:
    parts = tuple(
        PackageFile(one.name, one.text, one.packages, one.part, one.parts, note) for one in file.parts[:MOST_PARTS]
    )
    rest = len(file.parts) - len(parts)
    offer: tuple[Outcome, ...] = ()
    if ask.turn.conversation.place is Place.PERSONAL:
        offer = (_offer(package, file),)
    elif rest:
        text = f"{rest} more parts did not fit here. Export packages one by one, or ask me in our 1:1 chat for a file."
        offer = (Said("This is not all of it", text, Tone.WARNING),)
    return Several((*parts, *offer)) if len(parts) + len(offer) > 1 else parts[0]


def _offer(package: str, file: Written) -> FileOffer:
    data = {"verb": _SAVE, "package": package}
    about = "Access packages as YAML. Teams saves the file in your OneDrive; what it says is on the card above."
    return FileOffer(file.name, about, len(file.text.encode()), data, data)


COMMAND = Command(
    name="package export",
    usage=f"{USAGE} | package export all",
    summary="Access packages as a file to read, keep and send back.",
    parse=parse,
    run=run,
    aliases=("packages export", "package yaml"),
    verbs=(_SAVE,),
    redraws=(_SAVE,),
    group="package",
    act=Act.READ,
    open_in_channel=True,
)
