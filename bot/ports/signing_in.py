"""Who has signed in to Usher, and what waits until somebody has."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.outcomes import SignIn
from bot.domain.sign_in import KeptTurn
from bot.domain.turns import Conversation


class SignInService(Protocol):
    """The service that keeps people's sign-ins (the Bot Framework's token service); Usher keeps no token itself."""

    async def offer(self, chat: Conversation, text: str, *, silent: bool) -> SignIn:
        """The question to sign in, for the person of this 1:1 chat. `silent`: Teams may answer it by itself.

        Raises Transient, and SignInNeeded ("off") when the service does not know the connection.
        """

    async def sign_out(self, person_id: str) -> bool:
        """Nobody can act for this person any more, in any replica; False when they were not signed in."""


class KeptTurns(Protocol):
    """What people wanted when it turned out that they have to sign in first. One transaction per method."""

    async def keep(self, kept: KeptTurn) -> None:
        """It waits; an earlier one with this id is replaced."""

    async def of(self, person_id: str) -> tuple[KeptTurn, ...]:
        """All that waits for this person's sign-in, oldest first, what is late included."""

    async def show(self, kept_id: str, chat: Conversation, card: str) -> bool:
        """The sign-in card of what waits stands there; False when it does not wait any more."""

    async def drop(self, kept: KeptTurn) -> KeptTurn | None:
        """It waits no longer; one that was kept anew meanwhile under the same id does.

        Answers how it stood last: its card may have been shown since it was read. None when it was dropped before.
        """

    async def claim_exchange(self, person_id: str, exchange_id: str, now: datetime, *, lease: timedelta) -> bool:
        """Whether this call is the first with this exchange: each client a person is signed in with sends it.

        Whoever claims it may die before it is made: once `lease` is over the next call is the first again.
        """

    async def release_exchange(self, person_id: str, exchange_id: str) -> None:
        """The exchange did not come about and may be tried again."""

    async def tidy(self, before: datetime) -> None:
        """What was kept or claimed before is forgotten."""
