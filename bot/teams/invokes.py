"""The bodies that answer Teams' invokes, as plain JSON.

Source: "Universal Action Model" (Adaptive Cards) and "Use dialogs in Microsoft Teams bots".
"""

from typing import Any

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


def card_answer(card: dict[str, Any]) -> dict[str, Any]:
    """Replace the pressed card."""
    return {"statusCode": 200, "type": CARD, "value": card}


def message_answer(text: str) -> dict[str, Any]:
    """Leave the pressed card as it is and show a short line."""
    return {"statusCode": 200, "type": MESSAGE, "value": text}


def bad_request(text: str) -> dict[str, Any]:
    """Say that the press itself was malformed."""
    return {"statusCode": 400, "type": ERROR, "value": {"code": "BadRequest", "message": text}}


def apology(name: str | None, text: str) -> dict[str, Any]:
    """Answer an invoke that failed, in the shape its client understands; the text is for the person."""
    if name == "adaptiveCard/action":
        return message_answer(text)
    if name in ("task/fetch", "task/submit"):
        return {"task": {"type": "message", "value": text}}
    if name == "application/search":
        return {"statusCode": 500, "type": ERROR, "value": {"code": "Failed", "message": text}}
    return {}
