"""Who is shown each page of the sweep."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.domain.access import Assignment
from bot.jobs import farewells, notices
from bot.ports import Deps

Visit = Callable[[tuple[Assignment, ...], Deps], Awaitable[None]]
"""Is handed some delivered assignments; may be handed the same ones again, in one sweep and in each that follows."""

#: In this order. One that raises does not keep the others from the page; it sees the page again, a few times.
VISITORS: tuple[Visit, ...] = (notices.visit, farewells.visit)
