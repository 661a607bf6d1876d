"""Lengths of time as a file says them, "14 days" or "8 hours", and as drafts carry them, "14" and "8h"."""

from __future__ import annotations

import re

from packagefiles.nodes import Fields
from packagefiles.taking import Taking

_LENGTH = re.compile(r"(\d{1,9}) *(?:(d|days?)|(h|hours?)|(m|min|minutes?)|(s|seconds?))", re.IGNORECASE | re.ASCII)
_CARRIED = re.compile(r"(\d+)([hms]?)", re.ASCII)
_UNITS = {"": "day", "h": "hour", "m": "minute", "s": "second"}


def carried(said: str) -> str | None:
    """What a draft carries for "14 days"; None for what is no length."""
    found = _LENGTH.fullmatch(said)
    if found is None:
        return None
    return found[1] + next((unit for unit, given in zip(_UNITS, found.groups()[1:], strict=True) if given), "")


def spoken(carried: str) -> str:
    """What a file says for "14" or "8h"; anything else as it stands."""
    found = _CARRIED.fullmatch(carried)
    if found is None:
        return carried
    unit = _UNITS[found[2]]
    return f"{found[1]} {unit}" if found[1] == "1" else f"{found[1]} {unit}s"


def length(taking: Taking, fields: Fields, name: str, path: str) -> str:
    """A length as drafts carry it, "" when it is not given or was noted as wrong."""
    said = taking.name(fields, name, path)
    if not said:
        return ""
    found = carried(said)
    if found is None:
        taking.note(fields.values[name].spot, f"“{name}” is a length like 14 days or 8 hours, not “{said[:60]}”.")
    return found or ""
