"""Access reviews of package assignments: the `Reviews` port over Microsoft Graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.reviews.facts import Item, NewSeries, Reviewer, Round, RoundRef, Series, Standing, standing
from bot.errors import Conflict, Forbidden, NotFound, NotLicensed, Rejected
from bot.graph.batch import Ask, send_all
from bot.graph.client import Graph
from bot.graph.people import is_object_id
from bot.graph.review_shapes import body_of, item_of, round_of, scope_of, seen_of, series_of
from bot.graph.wire import Json, literal, path

DEFINITIONS = "/identityGovernance/accessReviews/definitions"
_SCOPE = "scope/microsoft.graph.accessReviewQueryScope/query"
_PAGE = 100


class EntraReviews:
    """`bot.ports.reviews.Reviews` on one tenant; every method's claims stand at the port."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    async def series(self, *, package_id: str = "") -> tuple[Series, ...]:
        """https://learn.microsoft.com/graph/api/accessreviewset-list-definitions"""
        which = f"contains({_SCOPE},{literal('accessPackageAssignments')})"
        rows = await self._graph.wire.all(DEFINITIONS, {"$filter": which, "$top": _PAGE})
        found = [one for row in rows if (one := series_of(row))]
        return tuple(one for one in found if package_id in ("", one.package_id))

    async def begin(self, new: NewSeries) -> str:
        """https://learn.microsoft.com/graph/api/accessreviewset-post-definitions"""
        made = await self._graph.wire.post(DEFINITIONS, body_of(new))
        return str(made.get("id") or "")

    async def rounds(self, series_ids: Sequence[str]) -> Mapping[str, tuple[Round, ...]]:
        """https://learn.microsoft.com/graph/api/accessreviewscheduledefinition-list-instances"""
        ids = list(dict.fromkeys(series_ids))
        asks = [Ask(f"rounds {one}", path(f"{DEFINITIONS}/{{}}/instances", one), {"$top": _PAGE}) for one in ids]
        rows = await self._rows(asks, gone_is_empty=True)
        return {
            one: tuple(sorted((round_of(one, row) for row in rows[ask.id]), key=_by_start))
            for one, ask in zip(ids, asks, strict=True)
        }

    async def items(self, rounds: Sequence[RoundRef]) -> tuple[Item, ...]:
        """https://learn.microsoft.com/graph/api/accessreviewinstance-list-decisions"""
        refs = list(dict.fromkeys(rounds))
        asks = [Ask(f"items {one.id}", f"{address_of(one)}/decisions", {"$top": _PAGE}) for one in refs]
        rows = await self._rows(asks)
        return tuple(item_of(one, row) for one, ask in zip(refs, asks, strict=True) for row in rows[ask.id])

    async def reviewers(self, rounds: Sequence[RoundRef]) -> tuple[Reviewer, ...]:
        """https://learn.microsoft.com/graph/api/accessreviewinstance-list-contactedreviewers"""
        refs = list(dict.fromkeys(rounds))
        asks = [Ask(f"asked {one.id}", f"{address_of(one)}/contactedReviewers") for one in refs]
        rows = await self._rows(asks)
        found = {str(row["id"]): str(row.get("displayName") or "") for each in rows.values() for row in each}
        return tuple(Reviewer(key, name) for key, name in found.items())

    async def remind(self, ref: RoundRef) -> None:
        """https://learn.microsoft.com/graph/api/accessreviewinstance-sendreminder"""
        await self._graph.wire.post(f"{address_of(ref)}/sendReminder", None)

    async def stop(self, ref: RoundRef) -> None:
        """https://learn.microsoft.com/graph/api/accessreviewinstance-stop"""
        try:
            await self._graph.wire.post(f"{address_of(ref)}/stop", None)
        except (Rejected, Conflict):
            found = await self._graph.wire.get(address_of(ref))
            if str(found.get("status")) == "InProgress":
                raise

    async def apply(self, ref: RoundRef) -> None:
        """https://learn.microsoft.com/graph/api/accessreviewinstance-applydecisions"""
        try:
            await self._graph.wire.post(f"{address_of(ref)}/applyDecisions", None)
        except (Rejected, Conflict):
            found = await self._graph.wire.get(address_of(ref))
            if standing(str(found.get("status") or "")) not in (Standing.APPLYING, Standing.APPLIED):
                raise

    async def last_seen(self, person_ids: Sequence[str]) -> Mapping[str, datetime]:
        """https://learn.microsoft.com/graph/api/resources/signinactivity: needs AuditLog.Read.All and a premium plan."""
        ids = [one for one in dict.fromkeys(person_ids) if is_object_id(one)]
        asks = [Ask(f"seen {one}", path("/users/{}", one), {"$select": "id,signInActivity"}) for one in ids]
        if not asks:
            return {}
        answers = await send_all(self._graph.wire, asks)
        found = {}
        for one, ask in zip(ids, asks, strict=True):
            try:
                at = seen_of(answers[ask.id])
            except (Forbidden, NotLicensed, NotFound, Rejected):
                continue
            if at:
                found[one] = at
        return found

    async def _rows(self, asks: Sequence[Ask], *, gone_is_empty: bool = False) -> dict[str, list[Json]]:
        """Every row of each collection. Raises NotFound for one that is not there, unless that counts as empty."""
        if not asks:
            return {}
        answers = await send_all(self._graph.wire, asks)
        pages = {ask.id: answers.maybe(ask.id) if gone_is_empty else answers[ask.id] for ask in asks}
        return {name: await self._graph.wire.rest(page) if page else [] for name, page in pages.items()}


def address_of(ref: RoundRef) -> str:
    """The path of one round."""
    return path(f"{DEFINITIONS}/{{}}/instances/{{}}", ref.series_id, ref.id)


def _by_start(one: Round) -> tuple[bool, datetime | None, str]:
    return one.starts_at is None, one.starts_at, one.ref.id


__all__ = ["DEFINITIONS", "EntraReviews", "address_of", "scope_of"]

if TYPE_CHECKING:
    from bot.ports.reviews import Reviews

    _keeps_the_port: type[Reviews] = EntraReviews
