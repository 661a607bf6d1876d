"""Refuse bodies that do not fit the v1.0 model, the way entitlement management does: 400 InvalidModel.

A shape is a dictionary from property name to a check: a Python type, a set of allowed words, another shape,
a one-item list (a collection of that shape) or one of the named checks below. Null is accepted for a property, not
for a collection's item; unknown properties are refused; ``@odata`` annotations are let through.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sandbox.entitlement.times import parse_duration, parse_time
from sandbox.errors import GraphError

Check = Any
Shape = dict[str, Check]

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def invalid(why: str) -> GraphError:
    """The service's answer to a body it cannot use; ``why`` helps whoever reads the sandbox's log."""
    return GraphError(400, "InvalidModel", f"The model is invalid. ({why})")


def duration(value: object, where: str) -> None:
    """Pass ISO 8601 durations only."""
    _attempt(parse_duration, value, where)


def timestamp(value: object, where: str) -> None:
    """Pass timestamps with a zone only."""
    _attempt(parse_time, value, where)


def guid(value: object, where: str) -> None:
    """Pass object ids only."""
    if not isinstance(value, str) or not _GUID.fullmatch(value):
        raise invalid(f"{where}: {value!r} is not a GUID")


def reference(value: object, where: str) -> None:
    """Pass objects that say their id; whatever else an expanded object carries along is ignored."""
    if not isinstance(value, dict) or not isinstance(value.get("id"), (str, type(None))):
        raise invalid(f"{where} is not an object with an id")


def pattern(value: object, where: str) -> None:
    """Pass regular expressions only."""
    try:
        re.compile(str(value))
    except re.error as error:
        raise invalid(f"{where}: {error}") from error


def anything(value: object, where: str) -> None:
    """Pass: this property is taken as it comes."""


def _attempt(parse: Callable[[object], object], value: object, where: str) -> None:
    try:
        parse(value)
    except ValueError as error:
        raise invalid(f"{where}: {error}") from error


def conform(value: object, check: Check, where: str = "body") -> None:
    """Return when ``value`` fits ``check``; GraphError 400 InvalidModel names the first place where it does not."""
    if value is None:
        return
    if isinstance(check, dict):
        _conform_object(value, check, where)
    elif isinstance(check, list):
        if not isinstance(value, list):
            raise invalid(f"{where} is not a collection")
        for index, item in enumerate(value):
            if item is None:
                raise invalid(f"{where}[{index}] is null")
            conform(item, check[0], f"{where}[{index}]")
    elif isinstance(check, (set, frozenset)):
        if not isinstance(value, str) or value not in check:
            raise invalid(f"{where}: {value!r} is not one of {sorted(check)}")
    elif isinstance(check, type):
        if not isinstance(value, check) or (check is int and isinstance(value, bool)):
            raise invalid(f"{where}: {value!r} is not {check.__name__}")
    else:
        check(value, where)


def _conform_object(value: object, shape: Shape, where: str) -> None:
    if not isinstance(value, dict):
        raise invalid(f"{where} is not an object")
    for name, item in value.items():
        if "@" in name:
            continue
        if name not in shape:
            raise invalid(f"{where}.{name} is not a property of the type")
        conform(item, shape[name], f"{where}.{name}")


def one_of_types(types: dict[str, Shape]) -> Callable[[object, str], None]:
    """A check for polymorphic values: ``@odata.type`` chooses the shape, and must be there."""

    def check(value: object, where: str) -> None:
        kind = value.get("@odata.type") if isinstance(value, dict) else None
        name = str(kind or "").removeprefix("#").removeprefix("microsoft.graph.")
        if name not in types:
            raise invalid(f"{where}: @odata.type {kind!r} is not expected here")
        conform(value, types[name], where)

    return check


def require(body: dict[str, Any], *names: str) -> None:
    """GraphError 400 InvalidModel unless each of ``names`` has a value that is not empty."""
    for name in names:
        if body.get(name) in (None, "", {}):
            raise invalid(f"{name} is required")


def check_expiration(expiration: dict[str, Any]) -> None:
    """Return when type and value of an expiration pattern go together; GraphError 400 InvalidModel otherwise."""
    kind = expiration.get("type")
    if (kind == "afterDuration") != bool(expiration.get("duration")):
        raise invalid("expiration.duration goes with type afterDuration, and only with it")
    if (kind == "afterDateTime") != bool(expiration.get("endDateTime")):
        raise invalid("expiration.endDateTime goes with type afterDateTime, and only with it")


REFERENCE: Shape = {"id": guid}
