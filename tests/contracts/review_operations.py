"""Every operation of the Reviews port: how to call it, and the Graph request that decides how it goes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.domain.reviews.facts import NewSeries, RoundRef
from bot.graph.reviews import EntraReviews
from tests.contracts.operations import INVITED_POLICY, Operation
from tests.contracts.tenant import ADELE, BEN, GENERAL, INVITED, NOBODY

WRITE, SEEN = ("AccessReview.ReadWrite.All",), ("AuditLog.Read.All",)


def new(**more: Any) -> NewSeries:
    """A review of the package that Ben holds, by Adele."""
    facts = {"reviewers": (ADELE,), "days": 7, **more}
    return NewSeries(
        "Review", "note", "text", INVITED, INVITED_POLICY, GENERAL, starts_at=datetime.now(UTC), **facts
    )  # fmt: skip


async def started(reviews: EntraReviews) -> RoundRef:
    """The round of a new review, which is under way at once in this tenant."""
    key = await reviews.begin(new())
    (found,) = (await reviews.rounds([key]))[key]
    return found.ref


async def _items(reviews: EntraReviews) -> Any:
    return await reviews.items([await started(reviews)])


async def _reviewers(reviews: EntraReviews) -> Any:
    return await reviews.reviewers([await started(reviews)])


async def _remind(reviews: EntraReviews) -> Any:
    return await reviews.remind(await started(reviews))


async def _stop(reviews: EntraReviews) -> Any:
    return await reviews.stop(await started(reviews))


async def _apply(reviews: EntraReviews) -> Any:
    ref = await started(reviews)
    await reviews.stop(ref)
    return await reviews.apply(ref)


def _read(name: str, call: Any, path: str, **more: Any) -> Operation:
    return Operation(name, call, "GET", path, port="reviews", **{"permissions": WRITE, **more})


def _write(name: str, call: Any, path: str, **more: Any) -> Operation:
    return Operation(name, call, "POST", path, writes=True, retried=False, port="reviews", permissions=WRITE, **more)


READS = [
    _read("series", lambda r: r.series(), r"/definitions\?"),
    _read("rounds", lambda r: r.rounds([NOBODY]), r"/instances\?", missing={NOBODY: ()}),
    _read("items", _items, r"/decisions\?", retried=False),
    _read("reviewers", _reviewers, "/contactedReviewers", retried=False),
    _read(
        "last_seen", lambda r: r.last_seen([BEN]), r"signInActivity", missing={}, forbidden={}, permissions=SEEN
    ),
]  # fmt: skip
WRITES = [
    _write("begin", lambda r: r.begin(new()), "/definitions$"),
    _write("remind", _remind, "/sendReminder$"),
    _write("stop", _stop, "/stop$", conflict="Conflict"),
    _write("apply", _apply, "/applyDecisions$"),
]
