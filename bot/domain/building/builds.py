"""A build: from the first word about a package to the last write, remembered so that it survives anything."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.drafts import PackageDraft
from bot.domain.invites import Failure
from bot.domain.turns import Conversation


class BuildState(StrEnum):
    """Values are stored: never rename one. A draft that its owner gave up is dropped."""

    DRAFT = "draft"
    BUILDING = "building"
    FAILED = "failed"
    BUILT = "built"
    UNDOING = "undoing"
    UNDONE = "undone"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Build:
    """One package being described, made, changed or taken back by one person.

    `page` is the wizard's page. `before` is the package as it was seen (None: it is new), `wanted` what it shall be;
    both are set when somebody presses Create. `attempts` names steps begun, before they were begun; `done` those that
    are finished; `made` keeps the ids of what was made ("package", "resource <origin id>", "policy <n>").
    `conversation` and `card`: where the card stands that shows it.
    """

    id: str
    owner_id: str
    owner_name: str
    created_at: datetime
    draft: PackageDraft = PackageDraft()
    page: str = "basics"
    state: BuildState = BuildState.DRAFT
    before: Blueprint | None = None
    wanted: Blueprint | None = None
    attempts: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    made: dict[str, str] = field(default_factory=dict)
    failure: Failure | None = None
    conversation: Conversation | None = None
    card: str = ""
    updated_at: datetime | None = None

    @property
    def stamp(self) -> str:
        """Tells one state of the draft from another: a card drawn from an earlier one must not overwrite a later."""
        return hashlib.sha256(repr((self.state, self.page, self.draft)).encode()).hexdigest()[:16]

    def attempted(self, step: str) -> Build:
        """The build with this step begun."""
        return self if step in self.attempts else replace(self, attempts=(*self.attempts, step))

    def finished(self, step: str, made: str = "") -> Build:
        """The build with this step done, and under its name the id of what it made."""
        done = self.done if step in self.done else (*self.done, step)
        return replace(self, done=done, made={**self.made, step: made} if made else self.made)
