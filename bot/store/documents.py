"""Write an invite as JSON and read it back, also when an older or a newer Usher wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from bot.domain.ends import Ends
from bot.domain.invites import Failure, Invite, Milestone, Way, Wish


def to_document(invite: Invite) -> dict[str, Any]:
    """JSON for `from_document`. Times are ISO 8601 with their offset."""
    document: dict[str, Any] = _plain(asdict(invite))
    document["wish"]["ends"] = invite.wish.ends.to_json()
    return document


def from_document(document: Mapping[str, Any]) -> Invite:
    """The invite that `to_document` wrote. Fields this version does not know are left out, missing ones default."""
    known = _known(Invite, document)
    known["wish"] = _wish(document["wish"])
    known["milestones"] = _milestones(document.get("milestones", {}))
    known["attempts"] = tuple(document.get("attempts", ()))
    known["failure"] = _failure(document.get("failure"))
    for name in ("created_at", "ends_at", "next_look_at", "tried_at", "updated_at"):
        known[name] = _moment(document.get(name))
    return Invite(**known)


def _wish(document: Mapping[str, Any]) -> Wish:
    known = _known(Wish, document)
    known["way"] = Way(document.get("way", Way.LINK))
    known["ends"] = Ends.from_json(document.get("ends", {}))
    return Wish(**known)


def _milestones(document: Mapping[str, str]) -> dict[Milestone, datetime]:
    values = frozenset(Milestone)
    return {Milestone(name): datetime.fromisoformat(at) for name, at in document.items() if name in values}


def _failure(document: Mapping[str, Any] | None) -> Failure | None:
    if document is None:
        return None
    return Failure(**{**_known(Failure, document), "at": _moment(document.get("at"))})


def _known(kind: type[Any], document: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in document.items() if name in names}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {str(name): _plain(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case datetime() | date():
            return value.isoformat()
        case _:
            return value
