"""Teams' own attachments around files: the question whether somebody takes one, and the file that was put.

Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
"""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import FileOffer, FileSaved

_CONSENT = "application/vnd.microsoft.teams.card.file.consent"
_INFO = "application/vnd.microsoft.teams.card.file.info"


def offer(outcome: FileOffer) -> dict[str, Any]:
    """The question; Teams draws it, and its answer is the invoke fileConsent/invoke."""
    content = {
        "description": outcome.about,
        "sizeInBytes": outcome.size,
        "acceptContext": outcome.accept,
        "declineContext": outcome.decline,
    }
    return {"contentType": _CONSENT, "name": outcome.name, "content": content}


def offer_text(outcome: FileOffer) -> str:
    """The same in plain text."""
    return f"A file for you: {outcome.name}"


def saved(outcome: FileSaved) -> dict[str, Any]:
    """The file, to open."""
    return {
        "contentType": _INFO,
        "contentUrl": outcome.url,
        "name": outcome.name,
        "content": {"uniqueId": outcome.unique_id, "fileType": outcome.kind},
    }


def saved_text(outcome: FileSaved) -> str:
    """The same in plain text."""
    return f"Saved in your OneDrive: {outcome.name}"
