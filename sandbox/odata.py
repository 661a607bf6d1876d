"""OData query options over plain entities: $filter, $select, $expand, $orderby, $search, $count and paging."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.errors import GraphError, bad_request, unsupported
from sandbox.odata_filter import Filter, parse
from sandbox.odata_pages import one_page, ordered, search
from sandbox.odata_values import MISSING, split
from sandbox.routes import Call, Reply
from sandbox.world import public

Row = dict[str, Any]
# What $expand (and a filter's path) may follow: name -> fn(row), or (fn, the expansions of what fn returns).
Expansions = Mapping[str, Any]
OPTIONS = {"$filter", "$select", "$expand", "$top", "$skip", "$skiptoken", "$count", "$orderby", "$search", "$format"}


def entity(call: Call, row: Row, *, expand: Expansions | None = None, known: frozenset[str] | None = None) -> Reply:
    """200 with one entity, after $select and $expand."""
    _check_options(call.query, {"$select", "$expand", "$format"})
    shown = shape(row, call.query, expand or {}, known)
    return Reply(200, {"@odata.context": _context(call, "/$entity"), **shown})


def collection(
    call: Call,
    rows: list[Row],
    *,
    expand: Expansions | None = None,
    known: frozenset[str] | None = None,
    default: tuple[str, ...] | None = None,
    directory: bool = False,
    page: int = 100,
    most: int = 999,
) -> Reply:
    """200 with a page of `rows` after every query option.

    `expand` maps navigation names to functions; `known` names the type's properties (others are 400, even when no
    row is there to tell); `default` is what comes without $select; `directory` demands ConsistencyLevel: eventual
    where Graph's directory does and refuses $skip; `page` and `most` are the default and the largest page.
    """
    query, expansions = call.query, expand or {}
    _check_options(query, OPTIONS)
    if directory:
        _check_directory(call)
    rows = fitting(call, rows, expansions, known, directory=directory)
    total = len(rows)
    rows, following = one_page(call, rows, page, most)
    body: Row = {"@odata.context": _context(call, "")}
    if query.get("$count", "").lower() == "true" and (call.eventual or not directory):
        body["@odata.count"] = total
    if following:
        body["@odata.nextLink"] = following
    body["value"] = [shape(row, query, expansions, known, default) for row in rows]
    return Reply(200, body)


def fitting(
    call: Call, rows: list[Row], expand: Expansions, known: frozenset[str] | None, *, directory: bool = False
) -> list[Row]:
    """The rows that $filter and $search let through, in the order of $orderby; `collection` says more."""
    rows = search(call.query, _filtered(call, rows, expand, known, directory))
    return ordered(call.query, lambda row, path: look(row, path, expand), rows)


def count(call: Call, rows: list[Row], *, expand: Expansions | None = None, directory: bool = False) -> Reply:
    """200 text/plain with the number of rows (the `/$count` segment)."""
    if directory and not call.eventual:
        raise unsupported("Request with $count segment needs the ConsistencyLevel header set to 'eventual'.")
    rows = search(call.query, _filtered(call, rows, expand or {}, None, directory))
    return Reply(200, text=str(len(rows)))


def shape(
    row: Row,
    query: Mapping[str, str],
    expand: Expansions,
    known: frozenset[str] | None = None,
    default: tuple[str, ...] | None = None,
) -> Row:
    """The entity as it leaves: public properties, $select applied, expansions added.

    Its own `_default` names what is shown without a $select where the collection holds more than one type.
    """
    shown: Row = public(row)
    default = default or row.get("_default")
    for name in expand:
        if name in shown and name not in (known or ()):
            del shown[name]
    wanted = [name.strip() for name in query.get("$select", "").split(",") if name.strip()]
    if wanted and wanted != ["*"]:
        shown = _selected(shown, wanted, known, expand)
    elif default is not None:
        shown = {name: shown[name] for name in shown if name in default or name.startswith("@")}
    for part in split(query.get("$expand", "")):
        name, options = _expand_part(part)
        shown[name] = _expanded(row, name, options, expand)
    return shown


def _expand_part(part: str) -> tuple[str, dict[str, str]]:
    match = re.match(r"^([\w.]+)(?:\((.*)\))?$", part, re.DOTALL)
    if match is None:
        raise bad_request(f"Parsing OData Select and Expand failed: '{part}'.", "BadRequest")
    options: dict[str, str] = {}
    for option in split(match[2] or "", ";"):
        key, _, value = option.partition("=")
        options[key.strip()] = value.strip()
    _check_options(options, {"$select", "$expand", "$filter", "$top", "$orderby", "$count", "$levels"})
    return match[1], options


def _expanded(row: Row, name: str, options: dict[str, str], expand: Expansions) -> Any:
    key = next((known for known in expand if known.lower() == name.lower()), None)
    if key is None:
        raise bad_request(
            f"Parsing OData Select and Expand failed: Could not find a property named '{name}'.", "BadRequest"
        )
    find, nested = _expansion(expand[key])
    value = find(row)
    if isinstance(value, list):
        if "$filter" in options:
            test = parse(options["$filter"], lambda item, path: look(item, path, nested)).test
            value = [item for item in value if test(item)]
        if "$top" in options:
            value = value[: int(options["$top"])]
        return [shape(item, options, nested) for item in value]
    return None if value is None else shape(value, options, nested)


def _expansion(entry: Any) -> tuple[Callable[[Row], Any], Expansions]:
    return entry if isinstance(entry, tuple) else (entry, {})


def look(row: Any, path: list[str], expand: Expansions) -> Any:
    """The value at a property path, through navigations too; names ignore case; MISSING when there is none."""
    for at, step in enumerate(path):
        if row is None or (isinstance(row, dict) and "." in step):
            if row is None:
                return None
            continue  # a type cast: the value says itself what it is
        if step == "$count" and isinstance(row, list):
            return len(row)
        if not isinstance(row, dict):
            return MISSING
        name = next((key for key in row if key.lower() == step.lower() and not key.startswith("_")), None)
        navigation = next((key for key in expand if key.lower() == step.lower()), None)
        if name is not None and (navigation is None or row[name] is not None):
            row, expand = row[name], {}
        elif navigation is not None:
            find, nested = _expansion(expand[navigation])
            return look(find(row), path[at + 1 :], nested)
        else:
            return MISSING
    return row


def _selected(shown: Row, wanted: list[str], known: frozenset[str] | None, expand: Expansions) -> Row:
    kept: Row = {name: value for name, value in shown.items() if name.startswith("@")}
    for asked in wanted:
        name = next((key for key in shown if key.lower() == asked.lower()), None)
        if name is not None:
            kept[name] = shown[name]
        elif known is not None and asked not in known and asked not in expand:
            raise bad_request(
                f"Parsing OData Select and Expand failed: Could not find a property named '{asked}'.", "BadRequest"
            )
    return kept


def _filtered(
    call: Call, rows: list[Row], expand: Expansions, known: frozenset[str] | None, directory: bool
) -> list[Row]:
    text = call.query.get("$filter")
    if text is None:
        return rows
    parsed = parse(text, lambda row, path: _or_null(look(row, path, expand)))
    _check_paths(parsed, rows, expand, known)
    if directory and parsed.operators & {"ne", "not", "endswith"} and not call.eventual:
        raise unsupported(
            "Operator not supported because the 'ConsistencyLevel:eventual' header and $count=true are missing."
        )
    return [row for row in rows if parsed.test(row)]


def _or_null(value: Any) -> Any:
    return None if value is MISSING else value


def _check_paths(parsed: Filter, rows: list[Row], expand: Expansions, known: frozenset[str] | None) -> None:
    for text in parsed.paths:
        first = text.split("/")[0].lower()
        names = {name.lower() for name in (known or ())} | {name.lower() for name in expand}
        if first in names or any(look(row, text.split("/"), expand) is not MISSING for row in rows):
            continue
        if known is not None or rows:
            raise bad_request(f"Invalid filter clause: Could not find a property named '{text}'.", "BadRequest")


def _check_options(query: Mapping[str, str], allowed: set[str]) -> None:
    for name in query:
        if name.startswith("$") and name not in allowed:
            raise GraphError(400, "BadRequest", f"Query option '{name}' is not supported here.")


def _check_directory(call: Call) -> None:
    if "$skip" in call.query:
        raise unsupported("'$skip' is not supported by the service.")
    advanced = "$search" in call.query or ("$filter" in call.query and "$orderby" in call.query)
    if advanced and not call.eventual:
        raise unsupported("Request needs the ConsistencyLevel header set to 'eventual' and $count=true.")


def _context(call: Call, suffix: str) -> str:
    return f"{call.base_url}/$metadata#{call.path.strip('/')}{suffix}"


__all__ = ["MISSING", "collection", "count", "entity", "look", "shape", "split"]
