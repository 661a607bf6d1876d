"""What describing and building an access package comes to."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.building.drafts import PackageDraft
from bot.domain.building.pages import Page
from bot.domain.outcomes.general import Said
from bot.domain.outcomes.parts import Choice, Finding


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A resource of the draft: its name as found in the tenant, the roles it offers (none: not known yet), the role
    chosen, and what must be said about it.
    """

    name: str
    kind: str
    role: str = ""
    roles: tuple[Choice, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A reference of the draft that means several things: the field it stands in, and what it may mean."""

    field: str
    ref: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class DraftsOpen:
    """The question what becomes of a package that was begun to be described; each answer is a button, or is typed."""

    said: Said


@dataclass(frozen=True, slots=True)
class WizardPage:
    """One page of the wizard, prefilled. `stamp` says of which state of the draft it is.

    `choices`: "catalog", "app", "group", "site" and "extension.<number of the moment>" -> what can be chosen.
    `names`: reference -> what people read for it. `problems`: field of the draft -> plain words. `editing`: number of the question in the editor, None for a new one. `changing`: the package exists.
    """

    build_id: str
    stamp: str
    page: Page
    draft: PackageDraft = PackageDraft()
    choices: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    rows: tuple[ResourceRow, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    editing: int | None = None
    changing: bool = False


@dataclass(frozen=True, slots=True)
class PackageReview:
    """The wizard's last page: every setting in plain words, what will be written, and what gives pause.

    `sections` are (title, lines) in the wizard's order. `stamp` as in a `WizardPage`.
    """

    build_id: str
    stamp: str
    name: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    writes: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
