"""Put an outcome into one conversation: post it, or edit the card that stands there."""

import logging
from collections.abc import Callable

from bot.domain.delivery import Reach
from bot.domain.outcomes import Help, Outcome
from bot.domain.turns import Conversation, Place
from bot.errors import Unreachable
from bot.ports import Ledger
from bot.teams.activities import activity_of, chat_parameters
from bot.teams.connector import Connector
from bot.teams.faults import CARD_GONE, CONVERSATION_GONE, reach_of
from bot.teams.reference import Reference, read_reference
from bot.teams.replies import Reply, SayIn, reply_to

log = logging.getLogger(__name__)

# Where Teams answers bots that have not been written to yet, in the public cloud.
FIRST_SERVICE_URL = "https://smba.trafficmanager.net/teams/"


_MOST_HELPS = 200


class Post:
    """Sends and edits through the connector, and notes in the ledger what a refusal teaches.

    `bot_id` is the Teams id (28:…), `tenant_id` our own tenant's. `on_refusal` hears the object id of a
    person whom Teams would not let us write to.
    """

    def __init__(self, connector: Connector, ledger: Ledger, say_in: SayIn, *, bot_id: str, tenant_id: str) -> None:
        self._connector = connector
        self._ledger = ledger
        self._say_in = say_in
        self._bot_id = bot_id
        self._tenant_id = tenant_id
        self._helps: dict[str, Reply] = {}
        self.service_url = FIRST_SERVICE_URL
        self.on_refusal: Callable[[str], None] = lambda _: None

    def drawn(self, outcome: Outcome) -> Reply:
        """The outcome as card and text; the list of commands, much asked for and seldom other, is kept."""
        if not isinstance(outcome, Help):
            return reply_to(outcome, self._say_in)
        key = repr(outcome)
        if key not in self._helps:
            if len(self._helps) >= _MOST_HELPS:
                self._helps.clear()
            self._helps[key] = reply_to(outcome, self._say_in)
        return self._helps[key]

    async def put(self, conversation: Conversation, reply: Reply, *, replacing: str = "") -> str:
        """The reply stands in the conversation, in place of the card `replacing` if given; its activity id.

        A 1:1 chat the person has deleted is opened anew, once. Raises Unreachable, with code
        ActivityNotFoundInConversation when only the card to edit is gone.
        """
        reference = read_reference(conversation)
        try:
            return await self._put(reference, reply, replacing)
        except Unreachable as error:
            if replacing and error.status == 404:
                raise Unreachable(error.detail, code=CARD_GONE, status=404) from error
            if error.code != CONVERSATION_GONE or reference.place is not Place.PERSONAL:
                await self._learn(reference, error)
                raise
        return await self._put(await self._open(reference), reply, "")

    async def open_chat(self, person_id: str) -> Conversation:
        """The 1:1 chat with this person, remembered or made. Raises Unreachable."""
        contact = await self._ledger.contact(person_id)
        if contact is not None and contact.conversation is not None:
            return contact.conversation
        blank = Reference(
            service_url=self.service_url,
            conversation_id="",
            place=Place.PERSONAL,
            bot_id=self._bot_id,
            user_id=contact.teams_id if contact else "",
            user_name=contact.name if contact else "",
            person_id=person_id,
            locale=contact.locale if contact else "",
        )
        return (await self._open(blank)).to_conversation()

    async def shared_team(self, person_id: str) -> tuple[Conversation, str] | None:
        """A team both are in and the person's Teams id there, or None."""
        for team in await self._ledger.teams():
            try:
                member = await self._connector.member(read_reference(team).service_url, team.id, person_id)
            except Unreachable:
                continue
            teams_id = member.get("id")
            if isinstance(teams_id, str) and teams_id:
                return team, teams_id
        return None

    async def _put(self, reference: Reference, reply: Reply, replacing: str) -> str:
        activity = activity_of(reply, reference)
        if not replacing:
            return await self._connector.send(reference.service_url, reference.conversation_id, activity)
        await self._connector.update(reference.service_url, reference.conversation_id, replacing, activity)
        return replacing

    async def _open(self, blank: Reference) -> Reference:
        """Teams finds the 1:1 chat that exists, or makes one where Usher is installed for the person."""
        member = blank.user_id or blank.person_id
        parameters = chat_parameters(bot_id=self._bot_id, member_id=member, tenant_id=self._tenant_id)
        try:
            opened = await self._connector.create_conversation(blank.service_url, parameters)
        except Unreachable as error:
            await self._learn(blank, error)
            raise
        reference = blank.moved(opened)
        if blank.person_id:
            await self._ledger.opened(blank.person_id, reference.to_conversation(), instead_of=blank.conversation_id)
        return reference

    async def _learn(self, reference: Reference, error: Unreachable) -> None:
        reach = reach_of(error)
        log.warning("not delivered in Teams", extra={"code": error.code, "status": error.status})
        if reach is not Reach.UNKNOWN and reference.place is Place.PERSONAL and reference.person_id:
            await self._ledger.set_reach(reference.person_id, reach.value, error.code)
            self.on_refusal(reference.person_id)
