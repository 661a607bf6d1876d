"""People's sign-ins, as `bot.ports.SignInService` and as the source of the tokens that speak for them."""

from bot.domain.outcomes import SignIn
from bot.domain.turns import Conversation
from bot.errors import SignInNeeded, Why
from bot.ports import Ledger
from bot.teams.reference import read_reference
from bot.teams.token_service import TokenService


class TeamsSignInService:
    """Signing in through the Bot Framework's token service. `service` None: it is not set up."""

    def __init__(self, service: TokenService | None, ledger: Ledger) -> None:
        self.service = service
        self._ledger = ledger

    async def offer(self, chat: Conversation, text: str, *, silent: bool) -> SignIn:
        """A new question each time: what the service hands out is good for one sign-in."""
        if self.service is None:
            raise SignInNeeded(Why.OFF)
        resource = await self.service.resource(read_reference(chat))
        question = SignIn(text, self.service.connection, resource.link)
        if not silent:
            return question
        return SignIn(text, self.service.connection, resource.link, resource.exchange_id, resource.exchange_uri)

    async def sign_out(self, person_id: str) -> bool:
        """The service forgets them; a person whom Usher never met has nothing to be forgotten."""
        user_id = await self._teams_id(person_id)
        if self.service is None or not user_id or await self.service.token(user_id) is None:
            return False
        await self.service.sign_out(user_id)
        return True

    async def assertion(self, person_id: str) -> str | None:
        """The token this person signed in to Usher with, None without one."""
        user_id = await self._teams_id(person_id)
        if self.service is None or not user_id:
            return None
        return await self.service.token(user_id)

    async def _teams_id(self, person_id: str) -> str:
        contact = await self._ledger.contact(person_id)
        return contact.teams_id if contact else ""
