"""What the bot needs of Entra to tell who was forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Protocol

from bot.domain.dormancy import Sleeper


class SignIns(Protocol):
    """Sign-ins of guests, through Microsoft Graph."""

    async def unreadable(self) -> str:
        """Why Entra tells nobody's sign-ins (permission, licence) in plain words, "" where it tells; one round trip."""

    def sleepers(self, *, with_sign_ins: bool) -> AsyncIterator[tuple[Sleeper, ...]]:
        """All living guests page by page, a round trip each; without sign-ins these are all unknown."""

    async def of(self, guest_ids: Sequence[str], *, with_sign_ins: bool) -> Mapping[str, Sleeper]:
        """The living guests among these, twenty in a round trip."""

    async def role_holders(self, person_ids: Sequence[str]) -> Mapping[str, bool | None]:
        """Person id -> whether they hold a directory role, also through a group; None where Usher may not look.

        Twenty in a round trip.
        """
