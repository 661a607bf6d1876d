"""OData $search, $orderby and paging over rows that have been filtered."""

import base64
import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import quote

from sandbox.errors import bad_request
from sandbox.odata_values import MISSING, split
from sandbox.routes import Call

Row = dict[str, Any]


class Rows(Protocol):
    """A list of rows, or something that makes those of a page when it is asked for them."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice) -> list[Any]: ...


def search(query: Mapping[str, str], rows: list[Row]) -> list[Row]:
    """The rows in which a word of the property starts with each word of `$search="property:words"`."""
    text = query.get("$search")
    if text is None:
        return rows
    match = re.fullmatch(r'"(\w+):([^"]*)"', text)
    if match is None:
        raise bad_request("Unrecognized query argument specified: '$search'. Use \"property:value\".", "BadRequest")
    name, value = match[1], match[2].lower()

    def hit(row: Row) -> bool:
        words = re.split(r"[\s._-]+", str(row.get(name) or "").lower())
        return all(any(word.startswith(part) for word in words) for part in value.split())

    return [row for row in rows if hit(row)]


def ordered(query: Mapping[str, str], look: Callable[[Row, list[str]], Any], rows: list[Row]) -> list[Row]:
    """The rows in the order of $orderby; `look(row, path)` finds a value."""
    for part in reversed(split(query.get("$orderby", ""))):
        path, _, direction = part.partition(" ")
        if direction.strip().lower() not in ("", "asc", "desc"):
            raise bad_request(f"Invalid $orderby '{part}'.", "BadRequest")
        values = [look(row, path.split("/")) for row in rows]
        if rows and all(value is MISSING for value in values):
            raise bad_request(f"Invalid $orderby: Could not find a property named '{path}'.", "BadRequest")
        descending = direction.strip().lower() == "desc"
        rows = sorted(rows, key=lambda row: _sort_key(look(row, path.split("/"))), reverse=descending)
    return rows


def _sort_key(value: Any) -> str:
    return "" if value in (None, MISSING) else str(value).lower()


def _number(query: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    if name not in query:
        return None
    if not query[name].isdigit() or not least <= int(query[name]) <= most:
        raise bad_request(
            f"Invalid page size specified: '{query[name]}'. Must be between {least} and {most} inclusive."
        )
    return int(query[name])


def one_page(call: Call, rows: Rows, usual: int = 100, most: int = 999) -> tuple[list[Any], str | None]:
    """The rows of the page asked for (`usual` many without $top, never more than `most`) and the next page's link."""
    default = int(call.world.options["pageSize"] or usual)
    size = _number(call.query, "$top", 1, most) or min(default, most)
    start = _number(call.query, "$skip", 0, 1_000_000) or 0
    token = call.query.get("$skiptoken")
    if token is not None:
        try:
            start = int(base64.urlsafe_b64decode(token).decode().removeprefix("at-"))
        except ValueError as error:
            raise bad_request("Paging token is invalid.", "Directory_ExpiredPageToken") from error
    if start + size >= len(rows):
        return rows[start:], None
    following = base64.urlsafe_b64encode(f"at-{start + size}".encode()).decode()
    kept = {name: value for name, value in call.query.items() if name not in ("$skip", "$skiptoken")}
    parts = [f"{name}={quote(value, safe='')}" for name, value in {**kept, "$skiptoken": following}.items()]
    return rows[start : start + size], f"{call.base_url}{quote(call.path, safe='/()=,' + chr(39))}?{'&'.join(parts)}"
