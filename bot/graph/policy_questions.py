"""Write what requestors are asked, anew or into the questions that are there."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.building.terms import Choice, Question, QuestionKind, Translation
from bot.graph.policy_changes import differs
from bot.graph.policy_subjects import PREFIX
from bot.graph.policy_terms import CHOICE_QUESTION, in_order, translations_of
from bot.graph.wire import Json

TEXT_QUESTION = "accessPackageTextInputQuestion"
ANSWER_CHOICE = "accessPackageAnswerChoice"
CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.SEVERAL})


def merged_questions(rows: object, before: Sequence[Question], after: Sequence[Question]) -> list[Json]:
    """The questions as they shall be asked; one with the id of one of `before`, as `rows` has it, keeps all else.

    https://learn.microsoft.com/graph/api/resources/accesspackagequestion
    """
    listed = {str(row.get("id") or ""): row for row in in_order(rows)}
    asked = {question.id: question for question in before if question.id}
    merged = []
    for question in after:
        was = asked.get(question.id)
        merged.append(question_body({} if was is None else listed[was.id], was, question))
    if [str(body.get("id") or "") for body in merged] != list(listed):
        for number, body in enumerate(merged, start=1):
            body["sequence"] = number
    return merged


def question_body(row: Json, before: Question | None, after: Question) -> Json:
    """`row` as `after` says; another kind of answer makes another question of it."""
    if before is not None and (before.kind in CHOOSING) != (after.kind in CHOOSING):
        row, before = {"sequence": row.get("sequence")}, None
    body = dict(row)
    if before is None:
        body["@odata.type"] = PREFIX + (CHOICE_QUESTION if after.kind in CHOOSING else TEXT_QUESTION)
    if differs(before, after, "text"):
        body["text"] = after.text
    if differs(before, after, "required"):
        body["isRequired"] = after.required
    if differs(before, after, "editable"):
        body["isAnswerEditable"] = after.editable
    if differs(before, after, "translations"):
        body["localizations"] = _localized(row.get("localizations"), after.translations)
    return body | (_choosing(row, before, after) if after.kind in CHOOSING else _writing(before, after))


def _writing(before: Question | None, after: Question) -> Json:
    body: Json = {}
    if differs(before, after, "kind"):
        body["isSingleLineQuestion"] = after.kind is QuestionKind.SHORT
    if differs(before, after, "pattern"):
        body["regexPattern"] = after.pattern or None
    return body


def _choosing(row: Json, before: Question | None, after: Question) -> Json:
    body: Json = {}
    if differs(before, after, "kind"):
        body["isMultipleSelectionAllowed"] = after.kind is QuestionKind.SEVERAL
    if differs(before, after, "choices"):
        known = {str(choice.get("actualValue")): choice for choice in row.get("choices") or []}
        body["choices"] = [_choice(known.get(choice.value, {}), choice) for choice in after.choices]
    return body


def _choice(row: Json, choice: Choice) -> Json:
    body = {**row, "actualValue": choice.value, "text": choice.text}
    if not row:
        body["@odata.type"] = PREFIX + ANSWER_CHOICE
    if not row or translations_of(row.get("localizations")) != choice.translations:
        body["localizations"] = _localized(row.get("localizations"), choice.translations)
    return body


def _localized(rows: object, translations: Sequence[Translation]) -> list[Json]:
    known = {translation: row for row in _list(rows) for translation in translations_of([row])}
    return [known.get(one) or {"languageCode": one.language, "text": one.text} for one in translations]


def _list(rows: object) -> list[Json]:
    return rows if isinstance(rows, list) else []
