"""Lines of YAML as people like to read them: block style, quotes only where they are needed, comments behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

#: Letters of any script, digits and a few signs: what no reader of YAML takes for more than text.
_SAFE = re.compile(r"[^\W\d_][\w .,()/+@=-]*|https?://[\w./~%-]+")
_OWN = re.compile(r"[A-Za-z0-9-]+( [a-z]+)?")
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\xa0\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_WORDS = frozenset("y n yes no on off true false null".split())
_LONGEST_LIST = 80


class Lines:
    """A file under construction. `names`: reference -> what people call it, written behind it."""

    def __init__(self) -> None:
        self.names: Mapping[str, str] = {}
        self._lines: list[str] = []
        self._depth = 0
        self._dash = False

    def text(self) -> str:
        """Everything so far."""
        return "\n".join(self._lines) + "\n"

    def remark(self, said: str) -> None:
        """A line for people."""
        self._lines.append(f"# {_one_line(said)}")

    def word(self, name: str, value: str, remark: str = "") -> None:
        """A field whose value is one of the format's own words, or a length or date; "" leaves no line."""
        if value:
            self._line(f"{name}: {value if _OWN.fullmatch(value) else quoted(value)}", remark)

    def put(self, name: str, value: str, remark: str = "") -> None:
        """A field with a text of the tenant's; "" leaves no line, except where it says something."""
        if value or name in _EVEN_EMPTY:
            self._line(f"{quoted(name)}: {quoted(value)}", remark or self.names.get(value, ""))

    def texts(self, name: str, values: Sequence[str]) -> None:
        """A list of texts, in one line when it is short and needs no comments."""
        short = f"{quoted(name)}: [{', '.join(quoted(value, inline=True) for value in values)}]"
        if len(short) <= _LONGEST_LIST and not any(value in self.names for value in values):
            self._line(short)
            return
        with self.list(name):
            for value in values:
                self._line(f"- {quoted(value)}", self.names.get(value, ""))

    @contextmanager
    def list(self, name: str) -> Iterator[None]:
        """A list of whatever is written inside; one without entries says so."""
        begun = self._begin(f"{quoted(name)}:")
        yield
        self._end(begun, " []")

    @contextmanager
    def block(self, name: str, remark: str = "") -> Iterator[None]:
        """Fields inside a field."""
        begun = self._begin(f"{quoted(name)}:", remark)
        yield
        self._end(begun, " {}")

    @contextmanager
    def entry(self) -> Iterator[None]:
        """Fields of one entry of a list; the first stands behind the dash."""
        self._dash = True
        self._depth += 1
        yield
        self._depth -= 1
        self._dash = False

    def _begin(self, head: str, remark: str = "") -> int:
        self._line(head, remark)
        self._depth += 1
        return len(self._lines)

    def _end(self, begun: int, empty: str) -> None:
        self._depth -= 1
        if len(self._lines) == begun:
            head, mark, remark = self._lines[-1].partition(":")
            self._lines[-1] = f"{head}{mark}{empty}{remark}"

    def _line(self, written: str, remark: str = "") -> None:
        indent = "  " * (self._depth - 1) + "- " if self._dash else "  " * self._depth
        self._dash = False
        said = _one_line(remark)
        self._lines.append(indent + written + (f"  # {said}" if said else ""))


_EVEN_EMPTY = frozenset({"description"})


def quoted(value: str, *, inline: bool = False) -> str:
    """The text as one YAML scalar; `inline`: in a list of one line, where commas part."""
    bare = _SAFE.fullmatch(value) and value == value.strip() and value.casefold() not in _WORDS
    if bare and not (inline and "," in value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{_UNSEEN.sub(_code, escaped)}"'


def _code(found: re.Match[str]) -> str:
    # Half a character is none, and no reader of YAML takes it.
    return "\ufffd" if "\ud800" <= found[0] <= "\udfff" else f"\\u{ord(found[0]):04x}"


def _one_line(said: str) -> str:
    return " ".join(_UNSEEN.sub(" ", said).split())
