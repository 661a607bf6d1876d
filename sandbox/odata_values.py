"""How OData compares two values: text ignores case, moments compare as moments."""

import re
from datetime import datetime
from typing import Any

from sandbox.errors import GraphError, bad_request

MISSING = object()


def invalid(detail: str) -> GraphError:
    """400: the filter cannot be understood."""
    return GraphError(400, "BadRequest", f"Invalid filter clause: {detail}")


def _moment(value: Any) -> Any:
    if isinstance(value, str) and re.match(r"^\d{4}-\d\d-\d\dT", value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return value
    return value.lower() if isinstance(value, str) else value


def compare(operator: str, left: Any, right: Any) -> bool:
    """Whether `left operator right` (eq ne gt ge lt le) holds; 400 for types that cannot be compared."""
    left, right = _moment(None if left is MISSING else left), _moment(right)
    if isinstance(left, bool) and isinstance(right, str):
        left = str(left).lower()
    if operator in ("eq", "ne"):
        return bool((left == right) == (operator == "eq"))
    if left is None or right is None:
        return False
    try:
        return bool({"gt": left > right, "ge": left >= right, "lt": left < right, "le": left <= right}[operator])
    except TypeError as error:
        raise invalid("A binary operator with incompatible types was detected.") from error


def split(text: str, mark: str = ",") -> list[str]:
    """Splits at `mark` outside parentheses and quotes."""
    parts, depth, quoted, start = [], 0, False, 0
    for at, letter in enumerate(text):
        quoted ^= letter == "'"
        depth += 0 if quoted else (letter == "(") - (letter == ")")
        if letter == mark and not depth and not quoted:
            parts.append(text[start:at])
            start = at + 1
    if depth or quoted:
        raise bad_request(f"Syntax error in '{text}'.", "BadRequest")
    return [part.strip() for part in [*parts, text[start:]] if part.strip()]
