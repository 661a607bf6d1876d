"""Terms of assignment policies that the demo tenant accepts in its Partners catalog."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from bot.domain.building.subjects import Subject, SubjectKind
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
)  # fmt: skip
from bot.domain.packages import Expiration, Scope
from sandbox.seed.extensions import PROJECT_LEAD, REMINDER
from tests.contracts.tenant import ADELE, LEE, READERS

NEXT_YEAR = datetime(2027, 11, 26, 7, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=9)
SUBJECTS = st.sampled_from(
    [
        Subject(SubjectKind.USER, ADELE, "Adele Vance"),
        Subject(SubjectKind.USER, LEE, "Lee Gu"),
        Subject(SubjectKind.GROUP, READERS, "Partner Readers"),
        Subject(SubjectKind.MANAGER, level=2),
        Subject(SubjectKind.INTERNAL_SPONSORS),
        Subject(SubjectKind.GUEST_SPONSORS),
    ]
)
PEOPLE = st.lists(SUBJECTS, min_size=1, max_size=2, unique=True).map(tuple)
TRANSLATIONS = st.lists(
    st.builds(Translation, st.sampled_from(["de", "fr"]), WORDS), max_size=2, unique_by=lambda one: one.language
).map(tuple)
DAYS = st.integers(1, 14).map(lambda days: timedelta(days=days))
STAGES = st.builds(Stage, PEOPLE, DAYS, st.booleans(), st.just(()) | PEOPLE) | st.builds(
    Stage, PEOPLE, DAYS, st.booleans(), PEOPLE, PEOPLE, DAYS, st.just(()) | PEOPLE
)
CHOICES = st.lists(
    st.builds(Choice, WORDS, WORDS, TRANSLATIONS), min_size=1, max_size=3, unique_by=lambda one: one.value
).map(tuple)
QUESTIONS = st.builds(
    Question, WORDS, st.sampled_from([QuestionKind.SHORT, QuestionKind.LONG]), st.booleans(),
    translations=TRANSLATIONS, editable=st.booleans(),
) | st.builds(
    Question, WORDS, st.sampled_from([QuestionKind.CHOICE, QuestionKind.SEVERAL]), st.booleans(), CHOICES, TRANSLATIONS
)  # fmt: skip
ENDS = st.sampled_from(
    [Expiration(), Expiration(timedelta(days=30)), Expiration(timedelta(hours=8)), Expiration(on=NEXT_YEAR)]
)
REVIEWS = st.builds(
    Review, st.sampled_from(Frequency), PEOPLE, st.booleans(), st.just(()) | PEOPLE, DAYS, st.sampled_from(NoAnswer),
    st.booleans(), st.booleans(), st.just(NEXT_YEAR),
)  # fmt: skip
EXTENSIONS = st.lists(
    st.sampled_from(
        [
            Extension(Moment.REQUESTED, PROJECT_LEAD, "Ask the project lead"),
            Extension(Moment.GRANTED, PROJECT_LEAD, "Ask the project lead"),
            Extension(Moment.ONE_DAY, REMINDER, "Remind before the end"),
        ]
    ),
    max_size=2,
    unique=True,
).map(tuple)
TERMS = st.builds(
    Terms, WORDS, st.sampled_from([Scope.ALL_USERS, Scope.SOME_USERS, Scope.DIRECT_ONLY]), WORDS,
    targets=PEOPLE, accepts_requests=st.booleans(), stages=st.lists(STAGES, max_size=3).map(tuple),
    needs_justification=st.booleans(), questions=st.lists(QUESTIONS, max_size=3).map(tuple), ends=ENDS,
    custom_timeline=st.booleans(), extendable=st.booleans(), review=st.none() | REVIEWS, extensions=EXTENSIONS,
)  # fmt: skip
