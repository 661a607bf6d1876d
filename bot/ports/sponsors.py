"""What the bot needs of Entra to know and to change who answers for guests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Protocol

from bot.domain.people import Person
from bot.domain.sponsors import Sponsor, Sponsored


class Sponsors(Protocol):
    """The sponsors of guests, through Microsoft Graph. Ids are object ids."""

    async def of(self, guest_ids: Sequence[str]) -> Mapping[str, tuple[Sponsor, ...]]:
        """Guest id -> sponsors, for every id asked for; () where Entra knows no such guest.

        A round trip for each three hundred.
        """

    def sponsored(self) -> AsyncIterator[tuple[Sponsored, ...]]:
        """All living guests with their sponsors, page by page (a round trip each), so that memory stays flat."""

    async def guests_of(self, sponsor_id: str) -> tuple[Person, ...]:
        """The living guests this person or group answers for, by name. Reads every page of guests: Graph's `sponsorOf`
        is not for applications.
        """

    async def members_of(self, group_ids: Sequence[str]) -> Mapping[str, tuple[Sponsor, ...]]:
        """Group id -> the members of the organisation who can sign in, those of nested groups too: the first ten by name.

        () for a group that is gone or that Usher may not look into. Twenty groups in a round trip.
        """

    async def give(self, guest_id: str, sponsor_id: str) -> None:
        """The guest has this sponsor; having it already is success. Raises NotFound while the guest is too new, Rejected
        when there are five already.
        """

    async def take(self, guest_id: str, sponsor_id: str) -> None:
        """The guest does not have this sponsor; not having it already is success."""

    async def managers_of(self, person_ids: Sequence[str]) -> Mapping[str, tuple[Person, str]]:
        """Person id -> the person and the id of their manager ("" for none), of those that the directory knows.

        A round trip for each three hundred.
        """

    async def manager_of(self, person_id: str) -> Person | None:
        """Whom this person reports to; None when nobody, or when the directory does not know the person."""
