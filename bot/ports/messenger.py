"""Teams, as commands and jobs see it."""

from __future__ import annotations

from typing import Protocol

from bot.domain.outcomes import Outcome
from bot.domain.turns import Conversation, Turn


class Messenger(Protocol):
    """Teams, for whoever has something to show."""

    async def progress(self, turn: Turn, outcome: Outcome) -> bool:
        """The person sees that their turn is being worked on; a second call edits the same card.

        False when nothing was shown, since what was pressed has to stay as it is.
        """

    async def settle(self, turn: Turn, outcome: Outcome) -> tuple[tuple[Outcome, Conversation, str], ...]:
        """The turn is answered: edits the progress card or the pressed card, or posts.

        Says which outcome stands where (conversation and activity id), one for each of a `Several`. Running
        twice edits the same cards. Raises Unreachable.
        """

    async def show(self, conversation: Conversation, outcome: Outcome, *, replacing: str = "") -> str:
        """The outcome stands in this conversation: edits the card `replacing`, or posts; its activity id.

        Raises Unreachable (code ActivityNotFoundInConversation when the card to edit is gone).
        """

    async def open_chat(self, person_id: str) -> Conversation:
        """The 1:1 chat with this person: the one they were met in, or a new one. Raises Unreachable."""

    async def shared_team(self, person_id: str) -> tuple[Conversation, str] | None:
        """A team channel both are in and the person's Teams id, or None."""
