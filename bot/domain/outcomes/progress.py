"""What making, changing or taking back an access package comes to, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.building.builds import BuildState
from bot.domain.outcomes.general import Said
from bot.domain.outcomes.keeping import Difference
from bot.domain.outcomes.parts import Press
from bot.domain.outcomes.waiting import Waiting


class LineState(StrEnum):
    """How far a step is."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step in plain words."""

    title: str
    state: LineState


@dataclass(frozen=True, slots=True)
class BuildNote:
    """In a few words how a build stands, for a card on which something about it was confirmed; it is kept up to date."""

    build_id: str
    said: Said


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """A build, from the first write to the last. `steps` are in the order they happen.

    `changing`: the package existed before. `undoing`: the steps take back what was made. `failure` "" unless it
    stands still; then `code` is the other side's own. `changes`: what a change changed. `link`: the request link, ""
    while there is none to give. `waiting`: it has been kept waiting for long. `presses`: what can be done now.
    """

    build_id: str
    name: str
    state: BuildState
    steps: tuple[StepLine, ...]
    changing: bool = False
    undoing: bool = False
    failure: str = ""
    code: str = ""
    changes: tuple[Difference, ...] = ()
    link: str = ""
    waiting: Waiting | None = None
    presses: tuple[Press, ...] = ()
