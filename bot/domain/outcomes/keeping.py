"""What looking at access packages, changing them and taking them away comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.building.facts import Use
from bot.domain.outcomes.parts import Entry, Finding, Press, Tone
from bot.domain.outcomes.waiting import Waiting


@dataclass(frozen=True, slots=True)
class PolicyView:
    """An assignment policy: its name, what it means in one line, and every setting in a line each."""

    name: str
    headline: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackageView:
    """An access package as it is. `state` says in words, with a tone, whether anybody can ask for it.

    `opens`: what it opens and as what, a line each. `changes` are the newest first; `sound` is what the lint says, in
    one line. `use` None: not counted, since Entra did not say. `within_days`: what "soon" means in `use.expiring`.
    """

    package_id: str
    name: str
    catalog: str
    link: str
    state: tuple[Tone, str]
    description: str = ""
    hidden: bool = False
    opens: tuple[str, ...] = ()
    policies: tuple[PolicyView, ...] = ()
    use: Use | None = None
    within_days: int = 30
    changes: tuple[Entry, ...] = ()
    sound: tuple[Tone, str] = (Tone.GOOD, "")
    presses: tuple[Press, ...] = ()
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Difference:
    """One setting that changes, in words; "" where there is none."""

    what: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class PackageChange:
    """What a change would do, before anything is written. `title` is the question.

    `differences` are written on Yes; `findings` are what the lint says of the package afterwards and did not say
    before. `meanwhile` is what somebody else changed since it was looked at. `notes` say what it means for people.
    """

    build_id: str
    title: str
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    meanwhile: tuple[Difference, ...] = ()
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds the package: `note` says what is special, "" for nothing."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DeletionQuestion:
    """Whether a package shall be deleted, and what stands in the way.

    `holders` lose their access first. `typed`: the name must be typed, `problem` says that what was typed differs.
    `press` None: it cannot be deleted now, and `blocked` says why.
    """

    build_id: str
    name: str
    holders: tuple[Holder, ...] = ()
    waiting: int = 0
    blocked: tuple[str, ...] = ()
    typed: bool = False
    problem: str = ""
    presses: tuple[Press, ...] = ()


class DeletionState(StrEnum):
    """How far a deletion is."""

    ENDING = "ending"
    DELETING = "deleting"
    DELETED = "deleted"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class DeletionProgress:
    """A package on its way out: how many of its people have lost it, then the package itself.

    `left` names who still has it. `failure` "" unless it stands still. `waiting`: it has been kept waiting for long.
    """

    build_id: str
    name: str
    state: DeletionState
    ended: int = 0
    people: int = 0
    left: tuple[str, ...] = ()
    failure: str = ""
    code: str = ""
    presses: tuple[Press, ...] = ()
    waiting: Waiting | None = None


@dataclass(frozen=True, slots=True)
class LintLine:
    """What the lint found, and the words that mend it: a sentence to type, or where to go; "" when nothing must be."""

    finding: Finding
    mend: str = ""


@dataclass(frozen=True, slots=True)
class LintedPackage:
    """A package and what the lint says of it, the worst first."""

    package_id: str
    name: str
    lines: tuple[LintLine, ...] = ()


@dataclass(frozen=True, slots=True)
class LintReport:
    """What the lint says of one package or of all, the worst first. `healthy` packages have nothing to be said of."""

    packages: tuple[LintedPackage, ...]
    healthy: int = 0
    presses: tuple[Press, ...] = ()
