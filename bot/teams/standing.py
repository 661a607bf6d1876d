"""What the dialogs share: one card in the chat stands for the dialog, and is edited in place."""

from __future__ import annotations

from botbuilder.dialogs import Dialog, DialogContext, DialogTurnResult

from bot.domain.outcomes import Outcome
from bot.errors import Unreachable
from bot.teams.faults import CARD_GONE
from bot.teams.post import Post
from bot.teams.turns import to_reference


class CardDialog(Dialog):  # type: ignore[misc]
    """A dialog that a card stands for. Its state is JSON and holds at least the card's activity id as `card`."""

    ID = ""

    def __init__(self) -> None:
        super().__init__(self.ID)

    async def begin_dialog(self, dialog_context: DialogContext, options: object = None) -> DialogTurnResult:
        """The dialog is open with this state; its card was shown by whoever opens it."""
        assert isinstance(options, dict)
        dialog_context.active_dialog.state = dict(options)
        return self.end_of_turn


async def put_in_place(post: Post, dialog_context: DialogContext, outcome: Outcome) -> None:
    """The card of the dialog shows it; when that is gone, a new one stands for the dialog from now on."""
    conversation = to_reference(dialog_context.context.activity).to_conversation()
    reply, state = post.drawn(outcome), dialog_context.active_dialog.state
    try:
        await post.put(conversation, reply, replacing=state["card"])
    except Unreachable as error:
        if error.code != CARD_GONE:
            raise
        state["card"] = await post.put(conversation, reply)
