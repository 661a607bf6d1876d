"""Any outcome a stranger could bring about: nasty and long texts, long lists, any state."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from bot.domain.outcomes import Press

_NASTY = st.sampled_from(
    [
        "[click](http://evil.example)",
        "**x**",
        "<at>Alex</at>",
        "{{DATE(2026-11-23T09:00:00Z)}}",
        "{name} {count} {0}",
        "\u202egnp.exe",
        "line\n\nline\r\n- item",
        "\x00\x1b[31m",
        "😀" * 3500,
        "*" * 3500,
        '"\\' * 1750,
        "x" * 300 + "\n",
        "",
        " ",
        "https://myaccess.microsoft.com/@contoso.onmicrosoft.com#/access-packages/1",
        "javascript:alert(1)",
        "delivered",
        "requested",
    ]
)
TEXT = _NASTY | st.text(max_size=30)
TIMES = st.builds(
    lambda days, seconds: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(days, seconds),
    st.integers(0, 36_000),
    st.integers(0, 86_399),
)
#: Verbs and ids are ours: of a known shape, however untrusted when they come back.
_IDS = st.text(max_size=40)
_PRESSES = st.builds(
    Press, TEXT, _IDS, st.dictionaries(st.sampled_from(["invite", "verb", "v"]), st.text(max_size=40), max_size=3), TEXT
)
_SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(0, 10_000),
    bool: st.booleans(),
    datetime: TIMES,
    date: st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    timedelta: st.timedeltas(timedelta(0), timedelta(days=4000)),
    type(None): st.none(),
    Press: _PRESSES,
}


@cache
def any_of(kind: Any, *, inside: bool = False) -> st.SearchStrategy[Any]:
    """Values of this type, frozen dataclasses of the domain included; lists `inside` of lists stay short."""
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return st.one_of([any_of(each, inside=inside) for each in arguments])
    if origin is tuple:
        return _tuples(arguments, inside=inside)
    if origin is dict:
        return st.dictionaries(any_of(arguments[0]), any_of(arguments[1], inside=True), max_size=4)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    return _objects(kind, inside=inside)


def _tuples(arguments: tuple[Any, ...], *, inside: bool) -> st.SearchStrategy[Any]:
    if arguments[-1] is not Ellipsis:
        return st.tuples(*(any_of(each, inside=inside) for each in arguments))
    few = st.lists(any_of(arguments[0], inside=True), max_size=3).map(tuple)
    if inside:
        return few
    many = st.builds(lambda some, times: some * times, few, st.sampled_from([10, 40]))
    return few | many


def _objects(kind: Any, *, inside: bool) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: _field(field.name, hints, inside) for field in dataclasses.fields(kind)})


def _field(name: str, hints: dict[str, Any], inside: bool) -> st.SearchStrategy[Any]:
    if name == "verb":
        return _IDS.filter(bool)
    return _IDS if name == "id" or name.endswith("_id") else any_of(hints[name], inside=inside)
