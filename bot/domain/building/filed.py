"""A file of access packages, as data: what stands in it, where, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.building.drafts import PackageDraft, ResourceWish

LONGEST_SHOWN = 160
"""Characters of a line that a problem shows."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class FileProblem:
    """What is wrong, in plain words; `spot` where it is known, `shown` that line as it stands in the file."""

    text: str
    spot: Spot | None = None
    shown: str = ""

    def beside(self, lines: Sequence[str]) -> FileProblem:
        """The problem with the line it is about, out of all `lines` of the file."""
        line = lines[self.spot.line - 1] if self.spot and 0 < self.spot.line <= len(lines) else ""
        return replace(self, shown=line.strip()[:LONGEST_SHOWN])


@dataclass(frozen=True, slots=True)
class Placed:
    """A text of the file and where it stands; `path` is the draft's field ("name", "stages.0.approvers")."""

    path: str
    text: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class FiledPackage:
    """One access package of a file. What the file does not say is not given in `draft`.

    `id` tells packages of one name apart. `removed` are resource roles, `removed_policies` names of policies that the
    file asks to take out. `names`: reference -> what people call it, for comments beside ids.
    """

    draft: PackageDraft
    id: str = ""
    removed: tuple[ResourceWish, ...] = ()
    removed_policies: tuple[str, ...] = ()
    places: tuple[Placed, ...] = field(default=(), compare=False)
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    def spot(self, path: str, words: str = "") -> Spot | None:
        """Where a problem of this field stands: at the text that `words` quote, or else where the field begins."""
        inside = [one for one in self.places if f"{one.path}.".startswith(f"{path}.")]
        quoted = [one for one in inside if one.text and f"“{one.text[:80]}”" in words]
        return next((one.spot for one in (*quoted, *inside, *self.places)), None)


@dataclass(frozen=True, slots=True)
class FileReading:
    """What was read; where there are `problems` the packages may be incomplete. `time_zone`: of its dates, or ""."""

    packages: tuple[FiledPackage, ...] = ()
    problems: tuple[FileProblem, ...] = ()
    time_zone: str = ""
