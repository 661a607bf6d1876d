"""Take values out of what was parsed, and note in plain words what does not fit, with its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import TypeVar

from bot.domain.building.drafts import NONE
from bot.domain.building.filed import FileProblem, Placed, Spot
from packagefiles.nodes import Fields, Items, Node, Text, is_blank
from packagefiles.parsing import at
from packagefiles.words import NO, YES, folded

MOST_PROBLEMS = 30
_LONGEST = 4000
_MOST = 200
T = TypeVar("T")


class Taking:
    """The problems of one file, the readers that note them, and the places of what was taken."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.problems: list[FileProblem] = []
        self.places: list[Placed] = []

    def note(self, spot: Spot, words: str) -> None:
        """Something does not fit here."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(at(self._text, spot, words))

    def fields(self, node: Node, known: Sequence[str], what: str) -> Fields:
        """The fields under their agreed names; unknown ones are noted, blank ones are not given."""
        taken = Fields(node.spot)
        if not isinstance(node, Fields):
            self.note(node.spot, f"{what} is written as fields: “{known[0]}: …”, each on its own line.")
            return taken
        for key, value in node.values.items():
            name, spot = folded(key), node.keys[key]
            if name not in known:
                near = get_close_matches(name, known, n=1, cutoff=0.6)
                hint = f"did you mean “{near[0]}”?" if near else f"there are: {', '.join(known)}."
                self.note(spot, f"{what} has no field “{key[:60]}”; {hint}")
            elif name in taken.keys:
                self.note(spot, f"“{name}” is given twice.")
            elif not is_blank(value):
                taken.values[name] = value
                taken.keys[name] = spot
        return taken

    def items(self, node: Node, what: str) -> list[Node]:
        """The entries of a list; a single value is a list of one."""
        entries = node.items if isinstance(node, Items) else [node]
        if len(entries) > _MOST:
            self.note(node.spot, f"{len(entries)} {what} are more than Usher takes ({_MOST}).")
        return [one for one in entries[:_MOST] if not is_blank(one)]

    def text(self, fields: Fields, name: str, path: str) -> str:
        """One text: "" when it is not given, NONE when it is given as empty. It becomes the draft's field `path`."""
        node = fields.values.get(name)
        return "" if node is None else self.plain(node, f"“{name}”", path) or NONE

    def name(self, fields: Fields, name: str, path: str) -> str:
        """One text that is never taken away: "" when it is not given or empty."""
        said = self.text(fields, name, path)
        return "" if said == NONE else said

    def plain(self, node: Node, what: str, path: str) -> str:
        """The text a node holds."""
        if not isinstance(node, Text):
            self.places.append(Placed(path, "", node.spot))
            self.note(node.spot, f"{what} is one text, not a list or a block of fields.")
            return ""
        if len(node.text) > _LONGEST:
            self.note(node.spot, f"{what} has {len(node.text):,} characters; {_LONGEST:,} are read.")
        said = node.text[:_LONGEST].strip()
        self.places.append(Placed(path, said, node.spot))
        return said

    def yes_no(self, fields: Fields, name: str, path: str, *more: str) -> str:
        """Yes, no or one of `more`; "" when it is not given."""
        node = fields.values.get(name)
        if node is None:
            return ""
        said = self.plain(node, f"“{name}”", path).casefold()
        if said in YES or said in NO:
            return "yes" if said in YES else "no"
        if said in more:
            return said
        if isinstance(node, Text):
            self.note(node.spot, f"“{name}” is {' or '.join(('yes', 'no', *more))}, not “{said[:60]}”.")
        return ""

    def word(self, fields: Fields, name: str, path: str, known: Sequence[str]) -> str:
        """One of our words, "" when it is not given."""
        node = fields.values.get(name)
        if node is None:
            return ""
        said = folded(self.plain(node, f"“{name}”", path))
        if said not in known and isinstance(node, Text):
            self.note(node.spot, f"“{name}” is one of {', '.join(known)}, not “{node.text[:60]}”.")
            return ""
        return said

    def texts(self, fields: Fields, name: str, path: str) -> tuple[str, ...]:
        """Several texts: () when they are not given, (NONE,) for an empty list."""
        node = fields.values.get(name)
        if node is None:
            return ()
        found = [self.plain(one, f"Each of “{name}”", path) for one in self.items(node, name)]
        return tuple(filter(None, found)) or (NONE,)

    def each(self, fields: Fields, name: str, read: Callable[[Node, int], T | None]) -> tuple[T, ...]:
        """What `read` makes of each entry of a list, with its number."""
        node = fields.values.get(name)
        entries = [] if node is None else self.items(node, name)
        made = [read(one, number) for number, one in enumerate(entries)]
        return tuple(one for one in made if one is not None)
