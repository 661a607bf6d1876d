"""What Usher remembers of ends of access, and of who was told of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.notices import Ending, Notice

Place = Callable[[Ending | None, Ending], tuple[Ending, datetime | None]]
"""(what was known of an assignment's end, what is seen now) -> (what to know from now on, when to look at it first)."""


class Notices(Protocol):
    """Ends that come near, and notices of them, each claimed once. One transaction per method. Times are aware UTC."""

    async def watch(self, seen: Sequence[Ending], gone: Collection[str], place: Place) -> None:
        """These ends are known, as `place` says, and those of the assignments `gone` are not.

        Ends known already are left alone: a second call with the same writes nothing.
        """

    async def near(self, now: datetime, *, limit: int) -> tuple[Ending, ...]:
        """Ends whose time to be looked at has come, those that wait longest; the same ones until `look_at` is called."""

    async def look_at(self, ending: Ending, at: datetime | None) -> None:
        """This end is looked at next at that time, or not at all; another end of the assignment is left alone."""

    async def look_anew(self, now: datetime, package_id: str = "") -> None:
        """Every end (of one package) is looked at soon, because its marks are others now."""

    async def forget(self, before: datetime) -> None:
        """Ends before this, and what was told of them, are forgotten."""

    async def ends_between(self, begin: datetime, end: datetime) -> tuple[Ending, ...]:
        """The known ends in this time, the next first."""

    async def claim(self, notice: Notice) -> bool:
        """Whether this notice is told because of this call: False when it was claimed before."""

    async def drop(self, notice: Notice) -> None:
        """This was not claimed."""

    async def told(self, ends: Sequence[Ending]) -> Mapping[tuple[str, str], frozenset[int]]:
        """(assignment id, person id) -> the marks claimed for exactly these ends. Person "" stands for everybody."""

    async def open(self, ends: Sequence[Ending]) -> tuple[Notice, ...]:
        """Notices of exactly these ends that were claimed and not settled."""

    async def settle(self, done: Sequence[Notice]) -> None:
        """Nothing more is to be done about these."""

    async def schedules(self, *, fresh: bool = True) -> Mapping[str, tuple[int, ...]]:
        """Package id -> its own marks, of packages that have some of their own; () for none at all.

        Not `fresh`: as they were half a minute ago at most, for the sweep, which asks at every page.
        """

    async def use_marks(self, marks: Sequence[int], now: datetime) -> None:
        """These are the tenant's marks from now on. Where others were before, every end is looked at soon."""

    async def marks_since(self) -> Mapping[int, datetime]:
        """Mark of the tenant -> since when it counts, of those that were added to earlier ones."""

    async def set_schedule(self, package_id: str, own: tuple[int, ...] | None) -> None:
        """The package has its own marks, or (None) those of the tenant."""
