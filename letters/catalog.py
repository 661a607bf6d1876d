"""Read gettext catalogs (.po) as translators write them.

Babel's own reader imports `cgi`, which Python 3.13 no longer has, and botbuilder-dialogs holds Babel at that version.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

_KEYWORD = re.compile(r'^(msgid|msgid_plural|msgstr|msgstr\[\d+\])\s+(".*")$')


class Malformed(ValueError):
    """A line of a catalog that is no part of the format, or of a feature Usher does not use."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """`single`: phrase -> translation. `plural`: singular phrase -> its forms in order. Only what is translated."""

    single: dict[str, str] = field(default_factory=dict)
    plural: dict[str, tuple[str, ...]] = field(default_factory=dict)
    plural_ids: dict[str, str] = field(default_factory=dict)


def read(path: Path) -> Catalog:
    """The catalog in this file; entries marked fuzzy are left out, as gettext does. Raises Malformed, OSError.

    https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
    """
    return parse(path.read_text(encoding="utf-8"))


def parse(text: str) -> Catalog:
    """The catalog in this text. Raises Malformed."""
    catalog = Catalog()
    for entry in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        lines = [line.strip() for line in entry.splitlines() if line.strip()]
        if any(line.startswith("#,") and "fuzzy" in line for line in lines):
            continue
        _keep(_fields([line for line in lines if not line.startswith("#")]), catalog)
    return catalog


def _fields(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    current = ""
    for line in lines:
        keyword = _KEYWORD.match(line)
        if keyword:
            current = keyword[1]
            if current in found:
                raise Malformed(f"two of {current} in one entry: {line}")
            found[current] = _unquoted(keyword[2])
        elif current and line.startswith('"'):
            found[current] += _unquoted(line)
        else:
            raise Malformed(line)
    return found


def _unquoted(quoted: str) -> str:
    """PO strings are C strings; of their escapes JSON knows every one that catalogs hold."""
    try:
        return str(json.loads(quoted))
    except ValueError as error:
        raise Malformed(quoted) from error


def _keep(fields: dict[str, str], catalog: Catalog) -> None:
    phrase = fields.get("msgid", "")
    if not phrase:
        return
    if "msgid_plural" in fields:
        count = sum(name.startswith("msgstr[") for name in fields)
        forms = tuple(fields.get(f"msgstr[{index}]", "") for index in range(count))
        catalog.plural_ids[phrase] = fields["msgid_plural"]
        if forms and all(forms):
            catalog.plural[phrase] = forms
    elif fields.get("msgstr"):
        catalog.single[phrase] = fields["msgstr"]
