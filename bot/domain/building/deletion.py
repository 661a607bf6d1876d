"""Taking a package away for good: whose access ends first, what keeps Entra from deleting it, and how far it is.

A deletion is kept as a build: `before` is the package, `wanted` None, `made` holds the assignments that were on the card
when somebody said yes (id -> name), `done` those that have ended; `updated_at` is when it began, or went on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.access import Assignment
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.builds import Build, BuildState
from bot.domain.invites import Failure

PAGE = "delete"
"""Marks the builds that take a package away. Stored: never rename it."""

MOST_PEOPLE = 200
"""People whose access one deletion may end; more are a matter for a plan, not for one press."""

PATIENCE = timedelta(minutes=20)
"""How long Entra may take to end the access of all before somebody is asked to look."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at Entra shows of a deletion: assignments to remove, some already asked for, and strangers.

    `others` got the package after the question was answered: nobody said that they may lose it.
    """

    left: tuple[Assignment, ...]
    unasked: tuple[Assignment, ...]
    others: tuple[Assignment, ...]


def opened(
    package: Blueprint, held: Iterable[Assignment], *, build_id: str, owner: tuple[str, str], now: datetime
) -> Build:
    """The question as it is put: nothing happens before somebody says yes. `owner`: object id and name."""
    people = {one.id: one.person_name or one.person_address or one.person_id for one in held if one.is_live}
    owner_id, owner_name = owner
    return Build(build_id, owner_id, owner_name, now, page=PAGE, before=package, made=people, updated_at=now)


def is_deletion(build: Build | None) -> bool:
    """Whether this build takes a package away."""
    return build is not None and build.page == PAGE and build.before is not None and build.wanted is None


def confirmed(build: Build, now: datetime) -> Build:
    """Under way, if it was still a question; anything else as it is."""
    if build.state is not BuildState.DRAFT:
        return build
    return replace(build, state=BuildState.BUILDING, updated_at=now)


def look(build: Build, held: Iterable[Assignment]) -> Look:
    """What is left to do, by the assignments Entra shows now."""
    live = tuple(one for one in held if one.is_live)
    ours = tuple(one for one in live if one.id in build.made)
    return Look(
        left=ours,
        unasked=tuple(one for one in ours if one.id not in build.attempts),
        others=tuple(one for one in live if one.id not in build.made),
    )


def seen(build: Build, left: Iterable[Assignment]) -> Build:
    """With those marked as ended that Entra no longer shows."""
    there = {one.id for one in left}
    return replace(build, done=tuple(one for one in build.made if one not in there))


def failed(build: Build, text: str, code: str, now: datetime) -> Build:
    """Standing still, with the reason."""
    if build.state is not BuildState.BUILDING:
        return build
    return replace(build, state=BuildState.FAILED, failure=Failure(text, code, PAGE, now), updated_at=now)


def resumed(build: Build, now: datetime) -> Build:
    """Under way once more, and every removal asked for again: Entra says when one is under way already."""
    if build.state is not BuildState.FAILED:
        return build
    return replace(build, state=BuildState.BUILDING, failure=None, attempts=(), tried_at=None, updated_at=now)


def named(people: Mapping[str, str], ids: Iterable[str]) -> tuple[str, ...]:
    """Names of these assignments' people, in the order they were listed."""
    wanted = set(ids)
    return tuple(name for key, name in people.items() if key in wanted)


def obstacles(people: int, waiting: int) -> tuple[str, ...]:
    """What keeps a package with so many holders and open requests from being deleted now; () when nothing does."""
    found: list[str] = []
    if waiting:
        found.append(
            "Requests are open, and Entra deletes no package while one is. Approvers decide them in My Access, and "
            "whoever asked can withdraw theirs. Close the package for requests first, so that no new ones come."
        )
    if people > MOST_PEOPLE:
        found.append(
            f"{people} people have it; Usher takes a package from {MOST_PEOPLE} at most. Close it for requests and let "
            "the access end, or take it back in the portal first."
        )
    return tuple(found)


def is_the_name(typed: str, name: str) -> bool:
    """Whether this is the package's name as people type it: case, spaces and quotation marks aside."""
    return bool(_bare(typed)) and _bare(typed) == _bare(name)


def _bare(text: str) -> str:
    return " ".join(text.split()).strip("\"'“”„«»‘’ ").casefold()
