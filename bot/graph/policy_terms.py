"""Read the terms of an assignment policy from Graph's JSON.

What the terms have no word for stays in the JSON: `bot.graph.policy_bodies` changes only what differs.
"""

from __future__ import annotations

from bot.domain.building.terms import (
    Choice,
    Extension,
    Frequency,
    Moment,
    NoAnswer,
    Question,
    QuestionKind,
    Review,
    Stage,
    Terms,
    Translation,
)
from bot.domain.packages import Scope
from bot.graph.packages import expiration_of
from bot.graph.policy_subjects import subjects_of
from bot.graph.times import duration, moment
from bot.graph.wire import Json

CHOICE_QUESTION = "accessPackageMultipleChoiceQuestion"
MONTHS = {1: Frequency.MONTHLY, 3: Frequency.QUARTERLY, 6: Frequency.HALF_YEARLY, 12: Frequency.YEARLY}


def terms_of(row: Json) -> Terms:
    """One policy with its questions and extension stages, which must have been expanded.

    https://learn.microsoft.com/graph/api/resources/accesspackageassignmentpolicy
    """
    asking, approval = row.get("requestorSettings") or {}, row.get("requestApprovalSettings") or {}
    scope = row.get("allowedTargetScope")
    approved = approval.get("isApprovalRequiredForAdd") is True
    return Terms(
        name=str(row.get("displayName") or ""),
        scope=Scope(scope) if scope in set(Scope) else Scope.UNKNOWN,
        description=str(row.get("description") or ""),
        targets=subjects_of(row.get("specificAllowedTargets")),
        accepts_requests=asking.get("enableTargetsToSelfAddAccess") is True,
        stages=tuple(stage_of(stage) for stage in approval.get("stages") or []) if approved else (),
        needs_justification=approval.get("isRequestorJustificationRequired") is True,
        questions=tuple(question_of(question) for question in in_order(row.get("questions"))),
        ends=expiration_of(row.get("expiration") or {}),
        custom_timeline=asking.get("allowCustomAssignmentSchedule") is True,
        extendable=asking.get("enableTargetsToSelfUpdateAccess") is True,
        approve_extension=approval.get("isApprovalRequiredForUpdate") is True,
        review=review_of(row.get("reviewSettings")),
        extensions=tuple(
            extension
            for setting in row.get("customExtensionStageSettings") or []
            if (extension := extension_of(setting)) is not None
        ),
        id=str(row.get("id") or ""),
        modified_at=moment(row.get("modifiedDateTime")),
    )


def stage_of(row: Json) -> Stage:
    """One approval stage; alternates count only where escalation is on."""
    escalated = row.get("isEscalationEnabled") is True and bool(row.get("escalationApprovers"))
    plain = Stage(())
    return Stage(
        approvers=subjects_of(row.get("primaryApprovers")),
        answer_within=duration(row.get("durationBeforeAutomaticDenial")) or plain.answer_within,
        needs_justification=row.get("isApproverJustificationRequired") is True,
        fallbacks=subjects_of(row.get("fallbackPrimaryApprovers")),
        alternates=subjects_of(row.get("escalationApprovers")) if escalated else (),
        alternates_after=(duration(row.get("durationBeforeEscalation")) or None) if escalated else None,
        alternate_fallbacks=subjects_of(row.get("fallbackEscalationApprovers")) if escalated else (),
    )


def in_order(questions: object) -> list[Json]:
    """Questions as people are asked them; one without a number comes last."""
    rows = [row for row in questions if isinstance(row, dict)] if isinstance(questions, list) else []
    return sorted(rows, key=lambda row: row["sequence"] if isinstance(row.get("sequence"), int) else len(rows) + 1)


def question_of(row: Json) -> Question:
    """One question. https://learn.microsoft.com/graph/api/resources/accesspackagequestion"""
    choices: tuple[Choice, ...] = ()
    if str(row.get("@odata.type") or "").endswith(CHOICE_QUESTION):
        several = row.get("isMultipleSelectionAllowed") is True
        kind = QuestionKind.SEVERAL if several else QuestionKind.CHOICE
        choices = tuple(choice_of(choice) for choice in row.get("choices") or [])
    else:
        kind = QuestionKind.SHORT if row.get("isSingleLineQuestion") is True else QuestionKind.LONG
    return Question(
        text=str(row.get("text") or ""),
        kind=kind,
        required=row.get("isRequired") is True,
        choices=choices,
        translations=translations_of(row.get("localizations")),
        id=str(row.get("id") or ""),
        pattern=str(row.get("regexPattern") or ""),
        editable=row.get("isAnswerEditable") is True,
    )


def choice_of(row: Json) -> Choice:
    """One answer to choose."""
    return Choice(
        str(row.get("actualValue") or ""), str(row.get("text") or ""), translations_of(row.get("localizations"))
    )


def translations_of(rows: object) -> tuple[Translation, ...]:
    """Texts in other languages."""
    listed = rows if isinstance(rows, list) else []
    return tuple(Translation(str(row.get("languageCode") or ""), str(row.get("text") or "")) for row in listed)


def review_of(row: Json | None) -> Review | None:
    """The reviews of a policy, None when there are none."""
    if not row or row.get("isEnabled") is not True:
        return None
    schedule = row.get("schedule") or {}
    ends, no_answer = schedule.get("expiration") or {}, row.get("expirationBehavior")
    return Review(
        frequency=frequency_of((schedule.get("recurrence") or {}).get("pattern") or {}),
        reviewers=subjects_of(row.get("primaryReviewers")),
        self_review=row.get("isSelfReview") is True,
        fallbacks=subjects_of(row.get("fallbackReviewers")),
        duration=duration(ends.get("duration")) or Review(Frequency.YEARLY).duration,
        no_answer=NoAnswer(no_answer) if no_answer in set(NoAnswer) else NoAnswer.KEEP,
        recommendations=row.get("isRecommendationEnabled") is True,
        needs_justification=row.get("isReviewerJustificationRequired") is True,
        starts_at=moment(schedule.get("startDateTime")),
    )


def frequency_of(pattern: Json) -> Frequency:
    """The frequency of a recurrence; a rhythm Usher has no word for reads as the next slower one it has.

    https://learn.microsoft.com/graph/api/resources/recurrencepattern
    """
    kind, interval = str(pattern.get("type") or ""), pattern.get("interval")
    every = interval if isinstance(interval, int) and interval > 0 else 1
    if kind in ("daily", "weekly"):
        return Frequency.WEEKLY if kind == "daily" or every == 1 else Frequency.MONTHLY
    months = every if kind.endswith("Monthly") else 12
    return next((frequency for most, frequency in MONTHS.items() if months <= most), Frequency.YEARLY)


def extension_of(row: Json) -> Extension | None:
    """When a custom extension is called; None for a moment that Usher does not know."""
    extension, at = row.get("customExtension") or {}, row.get("stage")
    if at not in set(Moment) or not extension.get("id"):
        return None
    return Extension(Moment(at), str(extension["id"]), str(extension.get("displayName") or ""))
