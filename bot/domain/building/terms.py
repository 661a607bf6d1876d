"""The terms of an assignment policy: who may ask, who approves, what is asked, when access ends, who reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.building.subjects import Subject
from bot.domain.packages import Expiration, Scope

MOST_STAGES = 3
"""Entra's own limit of approval stages."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One approval stage. `alternates` are asked too after `alternates_after`; nobody answers: denied after `answer_within`."""

    approvers: tuple[Subject, ...]
    answer_within: timedelta = timedelta(days=14)
    needs_justification: bool = False
    fallbacks: tuple[Subject, ...] = ()
    alternates: tuple[Subject, ...] = ()
    alternates_after: timedelta | None = None
    alternate_fallbacks: tuple[Subject, ...] = ()


class QuestionKind(StrEnum):
    """How a question is answered."""

    SHORT = "text"
    LONG = "long"
    CHOICE = "choice"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in another language; `language` is a BCP 47 tag."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a multiple choice question: what is stored, and what people read."""

    value: str
    text: str
    translations: tuple[Translation, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What a requestor is asked. `id` is "" for a new one; `pattern` a regular expression short answers must match."""

    text: str
    kind: QuestionKind = QuestionKind.SHORT
    required: bool = False
    choices: tuple[Choice, ...] = ()
    translations: tuple[Translation, ...] = ()
    id: str = ""
    pattern: str = ""
    editable: bool = True


class Frequency(StrEnum):
    """How often access is reviewed."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"


class NoAnswer(StrEnum):
    """What a review does with access nobody answered for (`expirationBehavior`)."""

    KEEP = "keepAccess"
    REMOVE = "removeAccess"
    RECOMMEND = "acceptAccessRecommendation"


@dataclass(frozen=True, slots=True)
class Review:
    """Recurring access reviews. `reviewers` () with `self_review`: people answer for themselves."""

    frequency: Frequency
    reviewers: tuple[Subject, ...] = ()
    self_review: bool = False
    fallbacks: tuple[Subject, ...] = ()
    duration: timedelta = timedelta(days=25)
    no_answer: NoAnswer = NoAnswer.KEEP
    recommendations: bool = True
    needs_justification: bool = True
    starts_at: datetime | None = None


class Moment(StrEnum):
    """When a custom extension is called (`stage` of a custom extension stage setting)."""

    REQUESTED = "assignmentRequestCreated"
    APPROVED = "assignmentRequestApproved"
    GRANTED = "assignmentRequestGranted"
    REMOVED = "assignmentRequestRemoved"
    FOURTEEN_DAYS = "assignmentFourteenDaysBeforeExpiration"
    ONE_DAY = "assignmentOneDayBeforeExpiration"


@dataclass(frozen=True, slots=True)
class Extension:
    """A custom extension of the catalog, and when it is called."""

    at: Moment
    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """An assignment policy. `id` "" for a new one; `modified_at` is when Entra last changed it, None for a new one.

    `targets` is filled for the specific scopes only. No `stages` means no approval. `extendable`: holders may ask for
    more time themselves, with approval when `approve_extension`.
    """

    name: str
    scope: Scope
    description: str = ""
    targets: tuple[Subject, ...] = ()
    accepts_requests: bool = True
    stages: tuple[Stage, ...] = ()
    needs_justification: bool = False
    questions: tuple[Question, ...] = ()
    ends: Expiration = Expiration()
    custom_timeline: bool = False
    extendable: bool = True
    approve_extension: bool = False
    review: Review | None = None
    extensions: tuple[Extension, ...] = ()
    id: str = ""
    modified_at: datetime | None = None

    @property
    def needs_approval(self) -> bool:
        """Whether somebody must say yes before access is given."""
        return bool(self.stages)
