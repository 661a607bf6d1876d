"""Turn what Graph, kiota, httpx and msal raise into the few errors the bot can explain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from azure.core.exceptions import AzureError
from kiota_abstractions.api_error import APIError

from bot import errors
from bot.graph.credential import LoginUnreachable
from bot.graph.retries import PASSING, THROTTLED, retry_after

NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
LICENCE_WORDS = ("license", "licence", "licensing")
EXISTS_WORDS = ("already exist", "already onboarded", "conflicting object", "existing open request")


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that is no success: HTTP status, Graph's code and message (both may be empty), and the wait
    Graph asked for in seconds.
    """

    status: int
    code: str = ""
    message: str = ""
    retry_after: float | None = None


def explain(refused: Refused, *, writing: bool) -> errors.UsherError:
    """The error that tells a person what this answer means.

    `writing`: the request would have changed something, so a 5xx leaves open whether it did. Codes:
    https://learn.microsoft.com/graph/errors
    """
    code, said = refused.code, refused.message or f"HTTP {refused.status}"
    match refused.status:
        case 401:
            return errors.SignInFailed(said, code=code)
        case 402 | 403:
            return _forbidden(refused, said)
        case 404 | 410:
            kind = errors.NoMailbox if code == "MailboxNotEnabledForRESTAPI" else errors.NotFound
            return kind(said, code=code)
        case 409 | 412 | 423:
            return errors.Conflict(said, code=code)
        case status if status == THROTTLED:
            return errors.Throttled(said, code=code, retry_after=refused.retry_after)
        case status if status in PASSING or status >= 500:
            passing = errors.Ambiguous if writing else errors.Transient
            return passing(said, code=code, retry_after=refused.retry_after)
        case _:
            exists = code.startswith("Existing") or any(words in said.lower() for words in EXISTS_WORDS)
            return (errors.AlreadyThere if exists else errors.Rejected)(said, code=code)


@contextmanager
def explained(*, writing: bool) -> Iterator[None]:
    """Whatever the SDK raises inside leaves as one of `bot.errors`."""
    try:
        yield
    except APIError as fault:
        raise explain(refusal_of(fault), writing=writing) from fault
    except httpx.HTTPError as fault:
        raise lost(fault, writing=writing) from fault
    except LoginUnreachable as fault:
        raise errors.Transient(str(fault), code="login") from fault
    except AzureError as fault:
        raise errors.SignInFailed(str(fault), code=str(getattr(fault, "code", ""))) from fault


def lost(fault: httpx.HTTPError, *, writing: bool) -> errors.Transient:
    """No answer came. Only when the request may have arrived, and writes, is its outcome open."""
    kind = errors.Ambiguous if writing and not isinstance(fault, NOT_SENT) else errors.Transient
    return kind(f"no answer from Graph: {type(fault).__name__}", code="connection")


def refusal_of(fault: APIError) -> Refused:
    """Status, code, message and wait of an SDK error.

    `ODataError` carries Graph's code. A body kiota could not read arrives as a bare `APIError` without one.
    """
    said = getattr(fault, "error", None)
    headers = {str(key).lower(): value for key, value in dict(fault.response_headers or {}).items()}
    return Refused(
        status=fault.response_status_code or 0,
        code=str(getattr(said, "code", None) or ""),
        message=str(getattr(said, "message", None) or ""),
        retry_after=retry_after(headers.get("retry-after")),
    )


def _forbidden(refused: Refused, said: str) -> errors.UsherError:
    """403 means three things: the tenant has no licence, its rules say no, or the app lacks a permission."""
    if any(word in said.lower() for word in LICENCE_WORDS):
        return errors.NotLicensed(said, code=refused.code)
    # Invitation rules answer "Forbidden" with a sentence; a missing permission has codes of its own.
    if refused.code == "Forbidden" and "privileges" not in said.lower():
        return errors.Rejected(said, code=refused.code)
    return errors.Forbidden(said, code=refused.code)
