"""Questions, stages and lengths of a policy: what each keeps when its neighbour changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.building.terms import Question, QuestionKind, Stage, Terms
from bot.domain.packages import Expiration, Scope
from bot.errors import Rejected
from bot.graph.policy_bodies import merged, policy_body
from bot.graph.policy_terms import terms_of
from tests.graph.policies import Json

QUESTION = {
    "@odata.type": "#microsoft.graph.accessPackageTextInputQuestion",
    "id": "q1",
    "sequence": 10,
    "text": "Why?",
    "isRequired": True,
    "isAnswerEditable": True,
    "isSingleLineQuestion": True,
    "regexPattern": None,
    "localizations": [{"languageCode": "de", "text": "Warum?"}],
}
OTHER_QUESTION = {**QUESTION, "id": "q2", "sequence": 20, "text": "When?", "isSingleLineQuestion": False}


def _asking(*questions: Json) -> tuple[Json, Terms]:
    row = {"id": "p", "questions": list(questions)}
    return row, terms_of(row)


def test_a_question_with_another_text_keeps_id_number_and_translations() -> None:
    row, before = _asking(OTHER_QUESTION, QUESTION)
    first, second = before.questions

    body = merged(row, before, replace(before, questions=(replace(first, text="What for?"), second)))

    assert body["questions"] == [{**QUESTION, "text": "What for?"}, OTHER_QUESTION]


def test_questions_in_another_order_are_numbered_anew_and_nothing_else() -> None:
    row, before = _asking(QUESTION, OTHER_QUESTION)

    body = merged(row, before, replace(before, questions=before.questions[::-1]))

    assert body["questions"] == [{**OTHER_QUESTION, "sequence": 1}, {**QUESTION, "sequence": 2}]


def test_a_question_that_is_new_does_not_inherit_from_the_one_whose_place_it_takes() -> None:
    row, before = _asking(QUESTION)

    (body,) = merged(row, before, replace(before, questions=(Question("Where?", QuestionKind.LONG),)))["questions"]

    assert "id" not in body
    assert (body["text"], body["localizations"], body["sequence"]) == ("Where?", [], 1)


def test_a_question_answered_in_another_way_becomes_another_question() -> None:
    row, before = _asking(QUESTION)
    chosen = replace(before.questions[0], kind=QuestionKind.CHOICE)

    (body,) = merged(row, before, replace(before, questions=(chosen,)))["questions"]

    assert "id" not in body
    assert body["@odata.type"].endswith("accessPackageMultipleChoiceQuestion")
    assert "regexPattern" not in body


def _staged(*stages: Json) -> tuple[Json, Terms]:
    row = {"id": "p", "requestApprovalSettings": {"isApprovalRequiredForAdd": True, "stages": list(stages)}}
    return row, terms_of(row)


ADELE = {"@odata.type": "#microsoft.graph.singleUser", "userId": "a", "description": None, "future": 1}
STAGE = {
    "durationBeforeAutomaticDenial": "P1M",
    "isApproverJustificationRequired": False,
    "isEscalationEnabled": False,
    "primaryApprovers": [ADELE],
    "approverInformationVisibility": "visible",
}
SECOND_STAGE = {**STAGE, "durationBeforeAutomaticDenial": "P7D", "approverInformationVisibility": "notVisible"}


def test_a_stage_that_moves_up_takes_everything_along() -> None:
    row, before = _staged(STAGE, SECOND_STAGE)

    body = merged(row, before, replace(before, stages=before.stages[1:]))

    assert body["requestApprovalSettings"]["stages"] == [SECOND_STAGE]


def test_an_approver_who_joins_leaves_the_others_and_the_time_as_they_were() -> None:
    row, before = _staged(STAGE)
    joined = (*before.stages[0].approvers, Subject(SubjectKind.MANAGER, level=2))

    body = merged(row, before, replace(before, stages=(replace(before.stages[0], approvers=joined),)))

    manager = {"@odata.type": "#microsoft.graph.requestorManager", "managerLevel": 2}
    assert body["requestApprovalSettings"]["stages"] == [{**STAGE, "primaryApprovers": [ADELE, manager]}]


def test_an_approver_under_another_name_changes_nothing() -> None:
    row, before = _staged(STAGE)
    renamed = replace(before.stages[0], approvers=(Subject(SubjectKind.USER, "A", "Adele"),))

    assert merged(row, before, replace(before, stages=(renamed,))) == row


def test_stages_that_only_extensions_pass_stay_when_approval_ends() -> None:
    row, before = _staged(STAGE)
    row["requestApprovalSettings"]["isApprovalRequiredForUpdate"] = True
    before = terms_of(row)

    settings = merged(row, before, replace(before, stages=()))["requestApprovalSettings"]

    assert settings == {**row["requestApprovalSettings"], "isApprovalRequiredForAdd": False}


@pytest.mark.parametrize(
    ("length", "written"),
    [
        (timedelta(days=30), "P30D"),
        (timedelta(hours=8), "PT8H"),
        (timedelta(hours=36), "PT36H"),
        (timedelta(minutes=90), "PT90M"),
        (timedelta(seconds=5), "PT5S"),
    ],
)
def test_lengths_are_written_in_the_largest_unit_that_fits(length: timedelta, written: str) -> None:
    body = policy_body(Terms("P", Scope.ALL_USERS, ends=Expiration(length)), "p")

    assert body["expiration"] == {"type": "afterDuration", "duration": written, "endDateTime": None}


def test_people_that_only_the_portal_can_describe_are_not_written_anew() -> None:
    stage = Stage((Subject(SubjectKind.OTHER, name="attributeRuleMembers"),))

    with pytest.raises(Rejected, match="attributeRuleMembers"):
        policy_body(Terms("P", Scope.ALL_USERS, stages=(stage,)), "p")
