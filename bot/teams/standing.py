"""Put an outcome in the place of the card that a dialog stands for."""

from __future__ import annotations

from botbuilder.dialogs import DialogContext

from bot.domain.outcomes import Outcome
from bot.errors import Unreachable
from bot.teams.faults import CARD_GONE
from bot.teams.post import Post
from bot.teams.turns import to_reference


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
