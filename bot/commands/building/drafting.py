"""A person's own drafts of access packages: begun, found again, changed under the ledger's lock, dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.commands.command import Ask
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.builds import Build, BuildState
from bot.domain.building.drafts import PackageDraft
from bot.domain.building.pages import Page
from bot.domain.outcomes import Said, Tone
from bot.domain.turns import Turn

_FRESH = timedelta(minutes=10)
_NOT_YOURS = Said(
    "That draft is not yours",
    "Only who began to describe an access package can go on with it. Type package new to begin one of your own.",
    Tone.BAD,
)


def id_of(turn: Turn) -> str:
    """The id of the draft that this turn begins."""
    return f"build-{turn.key}"


async def begin(draft: PackageDraft, ask: Ask) -> Build:
    """A draft of this person; the same turn begins one only."""
    fresh = Build(
        id=id_of(ask.turn),
        owner_id=ask.person.id,
        owner_name=ask.person.name,
        created_at=ask.now,
        updated_at=ask.now,
        draft=draft,
        page=Page.BASICS.value,
        turn=ask.turn.key,
    )
    return await ask.deps.ledger.open_build(fresh)


async def own(build_id: str, ask: Ask) -> Build | Said:
    """What this person began to describe, open or made by now; otherwise what to say."""
    build = await ask.deps.ledger.build(build_id) if build_id else None
    if build is None or build.owner_id != ask.person.id:
        # A draft that does not exist is told like another's: ids are nobody's business.
        return _NOT_YOURS
    if build.state is BuildState.DROPPED:
        return Said("This draft was cancelled", "Nothing was written. Type package new to begin anew.")
    return build


async def change(build: Build, ask: Ask, how: Callable[[Build], Build], *, stamp: str) -> tuple[Build, bool]:
    """The draft as it is now, and whether this turn's change is in it.

    Not changed: the card it came from was drawn from another state of the draft (`stamp` "" asks for none). A turn
    that runs twice changes it once.
    """
    taken = False

    def once(found: Build) -> Build:
        nonlocal taken
        taken = found.turn == ask.turn.key
        if taken or found.state is not BuildState.DRAFT or (stamp and stamp != found.stamp):
            return found
        taken = True
        return replace(how(found), wanted=None, turn=ask.turn.key, updated_at=ask.now)

    return await ask.deps.ledger.amend_build(build.id, once), taken


async def turn_to(build: Build, page: Page, ask: Ask) -> Build:
    """The draft stands on this page, unless somebody changed it meanwhile."""
    if build.page == page.value:
        return build

    def turned(found: Build) -> Build:
        return replace(found, page=page.value) if found.stamp == build.stamp else found

    return await ask.deps.ledger.amend_build(build.id, turned)


async def reviewed(build: Build, blueprint: Blueprint, ask: Ask) -> Build:
    """What the review shows is what Create makes, unless somebody changed the draft meanwhile."""

    def wanted(found: Build) -> Build:
        return replace(found, wanted=blueprint, updated_at=ask.now) if found.stamp == build.stamp else found

    return await ask.deps.ledger.amend_build(build.id, wanted)


def is_fresh(build: Build, ask: Ask) -> bool:
    """Whether the tenant hardly changed since the draft was reviewed."""
    return build.wanted is not None and build.updated_at is not None and ask.now - build.updated_at < _FRESH


async def drop(build: Build, ask: Ask) -> None:
    """The draft is given up."""

    def dropped(found: Build) -> Build:
        return replace(found, state=BuildState.DROPPED) if found.state is BuildState.DRAFT else found

    await ask.deps.ledger.amend_build(build.id, dropped)
