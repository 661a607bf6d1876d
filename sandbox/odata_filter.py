"""OData $filter: parsed into a small tree of closures, 400 for whatever it does not know."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.odata_values import MISSING, compare, invalid

Row = dict[str, Any]
Look = Callable[[Row, list[str]], Any]
Test = Callable[[Row], Any]

TOKEN = re.compile(
    r"""\s*(?:(?P<string>'(?:[^']|'')*')
    |(?P<date>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))
    |(?P<guid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})
    |(?P<number>-?\d+(?:\.\d+)?)
    |(?P<name>[A-Za-z_][\w.]*(?:/[A-Za-z_$][\w.]*)*)
    |(?P<mark>[(),:]))""",
    re.VERBOSE,
)
COMPARE = {"eq", "ne", "gt", "ge", "lt", "le"}
FUNCTIONS = {"startswith", "endswith", "contains"}


@dataclass
class Filter:
    """A parsed filter: `test(row)`, the property paths it reads and the operators it uses (lower case)."""

    test: Callable[[Row], bool]
    paths: set[str]
    operators: set[str]


def parse(text: str, look: Look) -> Filter:
    """Parses `text`; `look(row, path)` finds a property (MISSING when the entity has none)."""
    parser = _Parser(text, look)
    test = parser.disjunction()
    if parser.peek() is not None:
        raise invalid(f"Syntax error at '{parser.peek()[1]}' in '{text}'.")  # type: ignore[index]
    return Filter(lambda row: bool(test(row)), parser.paths, parser.operators)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while text[at:].strip():
        match = TOKEN.match(text, at)
        if match is None:
            raise invalid(f"Syntax error at position {at} in '{text}'.")
        at = match.end()
        yield str(match.lastgroup), match[str(match.lastgroup)]


class _Parser:
    def __init__(self, text: str, look: Look) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0
        self.look = look
        self.variables: dict[str, list[Any]] = {}
        self.paths: set[str] = set()
        self.operators: set[str] = set()

    def peek(self) -> tuple[str, str] | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def word(self) -> str:
        token = self.peek()
        return token[1].lower() if token and token[0] in ("name", "mark") else ""

    def take(self, wanted: str = "") -> tuple[str, str]:
        token = self.peek()
        if token is None or (wanted and token[1].lower() != wanted):
            raise invalid(f"'{wanted or 'a value'}' expected.")
        self.at += 1
        return token

    def disjunction(self) -> Test:
        tests = [self.conjunction()]
        while self.word() == "or":
            self.take()
            self.operators.add("or")
            tests.append(self.conjunction())
        return tests[0] if len(tests) == 1 else lambda row: any(test(row) for test in tests)

    def conjunction(self) -> Test:
        tests = [self.negation()]
        while self.word() == "and":
            self.take()
            self.operators.add("and")
            tests.append(self.negation())
        return tests[0] if len(tests) == 1 else lambda row: all(test(row) for test in tests)

    def negation(self) -> Test:
        self.depth += 1
        if self.depth > 50:
            raise invalid("the filter is nested too deeply.")
        try:
            if self.word() != "not":
                return self.predicate()
            self.take()
            self.operators.add("not")
            inner = self.negation()
            return lambda row: not inner(row)
        finally:
            self.depth -= 1

    def predicate(self) -> Test:
        if self.word() == "(":
            self.take()
            inner = self.disjunction()
            self.take(")")
            return inner
        name = self.word()
        if name in FUNCTIONS and self._calls():
            return self.function(name)
        if name.endswith(("/any", "/all")) and self._calls():
            return self.quantifier()
        return self.comparison()

    def _calls(self) -> bool:
        following = self.tokens[self.at + 1 : self.at + 2]
        return bool(following) and following[0][1] == "("

    def function(self, name: str) -> Test:
        self.operators.add(name)
        self.take()
        self.take("(")
        left = self.operand()
        self.take(",")
        right = self.operand()
        self.take(")")
        method = {"startswith": str.startswith, "endswith": str.endswith, "contains": str.__contains__}[name]

        def test(row: Row) -> bool:
            value, part = left(row), right(row)
            return isinstance(value, str) and isinstance(part, str) and method(value.lower(), part.lower())

        return test

    def quantifier(self) -> Test:
        path, _, kind = self.take()[1].rpartition("/")
        self.operators.add(kind.lower())
        source = self.property(path)
        self.take("(")
        variable = self.take()[1]
        self.take(":")
        scope: list[Any] = self.variables.setdefault(variable, [])
        inner = self.disjunction()
        del self.variables[variable]
        self.take(")")

        def matches(row: Row, item: Any) -> bool:
            scope.append(item)
            try:
                return bool(inner(row))
            finally:
                scope.pop()

        many = any if kind.lower() == "any" else all

        def test(row: Row) -> bool:
            items = source(row)
            return many(matches(row, item) for item in (items if isinstance(items, list) else []))

        return test

    def comparison(self) -> Test:
        left = self.operand()
        operator = self.word()
        if operator == "in":
            return self.membership(left)
        if operator not in COMPARE:
            raise invalid(f"operator '{operator}' is not supported.")
        self.take()
        self.operators.add(operator)
        right = self.operand()
        return lambda row: compare(operator, left(row), right(row))

    def membership(self, left: Test) -> Test:
        self.take()
        self.operators.add("in")
        self.take("(")
        values = [self.operand()]
        while self.word() == ",":
            self.take()
            values.append(self.operand())
        self.take(")")
        return lambda row: any(compare("eq", left(row), value(row)) for value in values)

    def operand(self) -> Test:
        kind, text = self.take()
        if kind == "string":
            literal = text[1:-1].replace("''", "'")
            return lambda row: literal
        if kind in ("date", "guid"):
            return lambda row: text
        if kind == "number":
            number = float(text)
            return lambda row: number
        if kind == "mark":
            raise invalid(f"'{text}' is out of place.")
        low = text.lower()
        if low in ("true", "false", "null"):
            constant = {"true": True, "false": False, "null": None}[low]
            return lambda row: constant
        if low in ("tolower", "toupper") and self.word() == "(":
            self.take("(")
            inner = self.operand()
            self.take(")")
            return inner  # every comparison of text ignores case
        return self.property(text)

    def property(self, text: str) -> Test:
        first, *rest = text.split("/")
        look = self.look
        if first in self.variables:
            scope = self.variables[first]
            return lambda row: look(scope[-1], rest) if rest else scope[-1]
        path = [first, *rest]
        self.paths.add(text)
        return lambda row: _known(look(row, path), text)


def _known(value: Any, text: str) -> Any:
    if value is MISSING:
        raise invalid(f"Could not find a property named '{text}'.")
    return value
