"""Access reviews in Entra, and what Usher remembers of those it follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.reviews.campaigns import Campaign
from bot.domain.reviews.facts import Item, NewSeries, Reviewer, Round, RoundRef, Series


class Reviews(Protocol):
    """Access reviews of package assignments, through Microsoft Graph with Usher's own token."""

    async def series(self, *, package_id: str = "") -> tuple[Series, ...]:
        """Every review of a package's assignments, of one package where one is named."""

    async def begin(self, new: NewSeries) -> str:
        """A review is made; its id. Raises Ambiguous on a broken connection: look at `series` first.

        Raises Rejected where this tenant leaves reviews of packages to their policies.
        """

    async def rounds(self, series_ids: Sequence[str]) -> Mapping[str, tuple[Round, ...]]:
        """Series id -> its rounds, the first first; () for one that is gone."""

    async def items(self, rounds: Sequence[RoundRef]) -> tuple[Item, ...]:
        """Every person under review in these rounds, with what was decided.

        Raises NotFound when Entra does not show one of them: it may be gone, or hidden for a moment.
        """

    async def reviewers(self, rounds: Sequence[RoundRef]) -> tuple[Reviewer, ...]:
        """Everybody Entra asks in these rounds, each once: people, also where a group, managers or sponsors are named.

        Raises NotFound when Entra does not show one of the rounds.
        """

    async def remind(self, ref: RoundRef) -> None:
        """Entra mails the reviewers once more."""

    async def stop(self, ref: RoundRef) -> None:
        """Nobody can decide any more; one that is over already is left as it is."""

    async def apply(self, ref: RoundRef) -> None:
        """What was decided takes effect within minutes. Raises Rejected while the round is not over."""

    async def last_seen(self, person_ids: Sequence[str]) -> Mapping[str, datetime]:
        """When these people last signed in; without those who never did, and empty where Usher may not see it."""


class Campaigns(Protocol):
    """The reviews Usher follows, each begun once. One transaction per method."""

    async def claim(self, campaign: Campaign) -> tuple[Campaign, bool]:
        """The one stored campaign with this id or in this slot, and whether this call began it."""

    async def begun_by(self, key: str) -> Campaign | None:
        """The campaign that the turn with this key began."""

    async def campaign(self, campaign_id: str) -> Campaign | None:
        """By id."""

    async def known(self, campaign_ids: Sequence[str]) -> frozenset[str]:
        """Those of these ids that are there."""

    async def newest(self, *, package_id: str = "", limit: int) -> tuple[Campaign, ...]:
        """The newest campaigns first, of one package where one is named; those under way before those over."""

    async def any_due(self, now: datetime) -> bool:
        """Whether `due` would find a campaign; only looks."""

    async def due(self, now: datetime, *, lease: float, limit: int) -> tuple[Campaign, ...]:
        """Campaigns whose `next_look_at` has come, taken for `lease` seconds so that no other replica does."""

    async def amend(self, campaign_id: str, how: Callable[[Campaign], Campaign]) -> Campaign:
        """`how` applied to the stored campaign under a row lock; what it returned is stored. Raises NotFound."""
