"""What files of access packages come to: written, saved, compared with the tenant, applied."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.domain.building.filed import FileProblem
from bot.domain.outcomes.keeping import Difference
from bot.domain.outcomes.parts import Choice, Press, Tone

LONGEST_PART = 12_000
"""The weight of a text that a card has room for."""


def weight(text: str) -> int:
    """Bytes the text takes in JSON."""
    return len(json.dumps(text, ensure_ascii=False).encode(errors="replace"))


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file as text, to copy. `part` of `parts`, each a file of its own; `note` says what else there is to know.

    `hint`: what to do with it.
    """

    name: str
    text: str
    packages: tuple[str, ...] = ()
    part: int = 1
    parts: int = 1
    note: str = ""
    hint: str = "Send it back with: package apply, or compare it with: package diff"


@dataclass(frozen=True, slots=True)
class FileOffer:
    """A file to download: Teams asks the person, and comes back with `accept` or `decline` (verb and data).

    `size` in bytes.
    """

    name: str
    about: str
    size: int
    accept: dict[str, Any] = field(default_factory=dict)
    decline: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileSaved:
    """The file is in the person's OneDrive. `url`, `unique_id` and `kind` are Teams' own words for it."""

    name: str
    url: str
    unique_id: str
    kind: str = "yaml"


class Verdict(StrEnum):
    """What a file means for a package."""

    CREATE = "create"
    CHANGE = "change"
    SAME = "same"
    WRONG = "wrong"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class FiledLine:
    """One package of a file. `differences`: what is in the tenant, and what the file says.

    `makes`: what a new package comes to, in lines. `notes`: what is so and stays so although the file does not say it.
    """

    name: str
    catalog: str
    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    makes: tuple[str, ...] = ()
    problems: tuple[FileProblem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """A reference of a file, as it stands there, and what it may mean."""

    ref: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class FilePlan:
    """A file beside the tenant, before anything is written. `comparing`: nobody asked to apply it.

    `problems` are those of the file itself; then there are no `lines`. `only_here` are packages of the same catalogs
    that the file does not name. `note` is said first. `unclear` is what people can choose; `choose` sends that.
    """

    lines: tuple[FiledLine, ...] = ()
    problems: tuple[FileProblem, ...] = ()
    comparing: bool = False
    only_here: tuple[str, ...] = ()
    note: str = ""
    presses: tuple[Press, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    choose: Press | None = None


@dataclass(frozen=True, slots=True)
class BuildLine:
    """One build under way: the package's name and how it stands, in words with a tone."""

    name: str
    tone: Tone
    state: str


@dataclass(frozen=True, slots=True)
class BuildOverview:
    """What applying a file has come to so far. `settled`: nothing more happens without somebody's word."""

    file_id: str
    lines: tuple[BuildLine, ...]
    settled: bool = False
    presses: tuple[Press, ...] = ()
