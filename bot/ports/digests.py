"""What Usher remembers of digests: who gets one how often, and what is to stand in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.digests import Choice, Noticed, Reader
from bot.domain.notices import Ending


class Digests(Protocol):
    """Digests of the people who answer for guests. One transaction per method."""

    async def choice(self, person_id: str) -> Choice:
        """What this person chose, or what holds for everybody."""

    async def choose(self, person_id: str, choice: Choice) -> None:
        """This holds for the person from now on."""

    async def readers(self, also: Collection[str] = ()) -> tuple[Reader, ...]:
        """Everybody for whom there is something to tell, who wants a digest of everything, and the people `also`."""

    async def gather(self, person_id: str, slot: str, *, more: bool = True) -> tuple[Noticed, ...]:
        """What stands in this person's digest of this slot: the same however often it is asked, once it is something.

        `more`: whether what was claimed since may be added to nothing. Of ends that have moved since there is nothing to tell.
        """

    async def sent(self, person_id: str, slot: str, *, hidden: Sequence[Ending] = ()) -> None:
        """The digest of this slot is done, and what stood in it told; but for the ends `hidden`, left for the next one."""
