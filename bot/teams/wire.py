"""Translate between JSON and the SDK's models."""

from collections.abc import Mapping
from typing import Any

from botbuilder.core.serializer_helper import DEPENDICIES_DICT
from botbuilder.schema import Activity
from msrest.exceptions import SerializationError  # type: ignore[attr-defined]
from msrest.serialization import Deserializer, Serializer

# The SDK builds these anew for each activity; they hold nothing that changes.
_deserializer = Deserializer(DEPENDICIES_DICT)  # type: ignore[no-untyped-call]
_serializer = Serializer(DEPENDICIES_DICT)  # type: ignore[no-untyped-call]


class MisshapenError(ValueError):
    """A field of an activity has the wrong type."""


def to_json(model: Any) -> Any:
    """Return the SDK's model as JSON; what is JSON already passes through. Raises MisshapenError."""
    if not hasattr(model, "_attribute_map"):
        return model
    try:
        return _serializer._serialize(model)  # type: ignore[no-untyped-call]  # noqa: SLF001 - as the SDK does
    except SerializationError as error:
        raise MisshapenError(f"a {type(model).__name__} holds what is not JSON") from error


def to_activity(body: Mapping[str, Any]) -> Activity:
    """Return the SDK's activity. Raises MisshapenError.

    `conversation.tenant_id` is filled in: the SDK's model looks for `tenantID`, Teams writes `tenantId`.
    """
    if not _is_shaped(body):
        raise MisshapenError("a field of the activity has the wrong type")
    try:
        activity = _deserializer("Activity", body)
    except (AttributeError, TypeError, ValueError) as error:
        raise MisshapenError("a field of the activity has the wrong type") from error
    activity.conversation.tenant_id = body["conversation"].get("tenantId")
    return activity


_TEXTS = ("id", "text", "name", "locale", "replyToId", "localTimezone", "deliveryMode", "action")
_ACCOUNTS = ("from", "conversation", "recipient")


def _is_shaped(body: Mapping[str, Any]) -> bool:
    """The SDK turns wrong types into other values in silence, so they are looked at first."""
    texts = all(isinstance(body.get(name), str | None) for name in _TEXTS)
    accounts = all(_is_account(body.get(name)) for name in _ACCOUNTS)
    return texts and accounts and isinstance(body.get("channelData"), dict | None) and _are_entities(body)


def _is_account(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str) or not value["id"]:
        return False
    return all(isinstance(value.get(name), str | None) for name in ("name", "aadObjectId", "tenantId"))


def _are_entities(body: Mapping[str, Any]) -> bool:
    entities = body.get("entities")
    if entities is None:
        return True
    return isinstance(entities, list) and all(isinstance(entity, dict) for entity in entities)
