"""One assignment policy of a file."""

from __future__ import annotations

import re

from bot.domain.building.drafts import AUDIENCES, NONE, PolicyWish, StageWish
from packagefiles import words
from packagefiles.lengths import carried, length
from packagefiles.nodes import Fields, Items, Node
from packagefiles.questions import questions
from packagefiles.reviews import named, review
from packagefiles.taking import Taking

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T\S+)?", re.ASCII)


def policy(taking: Taking, fields: Fields, prefix: str) -> PolicyWish:
    """The policy as a wish; its fields' paths begin with `prefix`."""
    ends, length, until = _ends(taking, fields, prefix)
    approve, stages = _approval(taking, fields, prefix)
    return PolicyWish(
        policy=taking.name(fields, "name", f"{prefix}policy"),
        renamed=taking.name(fields, "rename-to", f"{prefix}renamed"),
        policy_description=taking.text(fields, "description", f"{prefix}policy_description"),
        audience=_audience(taking, fields, prefix),
        targets=named(taking, fields, "targets", f"{prefix}targets"),
        approve=approve,
        stages=stages,
        requests=taking.yes_no(fields, "requests", f"{prefix}requests"),
        justification=taking.yes_no(fields, "justification", f"{prefix}justification"),
        questions=questions(taking, fields, f"{prefix}questions"),
        ends=ends,
        length=length,
        until=until,
        timeline=taking.yes_no(fields, "timeline", f"{prefix}timeline"),
        extend=taking.yes_no(fields, "extend", f"{prefix}extend", "approval"),
        review=review(taking, fields, f"{prefix}review"),
        extensions=_extensions(taking, fields, f"{prefix}extensions"),
    )


def _audience(taking: Taking, fields: Fields, prefix: str) -> str:
    """One of our words. Entra's own word for a scope Usher does not make stays: it may be there already."""
    said = taking.name(fields, "for", f"{prefix}audience")
    return next((word for word in AUDIENCES if words.folded(said) == word), said)


def _ends(taking: Taking, fields: Fields, prefix: str) -> tuple[str, str, str]:
    """(`ends`, `length`, `until`) of the draft."""
    said = taking.name(fields, "ends", f"{prefix}ends")
    if not said or said.casefold() == "never":
        return said.casefold(), "", ""
    if _DATE.fullmatch(said):
        return "date", "", said
    length = carried(said)
    if length is None:
        forms = "a length like 14 days or 8 hours, a date like 2027-12-24, or never"
        taking.note(fields.values["ends"].spot, f"“ends” is {forms}, not “{said[:60]}”.")
        return "", "", ""
    return ("days", length, "") if length.isdigit() else ("hours", length.removesuffix("h"), "")


def _approval(taking: Taking, fields: Fields, prefix: str) -> tuple[str, tuple[StageWish, ...]]:
    """`approval: no`, or the stages that stand there."""
    node = fields.values.get("approval")
    if isinstance(node, Items | Fields):
        entries = node.items if isinstance(node, Items) else [node]
        stages = [_stage(taking, one, f"{prefix}stages.{at}") for at, one in enumerate(entries)]
        return ("yes", tuple(stages)) if stages else ("no", ())
    said = taking.yes_no(fields, "approval", f"{prefix}approve")
    if said == "yes" and node:
        taking.note(node.spot, "“approval” is no, or a list of stages that each begin with “- approvers: [...]”.")
    return said, ()


def _stage(taking: Taking, node: Node, path: str) -> StageWish:
    fields = taking.fields(node, words.STAGE, "An approval stage")
    return StageWish(
        approvers=named(taking, fields, "approvers", path),
        fallbacks=named(taking, fields, "fallbacks", path),
        alternates=named(taking, fields, "alternates", path),
        alternate_fallbacks=named(taking, fields, "alternate-fallbacks", path),
        days=length(taking, fields, "decide-within", path),
        alternates_after=length(taking, fields, "alternates-after", path),
        justification=taking.yes_no(fields, "justification", path),
    )


def _extensions(taking: Taking, fields: Fields, path: str) -> tuple[tuple[str, str], ...]:
    def read(node: Node, _: int) -> tuple[str, str] | None:
        one = taking.fields(node, words.EXTENSION, "A custom extension")
        at = taking.word(one, "at", path, tuple(words.MOMENTS))
        name = taking.name(one, "name", path)
        if not at or not name:
            taking.note(node.spot, "A custom extension needs “at” and “name”.")
            return None
        return words.MOMENTS[at], name

    given = taking.each(fields, "extensions", read)
    return given or (((NONE, NONE),) if "extensions" in fields.values else ())
