"""Write the activities that Usher sends, as the JSON Teams takes."""

from typing import Any

from bot.domain.turns import Place
from bot.teams.reference import Reference
from bot.teams.replies import Reply

CARD = "application/vnd.microsoft.card.adaptive"
_LONGEST_SUMMARY = 250


def activity_of(reply: Reply, reference: Reference) -> dict[str, Any]:
    """Return the message for this conversation.

    A card travels without text: Teams splits a message with both in two and names neither's id, so the card
    could never be edited. Its text twin is the `summary`, which notifications show.
    """
    activity: dict[str, Any] = {
        "type": "message",
        "channelId": "msteams",
        "serviceUrl": reference.service_url,
        "from": {"id": reference.bot_id, "name": reference.bot_name},
        "conversation": {"id": reference.conversation_id},
        "inputHint": "acceptingInput",
    }
    if reference.place is Place.PERSONAL and reference.user_id:
        activity["recipient"] = {"id": reference.user_id, "name": reference.user_name}
    if reply.attachment is not None:
        return {**activity, "summary": _summary(reply.text), "attachments": [reply.attachment]}
    if reply.card is None:
        return {**activity, "text": reply.text, "textFormat": "xml", "entities": reply.entities}
    return {
        **activity,
        "summary": _summary(reply.text),
        "attachments": [{"contentType": CARD, "content": reply.card}],
    }


def chat_parameters(*, bot_id: str, member_id: str, tenant_id: str) -> dict[str, Any]:
    """Return what opens the 1:1 chat with a person; `member_id` is a Teams id (29:…) or an object id.

    Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
    """
    return {
        "isGroup": False,
        "bot": {"id": bot_id},
        "members": [{"id": member_id}],
        "tenantId": tenant_id,
        "channelData": {"tenant": {"id": tenant_id}},
    }


def _summary(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SUMMARY else line[: _LONGEST_SUMMARY - 1] + "…"
