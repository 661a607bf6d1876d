"""The questions of a policy in a file."""

from __future__ import annotations

from bot.domain.building.drafts import NONE, QuestionWish
from packagefiles import words
from packagefiles.nodes import Fields, Node, Text
from packagefiles.taking import Taking

_KINDS = ("text", "long", "choice", "several")


def questions(taking: Taking, fields: Fields, path: str) -> tuple[QuestionWish, ...]:
    """The questions in their order; an empty list says that there are none."""

    def read(node: Node, number: int) -> QuestionWish | None:
        return _question(taking, node, f"{path}.{number}")

    asked = taking.each(fields, "questions", read)
    return asked or ((QuestionWish(NONE),) if "questions" in fields.values else ())


def _question(taking: Taking, node: Node, path: str) -> QuestionWish | None:
    if isinstance(node, Text):
        return QuestionWish(taking.plain(node, "A question", path))
    fields = taking.fields(node, words.QUESTION, "A question")
    text = taking.name(fields, "question", path)
    if not text:
        taking.note(node.spot, "A question needs its text: “- question: Why do you need this?”")
        return None
    choices = taking.each(fields, "choices", lambda one, _: _choice(taking, one, path))
    return QuestionWish(
        text=text,
        kind=taking.word(fields, "kind", path, _KINDS),
        required=taking.yes_no(fields, "required", path),
        choices=tuple(one for one, _, _ in choices),
        translations=_translations(taking, fields, path),
        choice_translations=tuple((one, tag, said) for one, _, given in choices for tag, said in given),
        choice_values=tuple((one, value) for one, value, _ in choices if value),
        pattern=taking.name(fields, "pattern", path),
        editable=taking.yes_no(fields, "editable", path) or "yes",
    )


def _choice(taking: Taking, node: Node, path: str) -> tuple[str, str, tuple[tuple[str, str], ...]] | None:
    """Text, stored value where it differs, and translations."""
    if isinstance(node, Text):
        return taking.plain(node, "A choice", path), "", ()
    fields = taking.fields(node, words.CHOICE, "A choice")
    text = taking.name(fields, "text", path)
    if not text:
        taking.note(node.spot, "A choice needs its text.")
        return None
    return text, taking.name(fields, "value", path), _translations(taking, fields, path)


def _translations(taking: Taking, fields: Fields, path: str) -> tuple[tuple[str, str], ...]:
    node = fields.values.get("translations")
    if node is None:
        return ()
    if not isinstance(node, Fields):
        taking.note(node.spot, "Translations are written by language: “de: Warum?”, each on its own line.")
        return ()
    return tuple(
        (tag.strip(), taking.plain(one, f"The text in “{tag[:40]}”", path)) for tag, one in node.values.items()
    )
