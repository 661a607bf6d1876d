"""A build: from the first word about a package to the last write, remembered so that it survives anything."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.drafts import PackageDraft
from bot.domain.building.resources import Resource
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


WORTH_TELLING = timedelta(minutes=1)
PATIENCE = timedelta(hours=1)
"""How long a build waits for a Microsoft 365 that does not answer before it stands still."""

SEARCH = timedelta(minutes=2)
"""How long what came of a write without an answer is looked for before the write is repeated: names are not unique."""

PACKAGE = "package"
"""The step that makes the package, and what it made."""


@dataclass(frozen=True, slots=True)
class Build:
    """One package being described, made, changed or taken back by one person.

    `page` is the wizard's page. `before` is the package as it was seen (None: it is new), `wanted` what it shall be;
    both are set when somebody presses Create. `attempts` names steps begun, before they were begun; `done` those that
    are finished; `made` keeps the ids of what was made ("package", "resource <origin id>", "policy <n>").
    `conversation` and `card`: where the card of the draft stands; those of a build under way are in the ledger's cards.

    `begun_at`: when Create was pressed; `tried_at`: when the last write that must not happen twice was begun.
    `undoes`: id of the build whose change this one takes back; `leftovers`: resources which that one put into the
    catalog. `turn`: key of the turn that changed the draft last, so that the same turn changes it once. `file`: id of
    the applied file it belongs to, whose overview follows it. `stalled`: since when and why Microsoft 365 lets nothing
    through; `try_at`: when the next try is due, None unless it is stalled.
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
    begun_at: datetime | None = None
    tried_at: datetime | None = None
    undoes: str = ""
    leftovers: tuple[Resource, ...] = ()
    turn: str = ""
    file: str = ""
    stalled: Failure | None = None
    try_at: datetime | None = None

    @property
    def changes(self) -> bool:
        """Whether the package was there before."""
        return self.before is not None

    @property
    def package_id(self) -> str:
        """The package's id, "" while it is not made."""
        return self.before.id if self.before else self.made.get(PACKAGE, "")

    @property
    def under_way(self) -> bool:
        """Whether something is left to be done without anybody's word."""
        return self.state in (BuildState.BUILDING, BuildState.UNDOING) and self.failure is None

    @property
    def stamp(self) -> str:
        """Tells one state of the draft from another: a card drawn from an earlier one must not overwrite a later."""
        return hashlib.sha256(repr((self.state, self.page, self.draft)).encode()).hexdigest()[:16]

    @property
    def waits_long(self) -> bool:
        """Whether Microsoft 365 has let nothing through for so long that people should know."""
        since = self.stalled.at if self.stalled else None
        return self.try_at is not None and since is not None and self.try_at - since >= WORTH_TELLING

    def attempted(self, step: str) -> Build:
        """The build with this step begun."""
        return self if step in self.attempts else replace(self, attempts=(*self.attempts, step))

    def finished(self, step: str, made: str = "") -> Build:
        """The build with this step done, and under its name the id of what it made."""
        done = self.done if step in self.done else (*self.done, step)
        made_so_far = {**self.made, step: made} if made else self.made
        return replace(self, done=done, made=made_so_far, stalled=None, try_at=None)

    def begun(self, now: datetime) -> Build:
        """A reviewed draft as a build under way; anything else as it is."""
        if self.state is not BuildState.DRAFT or self.wanted is None:
            return self
        return replace(self, state=BuildState.BUILDING, begun_at=now, updated_at=now)

    def resumed(self, now: datetime) -> Build:
        """A build that stood still, under way again; anything else as it is."""
        if self.failure is None:
            return self
        state = BuildState.BUILDING if self.state is BuildState.FAILED else self.state
        return replace(self, state=state, failure=None, stalled=None, try_at=None, updated_at=now)

    def stall(self, why: Failure, try_at: datetime) -> Build:
        """The build waiting for Microsoft 365 until the next try; since when, and why, stays what it was first."""
        return replace(self, stalled=self.stalled or why, try_at=try_at)

    def hurried(self, now: datetime) -> Build:
        """With the next try due now, if there is one to wait for; anything else as it is."""
        return replace(self, try_at=now) if self.try_at is not None and self.try_at > now else self

    def let_through(self, now: datetime) -> Build:
        """Microsoft 365 answers again: what Entra is given time for counts from now."""
        return self if self.stalled is None else replace(self, stalled=None, try_at=None, updated_at=now)

    def failed(self, failure: Failure) -> Build:
        """The build standing still at a step."""
        state = BuildState.FAILED if self.state is BuildState.BUILDING else self.state
        return replace(self, state=state, failure=failure, stalled=None, try_at=None, updated_at=failure.at)

    def undoing(self, now: datetime) -> Build:
        """A build that came to an end, good or bad, being taken back; anything else as it is."""
        if self.state not in (BuildState.BUILT, BuildState.FAILED):
            return self
        return replace(self, state=BuildState.UNDOING, failure=None, stalled=None, try_at=None, updated_at=now)
