"""Read YAML as texts with places, and nothing else: the only file that knows the YAML library.

The library's parser yields events; no object is ever made of a file's wish, no tag looked up, no alias followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from bot.domain.building.filed import FileProblem, Spot
from packagefiles.nodes import Fields, Items, Node, Text

MOST_CHARACTERS = 256 * 1024
_DEEPEST = 10
_MOST_NODES = 30_000
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class NotReadable(Exception):
    """The text cannot be read as one document of plain YAML."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem.text)
        self.problem = problem


def parse(text: str) -> Node | None:
    """The document as texts with places; None for an empty one. Raises NotReadable.

    Values are the text as written: no word is a number, a date or a truth here. Aliases, anchors, tags, keys given
    twice, more than one document, and files too large or nested too deep are refused.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > MOST_CHARACTERS:
        raise NotReadable(FileProblem(f"The file is longer than {MOST_CHARACTERS:,} characters."))
    _refuse_unprintable(text)
    return _Builder(text).build()


def _refuse_unprintable(text: str) -> None:
    found = _UNPRINTABLE.search(text)
    if found:
        before = text[: found.start()]
        spot = Spot(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        raise NotReadable(at(text, spot, f"Here is a character (code {ord(found[0])}) that no text file should hold."))


def at(text: str, spot: Spot | None, words: str) -> FileProblem:
    """A problem that shows the line it is about."""
    return FileProblem(words, spot).beside(text.splitlines())


class _Builder:
    """Puts the parser's events together, one document's worth."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._nodes = 0

    def build(self) -> Node | None:
        try:
            return self._document(yaml.parse(self._text, Loader=_LOADER))
        except yaml.MarkedYAMLError as error:
            raise self._not_yaml(error) from error
        except yaml.YAMLError as error:
            raise self._refused(None, "This is not YAML.") from error

    def _document(self, events: Iterator[yaml.Event]) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refused(_spot(event), "A second document begins here (---). Send one at a time.")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, events, 0)
        return None if root is None or (isinstance(root, Text) and not root.text) else root

    def _node(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], depth: int) -> Node:
        self._refuse_cunning(event, depth)
        spot = _spot(event)
        if isinstance(event, yaml.ScalarEvent):
            return Text(spot, event.value, bare=event.style is None or event.style == "")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(Items(spot), events, depth)
        return self._fields(Fields(spot), events, depth)

    def _items(self, made: Items, events: Iterator[yaml.Event], depth: int) -> Items:
        for event in events:
            if not isinstance(event, yaml.NodeEvent):
                break
            made.items.append(self._node(event, events, depth + 1))
        return made

    def _fields(self, made: Fields, events: Iterator[yaml.Event], depth: int) -> Fields:
        for event in events:
            if not isinstance(event, yaml.NodeEvent):
                break
            key = self._node(event, events, depth + 1)
            if not isinstance(key, Text):
                raise self._refused(key.spot, "A name is expected here, not a list or a block of fields.")
            if key.text in made.keys:
                earlier = made.keys[key.text].line
                raise self._refused(key.spot, f"“{key.text[:60]}” stands here a second time; it is in line {earlier}.")
            made.keys[key.text] = key.spot
            made.values[key.text] = self._node(_next(events), events, depth + 1)
        return made

    def _refuse_cunning(self, event: yaml.NodeEvent, depth: int) -> None:
        """What a file of access packages never needs and what has been used to overwhelm readers of YAML."""
        self._nodes += 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(_spot(event), "Anchors and aliases (& and *) are not read. Write it out, or quote it.")
        if getattr(event, "tag", None) is not None:
            raise self._refused(_spot(event), "Tags (!) are not read. Take it out, or put the value in quotes.")
        if depth > _DEEPEST:
            raise self._refused(_spot(event), "This is nested deeper than any package is.")
        if self._nodes > _MOST_NODES:
            raise self._refused(_spot(event), "There is more in this file than Usher reads at once. Split it.")

    def _not_yaml(self, error: yaml.MarkedYAMLError) -> NotReadable:
        """What is never closed is shown where it begins, everything else where the parser gave up."""
        said = f"{error.context or ''} {error.problem or ''}"
        words = (
            next((words for raw, words in _WORDS if raw in said), "") or f"{error.problem or 'it breaks off'}".strip()
        )
        mark = error.problem_mark or error.context_mark
        if "never closed" in words:
            mark = error.context_mark or mark
        if mark is None:
            return self._refused(None, f"This is not YAML: {words}.")
        if self._text[_index(self._text, mark) :][:1] == "\t":
            words = "a tab; YAML indents with spaces"
        return self._refused(Spot(mark.line + 1, mark.column + 1), f"This is not YAML: {words}.")

    def _refused(self, spot: Spot | None, words: str) -> NotReadable:
        return NotReadable(at(self._text, spot, words))


def _next(events: Iterator[yaml.Event]) -> yaml.NodeEvent:
    """The value behind a name; the parser always yields one, an empty text where none was written."""
    event = next(events)
    assert isinstance(event, yaml.NodeEvent)
    return event


def _spot(event: yaml.Event) -> Spot:
    mark = event.start_mark
    assert mark is not None
    return Spot(mark.line + 1, mark.column + 1)


_WORDS = (
    ("mapping values are not allowed", "a colon where none belongs; a text with “: ” in it needs quotes"),
    ("could not find expected ':'", "a name without its colon"),
    ("cannot start any token", "a character that no value may begin with; put it in quotes"),
    ("did not find expected key", "the indentation does not fit, or a quote or bracket is not closed"),
    ("did not find expected '-' indicator", "the indentation of this list does not fit"),
    ("while scanning a quoted scalar", "a quote that is never closed"),
    ("unexpected end of stream", "a quote or bracket that is never closed"),
    ("did not find expected ',' or", "a bracket that is never closed, or a comma that is missing"),
    ("block sequence entries are not allowed", "a list begins where none can stand"),
    ("found unknown escape character", "a backslash inside double quotes; use single quotes"),
)


def _index(text: str, mark: yaml.Mark) -> int:
    """Where in the text a mark points; past the end for one behind it."""
    lines = text.splitlines(keepends=True)
    return sum(map(len, lines[: mark.line])) + mark.column
