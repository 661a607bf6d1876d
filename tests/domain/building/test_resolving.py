"""A draft becomes a whole package, or every problem is said beside its field in plain words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.building.blueprints import Blueprint, Named
from bot.domain.building.drafts import (
    NONE,
    PackageDraft,
    PolicyWish,
    QuestionWish,
    ResourceWish,
    ReviewWish,
    StageWish,
)
from bot.domain.building.lookup import Found, Wanted
from bot.domain.building.resolving import Resolution, references, resolve
from bot.domain.building.resources import DEFAULT_ACCESS, ResourceRole, Role, System
from bot.domain.building.sentence import read
from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.building.terms import Frequency, NoAnswer, Review, Stage, Terms
from bot.domain.ends import MOST_DAYS
from bot.domain.packages import Expiration, Scope
from tests.domain.building.contoso import (
    ADELE,
    ARTICLE,
    FOUND,
    GENERAL,
    MEGAN,
    NOW,
    PARTNERS,
    SENTENCE,
    ZONE,
)
from tests.domain.building.generated import stored

DRAFT = read(SENTENCE).draft
BASE = stored(ARTICLE)


def _resolve(draft: PackageDraft, base: Blueprint | None = None, **options: Any) -> Resolution:
    return resolve(draft, FOUND, base=base, now=NOW, zone=ZONE, **options)


def _with(**fields: Any) -> Resolution:
    """The article's draft with these fields instead."""
    return _resolve(replace(DRAFT, **fields))


def _terms(resolution: Resolution) -> Terms:
    assert resolution.problems == {}
    assert resolution.blueprint is not None
    return resolution.blueprint.policies[0]


def _edited(words: str, base: Blueprint = BASE) -> Terms:
    return _terms(_resolve(read(words).draft, base))


def test_the_articles_sentence_is_the_articles_package() -> None:
    resolution = _resolve(DRAFT)

    assert resolution == Resolution(ARTICLE)


def test_a_sentence_that_gives_only_what_it_must_takes_the_usual_for_the_rest() -> None:
    resolution = _resolve(read('"Plain" for:members days:14').draft)

    assert resolution.blueprint == Blueprint(
        "Plain",
        GENERAL,
        policies=(Terms("Initial Policy", Scope.MEMBERS, ends=Expiration(after=timedelta(days=14))),),
    )


def test_what_is_missing_is_asked_for() -> None:
    resolution = _resolve(PackageDraft())

    assert set(resolution.problems) == {"name", "audience", "ends"}
    assert resolution.problems["ends"] == "Say when access ends: days:14, until:2027-12-24, hours:8 or never."
    assert resolution.blueprint is None


PROBLEMS = [
    ({"name": "  "}, "name", "Give the access package a name."),
    ({"name": "x" * 257}, "name", "Keep the name under 256 characters; it has 257."),
    ({"name": "old PACKAGE"}, "name", "The catalog “General” has a package “old PACKAGE” already."),
    ({"description": "x" * 5000}, "description", "Keep the description under"),
    ({"catalog": "Partnrs"}, "catalog", "There is no catalog “Partnrs”. Did you mean “Partners”?"),
    ({"hidden": "maybe"}, "hidden", "Say yes or no, not “maybe”."),
    ({"resources": (ResourceWish("app", "Nothing"),)}, "resources", "There is no application “Nothing”."),
    ({"resources": (ResourceWish("app", ""),)}, "resources", "Say which application."),
    ({"resources": (ResourceWish("vault", "X"),)}, "resources", "A resource is an app, a group or a site"),
    ({"resources": (ResourceWish("app", "X"),) * 201}, "resources", "At most 200 resources"),
    (
        {"resources": (ResourceWish("app", "CRM"),)},
        "resources",
        "Choose the role in “CRM”: Reader or Writer.",
    ),
    (
        {"resources": (ResourceWish("app", "CRM", "Admin"),)},
        "resources",
        "“CRM” has no role “Admin”. Its roles: Reader and Writer.",
    ),
    (
        {"resources": (ResourceWish("app", "App4Guest", "Admin"),)},
        "resources",
        "“App4Guest” has no role “Admin”. Its roles: Default Access.",
    ),
    ({"resources": (ResourceWish("app", "Twin"),)}, "resources", "Several things of this kind are called “Twin”."),
    ({"resources": (ResourceWish("group", "Everybody"),)}, "resources", "“Everybody” follow a rule"),
    ({"resources": (ResourceWish("group", "Legacy"),)}, "resources", "“Legacy” is kept on premises"),
    ({"audience": "martians"}, "audience", "Usher cannot make a policy for “martians”."),
    ({"audience": "specific"}, "targets", "Name the people or groups who may ask."),
    ({"audience": "specific-organizations"}, "targets", "Name the connected organizations who may ask."),
    (
        {"audience": "specific-organizations", "targets": ("Fabrikan",)},
        "targets",
        "There is no connected organization “Fabrikan”. Did you mean “Fabrikam”?",
    ),
    (
        {"audience": "specific-organizations", "targets": ("Woodgrove",)},
        "targets",
        "There is no connected organization “Woodgrove”. Type org add and its domain to connect it.",
    ),
    (
        {"audience": "specific-organizations", "targets": ("woodgrove.com",)},
        "targets",
        "Type org add woodgrove.com to connect it.",
    ),
    (
        {"audience": "specific", "targets": ("Fabrikam",)},
        "targets",
        "“Fabrikam” is a connected organization, not a person or group. Say org:Fabrikam.",
    ),
    ({"audience": "specific", "targets": ("fabrikam.com",)}, "targets", "Say org:fabrikam.com."),
    ({"audience": "specific", "targets": ("@fabrikam.com",)}, "targets", "Say org:@fabrikam.com."),
    (
        {"audience": "specific", "targets": ("woodgrove.com",)},
        "targets",
        "For the people of a connected organization say org:woodgrove.com.",
    ),
    ({"audience": "specific", "targets": ("Nobody",)}, "targets", "There is no person or group “Nobody” here."),
    (
        {"audience": "specific", "targets": ("Bowen",)},
        "targets",
        "“Bowen” may mean Megan Bowen (megan@contoso.com), Bob",
    ),
    ({"audience": "admins-only"}, "requests", "Only administrators assign people here"),
    ({"approve": "perhaps"}, "approve", "Say yes or no, not “perhaps”."),
    ({"approve": "yes"}, "stages", "Say who approves"),
    ({"approve": "", "stages": (StageWish(),)}, "stages", "Stage 1: say who approves."),
    (
        {"approve": "", "stages": (StageWish(("Megan Bowen",)),) * 4},
        "stages",
        "Entra knows at most 3 approval stages; these are 4.",
    ),
    (
        {"approve": "", "stages": (StageWish(("Ana Guest",)),)},
        "stages",
        "Ana Guest is a guest. An approver must belong",
    ),
    ({"approve": "", "stages": (StageWish(("Gone Person",)),)}, "stages", "Gone Person's account is switched off."),
    ({"approve": "", "stages": (StageWish(("Zed",)),)}, "stages", "There is no person or group “Zed” here."),
    ({"approve": "", "stages": (StageWish(("manager",), days="99"),)}, "stages", "Stage 1: give the days to decide"),
    (
        {"approve": "", "stages": (StageWish(("manager",), days="3", alternates_after="5"),)},
        "stages",
        "Stage 1: alternates must be asked before the time to decide is over.",
    ),
    ({"questions": (QuestionWish("Why?"),) * 200}, "questions", "200 questions are too many"),
    ({"questions": (QuestionWish(" "),)}, "questions", "Question 1: write the question."),
    ({"questions": (QuestionWish("x" * 1001),)}, "questions", "Question 1: keep it under 1000 characters."),
    ({"questions": (QuestionWish("Q", "poem"),)}, "questions", "Question 1: it is a text, long, choice or several"),
    ({"questions": (QuestionWish("Q", "choice"),)}, "questions", "Question 1: give the choices."),
    ({"questions": (QuestionWish("Q", "long", "", ("A",)),)}, "questions", "Question 1: a text has no choices."),
    ({"questions": (QuestionWish("Q", "", "", ("A", "A")),)}, "questions", "Question 1: two choices are the same."),
    ({"questions": (QuestionWish("Q", "", "", ("A", " ")),)}, "questions", "Question 1: a choice is empty."),
    (
        {"questions": (QuestionWish("Q", translations=(("klingonisch!", "W?"),)),)},
        "questions",
        "Question 1: “klingonisch!” is no language. Write it like de or pt-BR.",
    ),
    (
        {"questions": (QuestionWish("Q", translations=(("de", "W?"), ("DE", "X?"))),)},
        "questions",
        "Question 1: there are two texts in de.",
    ),
    (
        {"questions": (QuestionWish("Q", translations=(("de", " "),)),)},
        "questions",
        "Question 1: the text in de is empty.",
    ),
    ({"questions": (QuestionWish("Q", "long", pattern="x"),)}, "questions", "only a short text can be checked"),
    (
        {"questions": (QuestionWish("Q", choices=("A",), choice_translations=(("B", "de", "C"),)),)},
        "questions",
        "“B” is translated, but is none of the choices.",
    ),
    ({"length": "0"}, "length", f"Give a number of days from 1 to {MOST_DAYS}."),
    ({"length": "3661"}, "length", f"Give a number of days from 1 to {MOST_DAYS}."),
    ({"length": "-3"}, "length", "Give a number of days"),
    ({"length": "99999999999999999999"}, "length", "Give a number of days"),
    ({"length": "two"}, "length", "Give a number of days"),
    ({"ends": "hours", "length": "0"}, "length", f"Give a number of hours from 1 to {MOST_DAYS * 24}."),
    ({"ends": "date", "until": "2026-06-30"}, "until", "That day is over. Give a day in the future."),
    ({"ends": "date", "until": "2046-06-30"}, "until", f"Access can last {MOST_DAYS} days at most."),
    ({"ends": "date", "until": "9999-12-31"}, "until", f"Access can last {MOST_DAYS} days at most."),
    ({"ends": "date", "until": "soon"}, "until", "Give a date like 2027-12-24."),
    ({"ends": "date", "until": "12T"}, "until", "Give a date like 2027-12-24."),
    ({"ends": "sometime"}, "ends", "Say when access ends"),
    ({"timeline": "perhaps"}, "timeline", "Say yes or no"),
    ({"extend": "perhaps"}, "extend", "Say yes, no or approval"),
    ({"extend": "approval"}, "extend", "More time shall need approval, but nobody approves."),
    ({"review": ReviewWish("hourly")}, "review", "Say how often access is reviewed: weekly, monthly"),
    ({"review": ReviewWish("weekly", days="7")}, "review", "A weekly review can be open for 1 to 6 days."),
    ({"review": ReviewWish("yes", no_answer="shrug")}, "review", "keep, remove or recommend"),
    ({"review": ReviewWish("yes", starts="soon")}, "review", "Give the first review's date"),
    ({"review": ReviewWish("yes", ("Ana Guest",))}, "review", "Ana Guest is a guest. A reviewer must belong"),
    ({"extensions": (("someday", "Notify HR"),)}, "extensions", "“someday” is no moment"),
    (
        {"extensions": (("assignmentRequestGranted", "Notify HS"),)},
        "extensions",
        "There is no custom extension “Notify HS”. Did you mean “Notify HR”?",
    ),
    (
        {"extensions": (("assignmentOneDayBeforeExpiration", "Notify HR"),)},
        "extensions",
        "“Notify HR” cannot be called then",
    ),
    ({"incompatible_packages": ("Nothing",)}, "incompatible_packages", "There is no access package “Nothing”."),
    ({"incompatible_groups": ("Megan Bowen",)}, "incompatible_groups", "There is no group “Megan Bowen” here."),
    ({"policy": "x" * 300}, "policy", "Keep the policy's name under 256 characters."),
]


@pytest.mark.parametrize(("fields", "field", "text"), PROBLEMS)
def test_a_problem_is_said_beside_its_field(fields: dict[str, Any], field: str, text: str) -> None:
    resolution = _with(**fields)

    assert resolution.blueprint is None
    assert set(resolution.problems) == {field}
    assert text in resolution.problems[field]


def test_several_matches_are_offered_and_the_chosen_one_is_unambiguous() -> None:
    resolution = _with(audience="specific", targets=("Bowen",))

    offered = resolution.choices["targets"]
    assert [(choice.title, choice.value) for choice in offered] == [
        ("Megan Bowen (megan@contoso.com)", "u-megan"),
        ("Bob Bowen (bob@contoso.com)", "u-bob"),
    ]
    assert resolution.ambiguous == {"targets": "Bowen"}
    chosen = replace(DRAFT, audience="specific", targets=(offered[0].value,))
    found = replace(FOUND, subjects={"u-megan": (MEGAN,)})
    assert _terms(resolve(chosen, found, now=NOW, zone=ZONE)).targets == (MEGAN.subject,)


def test_two_applications_of_one_name_are_told_apart_by_their_ids() -> None:
    resolution = _with(resources=(ResourceWish("app", "Twin"),))

    assert [choice.value for choice in resolution.choices["resources"]] == ["sp-1", "sp-2"]
    assert resolution.ambiguous == {"resources": "Twin"}


def test_an_exact_name_wins_over_those_that_only_begin_with_it() -> None:
    longer = replace(MEGAN, subject=Subject(SubjectKind.USER, "u-2", "Megan Bowen-Smith"), address="two@contoso.com")
    found = replace(FOUND, subjects={"Megan Bowen": (longer, MEGAN)})
    draft = replace(DRAFT, audience="specific", targets=("Megan Bowen",))

    assert _terms(resolve(draft, found, now=NOW, zone=ZONE)).targets == (MEGAN.subject,)


@pytest.mark.parametrize(
    ("wish", "role"),
    [
        (ResourceWish("app", "App4Guest"), Role(DEFAULT_ACCESS, "Default Access")),
        (ResourceWish("app", "App4Guest", "default  ACCESS"), Role(DEFAULT_ACCESS, "Default Access")),
        (ResourceWish("app", "CRM", "reader"), Role("sp-crm-Reader", "Reader")),
        (ResourceWish("app", "CRM", "sp-crm-Writer"), Role("sp-crm-Writer", "Writer")),
        (ResourceWish("group", "Designers"), Role("Member_g-designers", "Member")),
        (ResourceWish("group", "Designers", "owner"), Role("Owner_g-designers", "Owner")),
    ],
)
def test_the_role_is_the_named_one_or_the_usual(wish: ResourceWish, role: Role) -> None:
    blueprint = _with(resources=(wish,)).blueprint

    assert blueprint is not None
    assert [one.role for one in blueprint.roles] == [role]


def test_the_same_role_named_twice_is_one() -> None:
    blueprint = _with(resources=(ResourceWish("app", "App4Guest"), ResourceWish("app", "App4Guest", "Default Access")))

    assert blueprint == Resolution(ARTICLE)


def test_a_named_catalog_is_taken_and_the_only_one_without_a_name() -> None:
    named = _with(catalog="partners").blueprint
    only = resolve(DRAFT, replace(FOUND, catalogs=(PARTNERS,)), now=NOW, zone=ZONE).blueprint

    assert named is not None
    assert only is not None
    assert (named.catalog, only.catalog) == (PARTNERS, PARTNERS)


def test_a_name_that_another_catalog_has_is_free() -> None:
    assert _with(name="Second").problems == {}


def test_a_day_ends_with_its_last_second_here() -> None:
    terms = _terms(_with(ends="date", length="", until="24.12.2026"))

    assert terms.ends == Expiration(on=datetime(2026, 12, 24, 22, 59, 59, tzinfo=UTC))


@pytest.mark.parametrize(
    ("fields", "ends"),
    [
        ({"ends": "never", "length": ""}, Expiration()),
        ({"ends": "hours", "length": "8"}, Expiration(after=timedelta(hours=8))),
        ({"ends": "", "length": "30"}, Expiration(after=timedelta(days=30))),
        (
            {"ends": "", "length": "", "until": "2026-07-01"},
            Expiration(on=datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC)),
        ),
        (
            {"ends": "date", "length": "", "until": "2026-12-24T18:00"},
            Expiration(on=datetime(2026, 12, 24, 17, tzinfo=UTC)),
        ),
    ],
)
def test_ends_are_understood(fields: dict[str, str], ends: Expiration) -> None:
    assert _terms(_with(**fields)).ends == ends


def test_stages_are_understood_with_everything_they_say() -> None:
    wish = StageWish(("megan@contoso.com", "Adele"), ("Approvers",), ("manager-2",), "10", "4", "yes", ("sponsors",))

    stages = _terms(_with(approve="yes", stages=(wish, StageWish(("external-sponsors",))))).stages

    assert stages[0].approvers == (MEGAN.subject, ADELE.subject)
    assert stages[0].alternates == (Subject(SubjectKind.MANAGER, level=2),)
    assert (stages[0].answer_within, stages[0].alternates_after) == (timedelta(days=10), timedelta(days=4))
    assert stages[0].needs_justification
    assert stages[1] == Stage((Subject(SubjectKind.EXTERNAL_SPONSORS),))


def test_alternates_without_a_time_are_asked_half_way() -> None:
    stages = _terms(_with(approve="yes", stages=(StageWish(("manager",), alternates=("Adele",)),))).stages

    assert stages[0].alternates_after == timedelta(days=7)


def test_approval_that_is_off_takes_no_notice_of_stages_filled_in_before() -> None:
    assert _terms(_with(approve="no", stages=(StageWish(("Nobody at all",)),))).stages == ()


def test_an_audience_of_all_takes_no_notice_of_people_named_before() -> None:
    assert _terms(_with(targets=("Nobody at all",))).targets == ()


@pytest.mark.parametrize("ref", ["Fabrikam", "o-fabrikam", "fabrikam.com", "@FABRIKAM.com"])
def test_a_connected_organization_is_found_by_name_id_and_domain(ref: str) -> None:
    terms = _terms(_with(audience="specific-organizations", targets=(ref,)))

    assert terms.targets == (Subject(SubjectKind.ORGANIZATION, "o-fabrikam", "Fabrikam"),)


def test_where_nothing_is_connected_the_way_to_connect_is_named() -> None:
    draft = replace(DRAFT, audience="specific-organizations", targets=("fabrikam.com", "Tailspin"))
    nothing = replace(FOUND, organizations=())

    problems = resolve(draft, nothing, now=NOW, zone=ZONE).problems

    assert problems == {
        "targets": "No organization is connected yet. Type org add fabrikam.com to connect it first. "
        "No organization is connected yet. Type org add and its domain to connect it first."
    }


def test_reviews_have_usual_settings_that_fit_their_rhythm() -> None:
    reviews = [_terms(_with(review=ReviewWish(one))).review for one in ("yes", "weekly")]

    assert reviews == [
        Review(Frequency.QUARTERLY, self_review=True),
        Review(Frequency.WEEKLY, self_review=True, duration=timedelta(days=5)),
    ]


def test_administrators_alone_assign_through_a_policy_that_takes_no_requests() -> None:
    terms = _terms(_resolve(read('"P" for:admins-only never').draft))

    assert (terms.name, terms.accepts_requests, terms.extendable) == ("Direct assignment", False, False)


def test_days_alone_are_an_edit() -> None:
    assert _edited("days:30") == replace(BASE.policies[0], ends=Expiration(after=timedelta(days=30)))


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("never", {"ends": Expiration()}),
        ("requests:closed", {"accepts_requests": False}),
        ("for:members", {"scope": Scope.MEMBERS}),
        ('for:"Megan Bowen"', {"scope": Scope.SOME_USERS, "targets": (MEGAN.subject,)}),
        ("approver:Adele", {"stages": (Stage((ADELE.subject,)),)}),
        ("timeline:no extend:no", {"custom_timeline": False, "extendable": False}),
        ("policy-name:Guests", {"name": "Guests"}),
        ("policy-description:Hello", {"description": "Hello"}),
        ('policy:"initial policy" reason:yes', {"needs_justification": True}),
        ("review:yearly", {"review": Review(Frequency.YEARLY, self_review=True)}),
    ],
)
def test_an_edit_changes_what_it_says_and_nothing_else(words: str, changes: dict[str, Any]) -> None:
    assert _edited(words) == replace(BASE.policies[0], **changes)


def test_an_edit_keeps_everything_of_a_review_that_it_does_not_name() -> None:
    review = Review(
        Frequency.QUARTERLY, (ADELE.subject,), fallbacks=(MEGAN.subject,), duration=timedelta(days=20), starts_at=NOW
    )
    base = replace(BASE, policies=(replace(BASE.policies[0], review=review),))

    assert _edited("no-answer:remove", base).review == replace(review, no_answer=NoAnswer.REMOVE)
    assert _edited("review:yes", base).review == review
    assert _edited("review:weekly", base).review == replace(
        review, frequency=Frequency.WEEKLY, duration=timedelta(days=5)
    )
    assert _edited("review:no", base).review is None


def test_approval_switched_off_takes_approval_of_extensions_with_it() -> None:
    approved = replace(BASE.policies[0], stages=(Stage((ADELE.subject,)),), approve_extension=True)
    base = replace(BASE, policies=(approved,))

    assert _edited("approve:no", base) == replace(approved, stages=(), approve_extension=False)


def test_a_package_stays_in_its_catalog() -> None:
    problems = _resolve(read("catalog:Partners").draft, BASE).problems

    assert problems == {
        "catalog": "A package cannot move to another catalog; it is in “General”. Clone it there.",
    }


def test_a_policy_is_edited_by_its_name() -> None:
    second = replace(BASE.policies[0], name="Partners", id="policy-9")
    base = replace(BASE, policies=(*BASE.policies, second))

    changed = _resolve(read("policy:partners days:30").draft, base).blueprint
    unknown = _resolve(read("policy:Sales days:30").draft, base).problems

    assert changed is not None
    assert changed.policies == (base.policies[0], replace(second, ends=Expiration(after=timedelta(days=30))))
    assert unknown == {"policy": "The package has no policy “Sales”. It has “Initial Policy”, “Partners”."}


def test_lists_are_cleared_on_request() -> None:
    base = replace(BASE, incompatible_packages=(Named("p-x", "X"),), description="Old")
    draft = PackageDraft(
        resources=(ResourceWish("", NONE),),
        questions=(QuestionWish(NONE),),
        extensions=((NONE, NONE),),
        incompatible_packages=(NONE,),
        description=NONE,
    )

    changed = _resolve(draft, base).blueprint

    assert changed == replace(base, roles=(), incompatible_packages=(), description="")


def test_a_question_asked_otherwise_keeps_its_id() -> None:
    asked = _terms(_with(questions=(QuestionWish("Why?"), QuestionWish("Where?")))).questions
    base = stored(replace(ARTICLE, policies=(replace(ARTICLE.policies[0], questions=asked),)))
    draft = PackageDraft(questions=(QuestionWish("Where?", required="yes"), QuestionWish("When?")))

    changed = _terms(_resolve(draft, base)).questions

    was = base.policies[0].questions
    assert changed[0] == replace(was[1], required=True)
    assert (changed[1].text, changed[1].id) == ("When?", "")


def test_whom_a_package_names_already_is_taken_as_they_are() -> None:
    gone = Subject(SubjectKind.USER, "u-left", "Left Long Ago")
    base = replace(BASE, policies=(replace(BASE.policies[0], stages=(Stage((gone,)),)),))
    draft = PackageDraft(stages=(StageWish(("u-left", "Adele")),))

    assert _terms(_resolve(draft, base)).stages == (Stage((gone, ADELE.subject)),)


def test_a_file_names_all_policies_and_ids_stay() -> None:
    second = replace(BASE.policies[0], name="Partners", id="policy-9")
    base = replace(BASE, policies=(*BASE.policies, second))
    draft = replace(
        DRAFT,
        policy="Partners",
        others=(PolicyWish(policy="Direct", audience="admins-only", ends="days", length="7"),),
    )

    changed = _resolve(draft, base, whole=True).blueprint

    assert changed is not None
    assert [(terms.name, terms.id) for terms in changed.policies] == [("Partners", "policy-9"), ("Direct", "")]
    assert changed.roles == base.roles


def test_a_problem_of_a_further_policy_names_it() -> None:
    draft = replace(DRAFT, others=(PolicyWish(policy="Direct", audience="admins-only"),))

    assert _resolve(draft).problems == {
        "others": "Policy “Direct”: Say when access ends: days:14, until:2027-12-24, hours:8 or never."
    }


def test_policies_of_one_name_are_numbered() -> None:
    other = PolicyWish(policy="Initial Policy", audience="members", ends="never")

    blueprint = _resolve(replace(DRAFT, others=(other, other))).blueprint

    assert blueprint is not None
    assert [one.name for one in blueprint.policies] == ["Initial Policy", "Initial Policy 2", "Initial Policy 3"]


def test_a_package_is_never_incompatible_with_itself() -> None:
    found = replace(FOUND, packages=(*FOUND.packages, replace(FOUND.packages[0], id=BASE.id, name=BASE.name)))
    draft = PackageDraft(incompatible_packages=(BASE.name,))

    problems = resolve(draft, found, base=BASE, now=NOW, zone=ZONE).problems

    assert problems == {"incompatible_packages": "A package cannot be incompatible with itself."}


def test_references_are_what_must_be_looked_up_each_once() -> None:
    draft = PackageDraft(
        catalog="Partners",
        resources=(ResourceWish("app", "A"), ResourceWish("app", "A", "R"), ResourceWish("", NONE)),
        targets=("Megan",),
        stages=(StageWish(("manager", "Adele"), ("Megan",), ("X",), alternate_fallbacks=("Y",)),),
        review=ReviewWish("yes", ("self", "Adele"), fallbacks=("Z",)),
        incompatible_groups=("G", NONE),
        others=(PolicyWish(audience="specific", targets=("T",)), PolicyWish(audience="members", targets=("U",))),
    )

    assert references(draft) == Wanted(
        "Partners", ((System.APPLICATION, "A"),), ("G", "Megan", "Adele", "X", "Y", "Z", "T")
    )


def test_what_a_package_has_already_is_not_looked_up_again() -> None:
    had = BASE.roles[0]
    draft = PackageDraft(
        resources=(ResourceWish("app", had.resource.origin_id, DEFAULT_ACCESS), ResourceWish("app", "CRM", "Reader"))
    )

    wanted = references(draft, base=BASE)
    changed = _resolve(draft, BASE).blueprint

    assert wanted == Wanted(GENERAL.id, ((System.APPLICATION, "CRM"),))
    assert changed is not None
    assert changed.roles[0] == had
    assert isinstance(changed.roles[1], ResourceRole)


TEXT = st.text(max_size=12) | st.sampled_from(
    ["yes", "no", "-", "self", "manager", "manager-9", "Megan Bowen", "Bowen"]
)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple)
TRIPLES = st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=2).map(tuple)
STAGES = st.lists(st.builds(StageWish, TEXTS, TEXTS, TEXTS, TEXT, TEXT, TEXT, TEXTS), max_size=4).map(tuple)
QUESTIONS = st.lists(
    st.builds(QuestionWish, TEXT, TEXT, TEXT, TEXTS, PAIRS, TRIPLES, PAIRS, TEXT, TEXT), max_size=3
).map(tuple)
POLICY = {
    "policy": TEXT,
    "renamed": TEXT,
    "audience": TEXT,
    "targets": TEXTS,
    "approve": TEXT,
    "stages": STAGES,
    "requests": TEXT,
    "questions": QUESTIONS,
    "ends": TEXT | st.sampled_from(["days", "hours", "date", "never"]),
    "length": TEXT,
    "until": TEXT,
    "extend": TEXT,
    "review": st.builds(ReviewWish, TEXT, TEXTS, TEXT, TEXT, TEXTS, TEXT, TEXT, TEXT),
    "extensions": PAIRS,
}
DRAFTS = st.builds(
    PackageDraft,
    name=TEXT,
    description=TEXT,
    catalog=TEXT,
    hidden=TEXT,
    resources=st.lists(st.builds(ResourceWish, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    incompatible_packages=TEXTS,
    incompatible_groups=TEXTS,
    others=st.lists(st.builds(PolicyWish, **POLICY), max_size=1).map(tuple),
    **POLICY,
)


@given(DRAFTS, st.sampled_from([None, BASE]), st.booleans())
def test_any_draft_comes_to_a_package_or_to_problems(draft: PackageDraft, base: Blueprint | None, whole: bool) -> None:
    resolution = resolve(draft, FOUND, base=base, whole=whole and base is not None, now=NOW, zone=ZONE)

    assert (resolution.blueprint is None) == bool(resolution.problems)
    assert set(resolution.choices) == set(resolution.ambiguous) <= set(resolution.problems)
    assert set(resolution.problems) <= set(PackageDraft.__dataclass_fields__)
    assert isinstance(references(draft, base=base), Wanted)


def test_nothing_found_is_no_crash() -> None:
    assert set(resolve(DRAFT, Found(), now=NOW, zone=ZONE).problems) == {"catalog", "resources"}
