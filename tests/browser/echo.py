"""A bot of forty lines: it repeats what it hears and shows one card, so that the driver itself can be tested."""

from typing import Any

from aiohttp import ClientSession, web

_CARD = {
    "type": "AdaptiveCard",
    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
    "version": "1.5",
    "body": [
        {"type": "TextBlock", "text": "Who comes?"},
        {"type": "Input.Text", "id": "address", "label": "Address", "isRequired": True, "errorMessage": "Missing"},
        {
            "type": "Input.ChoiceSet",
            "id": "package",
            "label": "Package",
            "choices": [{"title": "Readers", "value": "r"}, {"title": "Writers", "value": "w"}],
        },
        {"type": "Input.Toggle", "id": "mail", "title": "Send mail", "value": "false"},
    ],
    "actions": [{"type": "Action.Execute", "title": "Invite", "verb": "invite"}],
}


async def _hear(request: web.Request) -> web.Response:
    activity = await request.json()
    if activity["type"] == "invoke":
        return web.json_response(_replaced(activity["value"]["action"]["data"]))
    if activity["type"] == "message":
        await _answer(activity, "card" in activity.get("text", ""))
    return web.Response()


async def _answer(activity: dict[str, Any], wants_card: bool) -> None:
    url = f"{activity['serviceUrl']}/v3/conversations/{activity['conversation']['id']}/activities"
    reply: dict[str, Any] = {"type": "message", "from": activity["recipient"], "text": f"heard: {activity['text']}"}
    if wants_card:
        reply = {**reply, "text": "", "attachments": [_attachment(_CARD)]}
    async with ClientSession() as session, session.post(url, json=reply) as answer:
        answer.raise_for_status()


def _attachment(card: dict[str, Any]) -> dict[str, Any]:
    return {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}


def _replaced(data: dict[str, Any]) -> dict[str, Any]:
    said = f"Invited {data.get('address')} to {data.get('package')}, mail {data.get('mail')}"
    card = {**_CARD, "body": [{"type": "TextBlock", "text": said, "wrap": True}], "actions": []}
    return {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": card}


def create_app() -> web.Application:
    """The echo bot, listening on POST /api/messages."""
    app = web.Application()
    app.router.add_post("/api/messages", _hear)
    return app
