"""Teams' own card that signs somebody in: silently where it can, with a button otherwise.

Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/authentication/bot-sso-code
"""

from typing import Any

from bot.domain.outcomes import SignIn

OAUTH = "application/vnd.microsoft.card.oauth"


def card(outcome: SignIn) -> dict[str, Any]:
    """The attachment. Without something to exchange, Teams shows the button at once."""
    content: dict[str, Any] = {
        "text": outcome.text,
        "connectionName": outcome.connection,
        "buttons": [{"type": "signin", "title": "Sign in", "value": outcome.link}],
    }
    if outcome.exchange_id and outcome.exchange_uri:
        content["tokenExchangeResource"] = {"id": outcome.exchange_id, "uri": outcome.exchange_uri}
    return {"contentType": OAUTH, "content": content}


def text(outcome: SignIn) -> str:
    """The same in plain text."""
    return f"Please sign in. {outcome.text}"
