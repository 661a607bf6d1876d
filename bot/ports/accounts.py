"""What the bot needs of Entra to end a guest's account, and to find who may decide about one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain.belongings import Belongings
from bot.domain.people import Person


class Accounts(Protocol):
    """Accounts of the tenant, through Microsoft Graph."""

    async def holders(self, role_template_ids: Sequence[str]) -> tuple[Person, ...]:
        """The users who hold one of these directory roles directly and may sign in, each once, in the order of the roles."""

    async def belongings(self, person_id: str) -> Belongings:
        """What the account is a member of or assigned to, whether it is governed, and when it last signed in.

        One round trip. What Usher may not see is None, and no reason to fail.
        """

    async def governed(self, person_ids: Sequence[str]) -> Mapping[str, bool | None]:
        """Person id -> whether Entra ends the account with the last access package; None for one it does not know.

        A round trip for each twenty.
        """

    async def blocked(self) -> tuple[Person, ...]:
        """The living guests who may not sign in; a page is a round trip."""

    async def delete(self, person_id: str) -> None:
        """The account is in the recycle bin for thirty days; being gone already is success."""
