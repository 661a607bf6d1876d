"""Turn what the connector answers into the errors the rest of Usher knows."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import orjson

from bot.domain.delivery import Reach
from bot.errors import Throttled, Transient, Unreachable, UsherError

# Worth another try, after a pause. Source: "Build bot conversations", status codes, and "Optimize your
# bot with rate limiting" (412, 429, 502 and 504); 500 and 503 pass as well in practice.
PASSING = frozenset({412, 429, 500, 502, 503, 504})

_REACH = {
    "BotNotInConversationRoster": Reach.NOT_INSTALLED,
    "ForbiddenOperationException": Reach.NOT_INSTALLED,
    "BotNotInstalled": Reach.NOT_INSTALLED,
    "BotDisabledByAdmin": Reach.BLOCKED,
    "ConversationBlockedByUser": Reach.BLOCKED,
    "MessageWritesBlocked": Reach.BLOCKED,
}
# The chat itself is gone; a new one may be made.
CONVERSATION_GONE = "ConversationNotFound"
# The chat is there, the card to edit is not.
CARD_GONE = "ActivityNotFoundInConversation"


def translate(status: int, headers: Mapping[str, str], body: bytes) -> UsherError:
    """Return the error to raise for an answer that is not 2xx."""
    code, message = _read(body)
    code = code or _UNNAMED.get(status, f"HTTP{status}")
    detail = f"{status} {code}: {message}"[:500]
    if status == 429:
        return Throttled(detail, code=code, retry_after=retry_after(headers.get("Retry-After")))
    if status in PASSING:
        return Transient(detail, code=code, retry_after=retry_after(headers.get("Retry-After")))
    return Unreachable(detail, code=code, status=status)


_UNNAMED = {404: CONVERSATION_GONE, 413: "MessageSizeTooBig"}


def reach_of(error: Unreachable) -> Reach:
    """Say what a refusal means for the next message to the same person."""
    if "not installed in user's personal scope" in error.detail:
        return Reach.NOT_INSTALLED
    return _REACH.get(error.code, Reach.UNKNOWN)


def retry_after(value: str | None, *, now: datetime | None = None) -> float | None:
    """Read Retry-After: whole seconds, a fraction of them, or an HTTP date. Seconds from now, or None."""
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = _until(value, now or datetime.now(UTC))
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def _until(value: str, now: datetime) -> float:
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return float("nan")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - now).total_seconds()


def _read(body: bytes) -> tuple[str, str]:
    """Find code and message in {"error": {...}}, or in the flat shape of MessageWritesBlocked (errorCode 209)."""
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError:
        return "", ""
    if not isinstance(parsed, dict):
        return "", ""
    error = parsed.get("error")
    found = error if isinstance(error, dict) else parsed
    code, message = found.get("code"), found.get("message")
    if not isinstance(code, str) or not code:
        blocked = found.get("errorCode") == 209 or "MessageWritesBlocked" in str(message)
        code = "MessageWritesBlocked" if blocked else ""
    return code, message if isinstance(message, str) else ""
