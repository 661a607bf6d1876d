"""Find every phrase that the templates, the letters and the guests' cards want in another language."""

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).resolve().parents[2]
_FUNCTIONS = ("say", "many")


def phrases() -> dict[tuple[str, ...], list[str]]:
    """(phrase,) or (singular, plural) -> the files that use it."""
    found: dict[tuple[str, ...], list[str]] = {}
    for path in _sources():
        text = path.read_text(encoding="utf-8")
        for phrase in _in_python(text) if path.suffix == ".py" else _in_template(text):
            found.setdefault(phrase, []).append(path.relative_to(ROOT).as_posix())
    return found


def _sources() -> list[Path]:
    python = [*(ROOT / "letters").glob("*.py"), *(ROOT / "cards").glob("*.py")]
    return sorted([*python, *(ROOT / "letters" / "templates").iterdir()])


def _in_template(text: str) -> Iterator[tuple[str, ...]]:
    for _, _, message in extract_from_ast(Environment(autoescape=True).parse(text), _FUNCTIONS):
        assert isinstance(message, str)
        yield (message,)


def _in_python(text: str) -> Iterator[tuple[str, ...]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and _name(node.func) in _FUNCTIONS:
            literals = _literals(node.args)
            if _name(node.func) == "many":
                yield tuple(literals)
            else:
                yield from ((each,) for each in literals)


def _literals(arguments: list[ast.expr]) -> list[str]:
    """The strings a call may hand over: plain ones, and both sides of a choice."""
    constants = [node for each in arguments for node in ast.walk(each) if isinstance(node, ast.Constant)]
    return [node.value for node in constants if isinstance(node.value, str)]


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
