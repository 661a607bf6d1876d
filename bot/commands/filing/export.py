"""`package export`: access packages as a file that people can read, keep and send back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.commands.building import which
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.filing.writing import Written, written
from bot.domain.building.blueprints import Blueprint
from bot.domain.outcomes import FileOffer, FileSaved, Outcome, PackageFile, Said, Several, Tone
from bot.domain.roles import Act
from bot.domain.turns import Place

USAGE = 'package export "Invited users package"'
ALL = "all"
MOST_PARTS = 8
_SAVE = "package.file"
_EVERYTHING = frozenset(("all", "everything", "*", "all packages"))
_LONGEST_URL = 4000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to write: an id, a name or ALL. `answer`: "yes" or "no" to an offered file, and then where to put it."""

    package: str
    answer: str = ""
    upload_url: str = ""
    content_url: str = ""
    unique_id: str = ""


def parse(words: str, value: Value) -> Wanted:
    """Typed, or Teams' answer to the offer of a file."""
    if text_of(value, "verb") != _SAVE:
        name = which.named(words, value)
        return Wanted(ALL if name.casefold() in _EVERYTHING and not which.is_quoted(words) else name)
    sent = value.get("upload")
    upload: dict[str, Any] = sent if isinstance(sent, dict) else {}
    return Wanted(
        text_of(value, "package", most=which.MOST_NAME),
        "yes" if value.get("accepted") is True else "no",
        text_of(upload, "uploadUrl", most=_LONGEST_URL),
        text_of(upload, "contentUrl", most=_LONGEST_URL),
        text_of(upload, "uniqueId"),
    )


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The text on a card, wherever it was asked; in a 1:1 chat Teams offers it as a file as well."""
    if wanted.answer == "no":
        return Said("No file was saved", "The text stands on the card above, ready to copy.")
    found = await _blueprints(wanted.package, ask)
    if isinstance(found, Said):
        return found
    blueprints, left = found
    file = await written(blueprints, ask)
    if wanted.answer == "yes":
        return await _save(wanted, file, ask)
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


async def _save(wanted: Wanted, file: Written, ask: Ask) -> Outcome:
    """Written anew for this moment: what it holds may have changed since it was offered."""
    if not wanted.upload_url:
        return Said("No file was saved", "Teams did not say where to put it. Ask for it once more.", Tone.WARNING)
    await ask.deps.files.save(wanted.upload_url, file.text)
    await ask.record("export access packages", wanted.package, result="done")
    url = wanted.content_url if wanted.content_url.startswith("https://") else ""
    return FileSaved(file.name, url, wanted.unique_id)


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
