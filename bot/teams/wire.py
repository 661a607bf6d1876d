"""Translate between JSON and the SDK's models."""

from collections.abc import Mapping
from typing import Any

from botbuilder.core.serializer_helper import DEPENDICIES_DICT
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount, Entity
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
    if body["type"] in _HOT and body.keys().isdisjoint(_RICH):
        return _built(body)
    try:
        activity = _deserializer("Activity", body)
    except (AttributeError, TypeError, ValueError) as error:
        raise MisshapenError("a field of the activity has the wrong type") from error
    activity.conversation.tenant_id = body["conversation"].get("tenantId")
    return activity


# Most of what arrives: read by hand, in a tenth of the time, as long as nothing is in it that needs a model.
_HOT = frozenset({"message", "invoke"})
_RICH = frozenset(
    {"relatesTo", "suggestedActions", "attachments", "reactionsAdded", "reactionsRemoved", "textHighlights"}
)


def _built(body: Mapping[str, Any]) -> Activity:
    talk = body["conversation"]
    activity = Activity(
        type=body["type"],
        id=body.get("id"),
        name=body.get("name"),
        text=body.get("text"),
        value=body.get("value"),
        locale=body.get("locale"),
        reply_to_id=body.get("replyToId"),
        service_url=body.get("serviceUrl"),
        channel_id=body.get("channelId"),
        local_timezone=body.get("localTimezone"),
        delivery_mode=body.get("deliveryMode"),
        channel_data=body.get("channelData"),
        from_property=_account(body["from"]),
        recipient=_account(body["recipient"]),
        conversation=ConversationAccount(
            id=talk["id"],
            name=talk.get("name"),
            conversation_type=talk.get("conversationType"),
            is_group=talk.get("isGroup") is True,
            tenant_id=talk.get("tenantId"),
        ),
        entities=[_entity(entity) for entity in body.get("entities") or ()],
    )
    activity.additional_properties = {}
    return activity


def _account(sent: Mapping[str, Any]) -> ChannelAccount:
    return ChannelAccount(id=sent["id"], name=sent.get("name"), aad_object_id=sent.get("aadObjectId"))


def _entity(sent: Mapping[str, Any]) -> Entity:
    entity = Entity(type=sent.get("type"))
    entity.additional_properties = {name: value for name, value in sent.items() if name != "type"}
    return entity


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
    return all(
        isinstance(value.get(name), str | None) for name in ("name", "aadObjectId", "tenantId", "conversationType")
    )


def _are_entities(body: Mapping[str, Any]) -> bool:
    entities = body.get("entities")
    if entities is None:
        return True
    return isinstance(entities, list) and all(isinstance(entity, dict) for entity in entities)
