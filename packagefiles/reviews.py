"""The access reviews of a policy in a file."""

from __future__ import annotations

from bot.domain.building.drafts import NONE, ReviewWish
from bot.domain.building.terms import Frequency
from packagefiles import words
from packagefiles.lengths import length
from packagefiles.nodes import Fields
from packagefiles.taking import Taking

_FREQUENCIES = tuple(one.value for one in Frequency)
_NO_ANSWERS = ("keep", "remove", "recommend")


def review(taking: Taking, fields: Fields, path: str) -> ReviewWish:
    """`review: no`, or its settings; nothing given is the wish that says nothing."""
    node = fields.values.get("review")
    if node is None:
        return ReviewWish()
    if not isinstance(node, Fields):
        said = taking.yes_no(fields, "review", path)
        if said == "yes":
            taking.note(node.spot, "“review” is no, or fields that begin with “every: quarterly”.")
        return ReviewWish("no") if said == "no" else ReviewWish()
    given = taking.fields(node, words.REVIEW, "An access review")
    return ReviewWish(
        frequency=taking.word(given, "every", path, _FREQUENCIES) or "yes",
        reviewers=named(taking, given, "reviewers", path),
        days=length(taking, given, "lasts", path),
        no_answer=taking.word(given, "no-answer", path, _NO_ANSWERS),
        fallbacks=named(taking, given, "fallbacks", path),
        recommendations=taking.yes_no(given, "recommendations", path),
        justification=taking.yes_no(given, "justification", path),
        starts=taking.name(given, "starts", path),
    )


def named(taking: Taking, fields: Fields, name: str, path: str) -> tuple[str, ...]:
    """References to people, groups or organizations; an empty list is as good as none."""
    given = taking.texts(fields, name, path)
    return () if given == (NONE,) else given
