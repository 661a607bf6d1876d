"""Turn an activity of Teams into a Turn, trusting nothing in it but what the channel vouches for."""

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import orjson
from botbuilder.schema import Activity

from bot.domain.turns import Caller, Place, SentFile, Turn
from bot.teams.mentions import without_mention
from bot.teams.reference import Reference

_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": " ", "&amp;": "&"}
_DEEPEST = 8
_LONGEST_NAME = 200
_MOST_FILES = 5
_LONGEST_URL = 4000
CONSENT = "fileConsent/invoke"
"""The invoke that says whether a person takes a file Usher offers."""

_FILE = "application/vnd.microsoft.teams.file.download.info"


def to_turn(activity: Activity) -> Turn | None:
    """Return what a person said or pressed; None when the channel does not say who they are."""
    person_id = person_of(activity)
    if person_id is None:
        return None
    value = _value(activity)
    words = "" if value else _words(activity)
    return Turn(
        key=_key(activity, words, value),
        caller=Caller(
            id=person_id,
            name=_name(activity.from_property.name),
            locale=_locale(activity.locale),
            time_zone=_time_zone(activity),
        ),
        conversation=to_reference(activity).to_conversation(),
        words=words,
        value=value,
        card=(activity.reply_to_id or "") if value else "",
        files=() if value else _files(activity),
        message=_name(activity.id),
    )


def person_of(activity: Activity) -> str | None:
    """Return the object id in our own tenant of whoever caused the activity, or None."""
    account = activity.from_property
    try:
        return str(UUID(account.aad_object_id))
    except (AttributeError, TypeError, ValueError):
        return None


def to_reference(activity: Activity) -> Reference:
    """Return the address of the activity's conversation, with the person who spoke."""
    return Reference(
        service_url=activity.service_url,
        conversation_id=activity.conversation.id,
        place=place_of(activity),
        bot_id=activity.recipient.id,
        bot_name=_name(activity.recipient.name),
        user_id=activity.from_property.id,
        user_name=_name(activity.from_property.name),
        person_id=person_of(activity) or "",
        locale=_locale(activity.locale),
    )


def place_of(activity: Activity) -> Place:
    """Return where it was said; a conversation without a type is a 1:1 chat, as in old clients."""
    kind = activity.conversation.conversation_type
    if kind in (Place.GROUP.value, Place.CHANNEL.value):
        return Place(kind)
    return Place.GROUP if activity.conversation.is_group else Place.PERSONAL


def _words(activity: Activity) -> str:
    entities = [as_mapping(entity) for entity in activity.entities or ()]
    words = without_mention(activity.text, entities, activity.recipient.id)
    for escaped, plain in _ENTITIES.items():
        words = words.replace(escaped, plain)
    return words.replace("\x00", "").strip()


def as_mapping(entity: Any) -> Mapping[str, Any]:
    """Return an entity as Teams sent it; the SDK keeps all but its type aside."""
    if isinstance(entity, Mapping):
        return entity
    return {"type": entity.type, **(entity.additional_properties or {})}


def _value(activity: Activity) -> dict[str, Any]:
    """Return what the card sent, from Action.Submit (the value itself) or Action.Execute (action.data)."""
    sent = activity.value
    if not isinstance(sent, dict):
        return {}
    if activity.type == "invoke" and activity.name == CONSENT:
        return _clean(_consent(sent))
    action = sent.get("action")
    if activity.type != "invoke" or not isinstance(action, dict):
        return _clean(sent)
    data = action.get("data")
    verb = action.get("verb")
    named = {"verb": verb} if isinstance(verb, str) and verb else {}
    return _clean({**(data if isinstance(data, dict) else {}), **named})


def _consent(sent: dict[str, Any]) -> dict[str, Any]:
    """What was offered along with the file, whether the person takes it, and where it is to be put."""
    context, upload = sent.get("context"), sent.get("uploadInfo")
    taken = {"accepted": sent.get("action") == "accept", "upload": upload if isinstance(upload, dict) else {}}
    return {**(context if isinstance(context, dict) else {}), **taken}


def _files(activity: Activity) -> tuple[SentFile, ...]:
    """The files that came along. Teams also sends the text once more, as HTML, among the attachments.

    Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
    """
    found: list[SentFile] = []
    for one in activity.attachments or ():
        content = one.content if one.content_type == _FILE and isinstance(one.content, dict) else {}
        url = content.get("downloadUrl")
        if isinstance(url, str) and url and len(url) <= _LONGEST_URL:
            found.append(SentFile(_name(one.name) or "file", url.replace("\x00", "")))
    return tuple(found[:_MOST_FILES])


def _clean(value: dict[str, Any]) -> dict[str, Any]:
    """Databases do not take null characters, and nobody sends a card nested this deep."""
    cleaned = _cleaned(value, _DEEPEST)
    return cleaned if isinstance(cleaned, dict) else {}


def _cleaned(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        pairs = value.items() if depth else ()
        return {_cleaned(name, 0): _cleaned(part, depth - 1) for name, part in pairs}
    if isinstance(value, list):
        return [_cleaned(part, depth - 1) for part in value] if depth else []
    return value


def _key(activity: Activity, words: str, value: dict[str, Any]) -> str:
    """The same for each delivery of one activity, different for a client that reuses an id."""
    said = orjson.dumps([activity.conversation.id, activity.id, activity.type, words, value])
    return hashlib.sha256(said).hexdigest()[:32]


def _name(name: str | None) -> str:
    return (name or "").replace("\x00", "")[:_LONGEST_NAME]


def _locale(locale: str | None) -> str:
    return locale if locale and _LOCALE.fullmatch(locale) else "en-US"


def names_zone(activity: Activity) -> bool:
    """Whether the activity says in which time zone the person is; Teams does not say it with everything."""
    return bool(_named_zone(activity))


def _time_zone(activity: Activity) -> str:
    return _named_zone(activity) or "UTC"


def _named_zone(activity: Activity) -> str:
    named = [as_mapping(entity).get("timezone") for entity in activity.entities or ()]
    candidates = [*named, activity.local_timezone]
    return next((zone for zone in candidates if isinstance(zone, str) and _is_zone(zone)), "")


@lru_cache(maxsize=512)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
