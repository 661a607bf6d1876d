"""Answer turns and show outcomes in Teams: which chat, which card, edited or new (the port `Messenger`)."""

from typing import Any, Protocol

from bot.commands import dispatch
from bot.commands.command import text_of
from bot.domain.delivery import ShownCard
from bot.domain.extension_asks import ask_of
from bot.domain.outcomes import (
    ApprovalShown,
    BuildNote,
    BuildOverview,
    BuildProgress,
    CampaignShown,
    DeletionProgress,
    DraftsOpen,
    Extending,
    ExtensionAsked,
    GuestAccess,
    InviteForm,
    Live,
    Outcome,
    PackageReview,
    ReviewCard,
    Said,
    Several,
    ShareForm,
    Tone,
    WizardPage,
    Working,
)
from bot.domain.turns import Conversation, Place, Turn
from bot.errors import Unreachable
from bot.ports import Ledger
from bot.teams.faults import CARD_GONE
from bot.teams.invokes import card_answer, message_answer
from bot.teams.post import Post
from bot.teams.presses import WaitingPresses
from bot.teams.replies import Reply

Stand = tuple[Outcome, Conversation, str]


class Forms(Protocol):
    """What remembers a form that was shown, so that typed words can be merged into it."""

    async def opened(
        self,
        conversation: Conversation,
        form: InviteForm | ShareForm | DraftsOpen | WizardPage | PackageReview,
        card: str,
        *,
        came_back: bool = False,
        is_new: bool = False,
    ) -> None:
        """The form or question stands in this 1:1 chat as the card with this activity id.

        `came_back`: a draft that was left goes on; an earlier card of it says that it moved. `is_new`: the card was
        posted a moment ago, and may have been pressed before this is said.
        """


class TeamsMessenger:
    """See `bot.ports.Messenger` for what each method promises."""

    def __init__(self, post: Post, ledger: Ledger, presses: WaitingPresses, forms: Forms) -> None:
        self._post = post
        self._ledger = ledger
        self._presses = presses
        self._forms = forms

    async def progress(self, turn: Turn, outcome: Outcome) -> bool:
        """A pressed card that others read, or that shows an invite, stays as it is: the press itself says it."""
        standing = await self._standing(turn, outcome)
        if turn.card and (turn.conversation.place is not Place.PERSONAL or not standing):
            return False
        await self._put(turn.conversation, outcome, slot=turn.key, standing=standing)
        return True

    async def settle(self, turn: Turn, outcome: Outcome) -> tuple[Stand, ...]:
        """Each part of a `Several` is a card of its own; only the first can take the place of an earlier one."""
        parts = outcome.outcomes if isinstance(outcome, Several) else (outcome,)
        return tuple([await self._settle(turn, part, number) for number, part in enumerate(parts)])

    async def answer_now(self, turn: Turn, outcome: Outcome) -> dict[str, Any]:
        """Answer inside the turn; nothing is remembered, since nothing goes on afterwards."""
        if turn.conversation.place is not Place.PERSONAL and not _is_open(turn, outcome):
            await self.settle(turn, outcome)
            return message_answer(self._post.drawn(outcome).text.partition("\n")[0])
        standing = await self._standing(turn, outcome)
        reply = self._post.drawn(outcome)
        card = await self._stand(turn.conversation, reply, standing)
        return _press_answer(outcome, reply, replaced=bool(standing) and card == standing)

    async def show(self, conversation: Conversation, outcome: Outcome, *, replacing: str = "") -> str:
        """Post or edit; what the refusal teaches about the person is noted."""
        return await self._post.put(conversation, self._post.drawn(outcome), replacing=replacing)

    async def open_chat(self, person_id: str) -> Conversation:
        """The chat they were met in, or a new one."""
        return await self._post.open_chat(person_id)

    async def shared_team(self, person_id: str) -> tuple[Conversation, str] | None:
        """Asked of Teams, team by team."""
        return await self._post.shared_team(person_id)

    async def _settle(self, turn: Turn, part: Outcome, number: int) -> Stand:
        slot = f"{turn.key}:{number}" if number else turn.key
        if turn.conversation.place is not Place.PERSONAL and not _is_open(turn, part):
            return await self._settle_privately(turn, part, slot)
        standing = "" if number else await self._standing(turn, part)
        if standing:
            # Before it is seen: whoever presses Cancel on it at once must not find it opened afterwards.
            await self._open(turn, turn.conversation, part, standing)
        card, reply = await self._put(turn.conversation, part, slot=slot, standing=standing)
        if card != standing:
            await self._open(turn, turn.conversation, part, card, is_new=True)
        if not number:
            self._presses.answer(turn.key, _press_answer(part, reply, replaced=bool(standing) and card == standing))
        return part, turn.conversation, card

    async def _open(
        self, turn: Turn, conversation: Conversation, part: Outcome, card: str, *, is_new: bool = False
    ) -> None:
        """What is typed next is for this card, if it asks for something."""
        if isinstance(part, InviteForm | ShareForm | DraftsOpen | WizardPage | PackageReview):
            came_back = text_of(turn.value, "verb") == _GO_ON
            await self._forms.opened(conversation, part, card, came_back=came_back, is_new=is_new)

    async def _settle_privately(self, turn: Turn, part: Outcome, slot: str) -> Stand:
        """The answer goes to the 1:1 chat; where it was asked, one line says so."""
        try:
            chat = await self._post.open_chat(turn.caller.id)
            card, _ = await self._put(chat, part, slot=f"{slot}:private")
        except Unreachable:
            note = Said("Please open a chat with me first", _NOT_HERE, Tone.WARNING)
            card, reply = await self._put(turn.conversation, note, slot=turn.key)
            self._presses.answer(turn.key, message_answer(reply.text))
            return note, turn.conversation, card
        _, reply = await self._put(turn.conversation, Said("I answered in our 1:1 chat"), slot=turn.key)
        await self._open(turn, chat, part, card, is_new=True)
        self._presses.answer(turn.key, message_answer(reply.text))
        return part, chat, card

    async def _put(
        self, conversation: Conversation, outcome: Outcome, *, slot: str, standing: str = ""
    ) -> tuple[str, Reply]:
        """Edit the card that stands for this slot; post one, and remember it, when there is none (any more)."""
        reply = self._post.drawn(outcome)
        earlier = standing or await self._ledger.slot(slot)
        card = await self._stand(conversation, reply, earlier)
        if card != earlier:
            await self._ledger.keep_slot(slot, card)
        return card, reply

    async def _stand(self, conversation: Conversation, reply: Reply, earlier: str) -> str:
        """Edit the earlier card; post when there is none, or none any more."""
        if earlier:
            try:
                return await self._post.put(conversation, reply, replacing=earlier)
            except Unreachable as error:
                if error.code != CARD_GONE:
                    raise
        return await self._post.put(conversation, reply)

    async def _standing(self, turn: Turn, outcome: Outcome) -> str:
        """The pressed card, when the outcome takes its place. A card that shows something under way gives way to itself only."""
        if not turn.card:
            return ""
        found = dispatch.find(turn)
        if not isinstance(found, Said) and found.command.quick and "invite" not in turn.value:
            # Every button of a live card names its invite, so this is none of them: nothing to look up.
            return turn.card
        shown = await self._ledger.card_at(turn.conversation.id, turn.card)
        if shown is not None:
            return turn.card if _shows(outcome, shown) else ""
        return turn.card if _replaces(turn) or isinstance(outcome, GuestAccess) else ""


_GO_ON = "package.continue"
_NOT_HERE = (
    "The answer is only for you, and I could not write to you. Open a chat with me (add the app Usher), "
    "then ask again there."
)


def _shows(outcome: Outcome, shown: ShownCard) -> bool:
    if isinstance(outcome, Live):
        return outcome.invite.id == shown.invite_id
    if isinstance(outcome, BuildNote | BuildProgress | DeletionProgress):
        return outcome.build_id == shown.invite_id
    if isinstance(outcome, BuildOverview):
        return outcome.file_id == shown.invite_id
    if isinstance(outcome, ExtensionAsked):
        return outcome.ask.id == shown.invite_id
    if isinstance(outcome, Extending):
        return ask_of(outcome.change.id) == shown.invite_id
    if isinstance(outcome, ApprovalShown):
        return outcome.case.id == shown.invite_id
    if isinstance(outcome, CampaignShown | ReviewCard):
        runs = isinstance(outcome, CampaignShown)
        return outcome.campaign.id == shown.invite_id and runs == (shown.audience == "campaign")
    return isinstance(outcome, GuestAccess) and shown.audience == "guest"


def _replaces(turn: Turn) -> bool:
    found = dispatch.find(turn)
    return not isinstance(found, Said) and found.replaces


def _is_open(turn: Turn, outcome: Outcome) -> bool:
    """Whether everybody in the place may read it."""
    if isinstance(outcome, InviteForm | WizardPage | PackageReview | Live):
        return False
    found = dispatch.find(turn)
    return isinstance(outcome, Working) or isinstance(found, Said) or found.command.open_in_channel


def _press_answer(outcome: Outcome, reply: Reply, *, replaced: bool) -> dict[str, Any]:
    """The card that took the pressed one's place, or its first line.

    An invite's card was edited in the chat, and a job may have edited it again by now: sent along with the answer, it
    would cover the newer one.
    """
    if replaced and reply.card is not None and not isinstance(outcome, Live):
        return card_answer(reply.card)
    return message_answer(reply.text.partition("\n")[0])
