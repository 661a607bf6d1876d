"""What the bot needs of Entra to end a guest's account, and to find who may decide about one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.people import Person


class Accounts(Protocol):
    """Accounts of the tenant, through Microsoft Graph."""

    async def holders(self, role_template_ids: Sequence[str]) -> tuple[Person, ...]:
        """The users who hold one of these directory roles directly and may sign in, each once, in the order of the roles."""
