"""A package is told in plain words, the same on every card; what differs between two is told in these words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.building import lengths
from bot.domain.building.blueprints import Blueprint, Named
from bot.domain.building.changes import Change, changes
from bot.domain.building.resources import Resource, ResourceRole, Role, System
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
)
from bot.domain.building.wording import headline, policy_lines, sections
from bot.domain.packages import Expiration, Scope
from tests.domain.building.contoso import ADELE, APPROVERS, ARTICLE, MEGAN, NOW

POLICY = ARTICLE.policies[0]
DIRECT = Terms("Direct assignment", Scope.DIRECT_ONLY, accepts_requests=False, extendable=False)


def _line(terms: Terms, label: str, zone: ZoneInfo | None = None) -> str:
    lines = policy_lines(terms, zone=zone or UTC)
    return next(line.removeprefix(f"{label}: ") for line in lines if line.startswith(f"{label}: "))


def test_the_articles_package_is_told_in_the_order_of_the_wizard() -> None:
    told = [(section.title, list(section.lines)) for section in sections(ARTICLE)]

    assert told == [
        (
            "Basics",
            [
                "Name: Invited users package",
                "Description: none",
                "Catalog: General",
                "Visibility: shown in My Access to all who may ask",
            ],
        ),
        ("Resource roles", ["App4Guest (application): Default Access"]),
        (
            "Requests",
            [
                "Policy: Initial Policy",
                "Policy description: none",
                "Who can ask: Everybody in this directory (guests included)",
                "New requests: open",
                "Approval: not needed",
                "Reason: not asked for",
            ],
        ),
        ("Requestor information", ["Questions: none"]),
        (
            "Lifecycle",
            [
                "Access ends: 14 days after it was given",
                "Timeline: people may ask for their own dates",
                "More time: may be asked for, without approval",
                "Access reviews: none",
            ],
        ),
        ("Separation of duties", ["Incompatible packages: none", "Incompatible groups: none"]),
    ]


@pytest.mark.parametrize(
    ("terms", "line"),
    [
        (
            POLICY,
            "Everybody in this directory (guests included) can ask; no approval; access ends 14 days after it was given",
        ),
        (DIRECT, "Only administrators assign people; no approval; access ends never"),
        (
            replace(
                POLICY,
                scope=Scope.SOME_USERS,
                targets=(MEGAN.subject, APPROVERS.subject),
                accepts_requests=False,
                stages=(Stage((ADELE.subject,)),),
                questions=(Question("Why?"),),
                review=Review(Frequency.YEARLY),
            ),
            (
                "Megan Bowen and members of Approvers, closed for new requests; approval in 1 stage; 1 question; "
                "access ends 14 days after it was given; reviewed"
            ),
        ),
    ],
)
def test_a_policy_fits_one_line(terms: Terms, line: str) -> None:
    assert headline(terms) == line


def test_a_stage_says_who_decides_by_when_and_who_steps_in() -> None:
    stage = Stage(
        (Subject(SubjectKind.MANAGER), MEGAN.subject),
        timedelta(days=7),
        needs_justification=True,
        fallbacks=(ADELE.subject,),
        alternates=(APPROVERS.subject,),
        alternates_after=timedelta(days=3),
    )

    assert _line(replace(POLICY, stages=(stage,)), "Stage 1") == (
        "decided by the requestor's manager or Megan Bowen within 7 days, otherwise the request is denied; "
        "a decision must be explained; where there is nobody of these: Adele Vance; "
        "after 3 days members of Approvers may decide too"
    )


@pytest.mark.parametrize(
    ("subject", "called"),
    [
        (Subject(SubjectKind.MANAGER, level=2), "the manager's manager"),
        (Subject(SubjectKind.INTERNAL_SPONSORS), "the internal sponsors of the requestor's organisation"),
        (Subject(SubjectKind.EXTERNAL_SPONSORS), "the external sponsors of the requestor's organisation"),
        (Subject(SubjectKind.GUEST_SPONSORS), "the guest's own sponsors"),
        (Subject(SubjectKind.GROUP, "g", "Readers"), "members of Readers"),
        (Subject(SubjectKind.USER, "u-9"), "u-9"),
        (Subject(SubjectKind.OTHER), "somebody chosen by a rule that only the portal shows"),
        (Subject(SubjectKind.TARGET_MANAGER, level=3), "the manager three levels up (of the person who gets access)"),
    ],
)
def test_approvers_without_a_name_are_described(subject: Subject, called: str) -> None:
    assert _line(replace(POLICY, stages=(Stage((subject,)),)), "Stage 1").startswith(f"decided by {called} within")


def test_a_question_says_how_it_is_answered_and_in_which_languages() -> None:
    question = Question(
        "Which team?",
        QuestionKind.CHOICE,
        required=True,
        choices=(Choice("d", "Design", (Translation("de", "Entwurf"),)), Choice("Build", "Build")),
        translations=(Translation("de", "Welches Team?"),),
        editable=False,
    )

    assert _line(replace(POLICY, questions=(question,)), "Question 1") == (
        "“Which team?”; one of Design (stored as d) or Build; must be answered; the answer cannot be changed later; "
        "in other languages “Welches Team?” (de) and “Entwurf” (de)"
    )


def test_a_review_says_who_how_often_and_what_happens_without_an_answer() -> None:
    review = Review(
        Frequency.QUARTERLY,
        (ADELE.subject,),
        self_review=True,
        no_answer=NoAnswer.REMOVE,
        recommendations=False,
        needs_justification=False,
        starts_at=NOW,
    )

    assert _line(replace(POLICY, review=review), "Access reviews") == (
        "Every three months, by the people themselves and Adele Vance; open for 25 days; "
        "access is removed when nobody answers; without recommendations; a decision need not be explained; "
        "from 1 July 2026"
    )


@pytest.mark.parametrize(
    ("ends", "zone", "text"),
    [
        (Expiration(), "UTC", "never"),
        (Expiration(after=timedelta(hours=36)), "UTC", "1 day and 12 hours after it was given"),
        (Expiration(on=datetime(2026, 12, 24, 22, 59, 59, tzinfo=UTC)), "Europe/Berlin", "on 24 December 2026"),
        (Expiration(on=datetime(2026, 12, 24, 23, 30, tzinfo=UTC)), "Europe/Berlin", "on 25 December 2026 at 00:30"),
    ],
)
def test_an_end_is_told_as_it_is_here(ends: Expiration, zone: str, text: str) -> None:
    assert _line(replace(POLICY, ends=ends), "Access ends", ZoneInfo(zone)) == text


@pytest.mark.parametrize("scope", Scope)
def test_every_scope_has_words(scope: Scope) -> None:
    assert len(_line(replace(POLICY, scope=scope), "Who can ask")) > 10


def test_each_moment_an_extension_is_called_at_is_told() -> None:
    terms = replace(POLICY, extensions=tuple(Extension(at, "x", "Notify HR") for at in Moment))

    called = [line for line in policy_lines(terms) if line.endswith(": Notify HR is called")]

    assert len(called) == len(Moment)


def test_policies_stand_apart_when_there_are_several() -> None:
    titles = [section.title for section in sections(replace(ARTICLE, policies=(POLICY, DIRECT, DIRECT)))]

    assert "Requests (policy “Initial Policy”)" in titles
    assert "Lifecycle (policy “Direct assignment”)" in titles
    assert "Lifecycle (policy “Direct assignment (number 3)”)" in titles


def test_an_empty_package_says_so() -> None:
    said = [line for section in sections(replace(ARTICLE, roles=(), policies=())) for line in section.lines]

    assert "Resources: none yet" in said
    assert "Policies: none: nobody can ask, nobody can be assigned" in said


def test_two_resources_of_one_name_stay_two() -> None:
    roles = tuple(
        ResourceRole(Resource(System.GROUP, f"g-{at}", "Readers"), Role(f"Member_g-{at}", "Member")) for at in (1, 2)
    )

    lines = next(one.lines for one in sections(replace(ARTICLE, roles=roles)) if one.title == "Resource roles")

    assert lines == ("Readers (group): Member", "Readers (group) g-2: Member")


def _changed(**fields: object) -> Blueprint:
    return replace(ARTICLE, policies=(replace(POLICY, **fields),))


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (ARTICLE, []),
        (
            _changed(ends=Expiration(after=timedelta(days=30))),
            [Change("Lifecycle", "Access ends", "14 days after it was given", "30 days after it was given")],
        ),
        (
            _changed(stages=(Stage((MEGAN.subject,)),)),
            [
                Change("Requests", "Approval", "not needed", "needed, in 1 stage"),
                Change(
                    "Requests",
                    "Stage 1",
                    "",
                    "decided by Megan Bowen within 14 days, otherwise the request is denied; "
                    "a decision need not be explained",
                ),
            ],
        ),
        (
            replace(ARTICLE, roles=(), incompatible_packages=(Named("p", "Contractors"),)),
            [
                Change("Resource roles", "Resources", "", "none yet"),
                Change(
                    "Separation of duties",
                    "Incompatible packages",
                    "none",
                    "who has Contractors cannot ask for this one",
                ),
                Change("Resource roles", "App4Guest (application)", "Default Access", ""),
            ],
        ),
    ],
)
def test_each_change_is_told_with_what_was_and_what_becomes(after: Blueprint, told: list[Change]) -> None:
    assert list(changes(ARTICLE, after)) == told


def test_another_person_of_the_same_name_is_a_change() -> None:
    namesake = Subject(SubjectKind.USER, "u-other", "Megan Bowen")
    before = _changed(scope=Scope.SOME_USERS, targets=(MEGAN.subject,))

    told = changes(before, _changed(scope=Scope.SOME_USERS, targets=(namesake,)))

    assert told == (Change("Requests", "Who can ask", "Megan Bowen", "Megan Bowen (another one)"),)


def test_a_person_renamed_since_is_no_change() -> None:
    renamed = replace(MEGAN.subject, name="Megan Bowen-Smith")
    before = _changed(stages=(Stage((MEGAN.subject,)),))

    assert changes(before, _changed(stages=(Stage((renamed,)),))) == ()


def test_everything_of_a_new_package_is_a_change() -> None:
    told = changes(None, ARTICLE)

    assert len(told) == sum(len(section.lines) for section in sections(ARTICLE))
    assert all(change.was == "" for change in told)


@pytest.mark.parametrize(
    ("length", "said", "told"),
    [
        (timedelta(days=14), "14", "14 days"),
        (timedelta(days=1), "1", "1 day"),
        (timedelta(hours=12), "12h", "12 hours"),
        (timedelta(minutes=90), "90m", "1 hour and 30 minutes"),
        (timedelta(days=1, seconds=30), "86430s", "1 day and 30 seconds"),
        (timedelta(), "0", "no time"),
    ],
)
def test_lengths_are_written_for_drafts_and_for_people(length: timedelta, said: str, told: str) -> None:
    assert lengths.written(length) == said
    assert lengths.read(said) == length
    assert lengths.words(length) == told


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "14 weeks", "١٤", "9" * 10])
def test_what_is_no_length_is_refused(text: str) -> None:
    assert lengths.read(text) is None
