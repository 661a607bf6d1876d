"""Sentences about packages are read as people type them, and nothing that is typed breaks the reading."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.building import questioning
from bot.domain.building.drafts import (
    AUDIENCES,
    NONE,
    PackageDraft,
    QuestionWish,
    ResourceWish,
    ReviewWish,
    StageWish,
)
from bot.domain.building.grammar import FLAGS, KEYS, WORDS
from bot.domain.building.sentence import Reading, read
from bot.domain.building.terms import Frequency, Moment
from tests.domain.building.contoso import SENTENCE

ARTICLE = PackageDraft(
    name="Invited users package",
    resources=(ResourceWish("app", "App4Guest", "Default access"),),
    audience="all-users",
    approve="no",
    requests="yes",
    ends="days",
    length="14",
    timeline="yes",
    review=ReviewWish("no"),
)
PLAIN = PackageDraft(name="P")


def _read(words: str) -> PackageDraft:
    """The draft of a sentence in which everything is understood."""
    reading = read(words)

    assert reading.unknown == ()
    assert reading.corrected == ()
    assert reading.contradictions == ()
    assert reading.remarks == ()
    return reading.draft


def _draft(**fields: Any) -> PackageDraft:
    return PackageDraft(**fields)


@pytest.mark.parametrize(
    "words",
    [
        SENTENCE,
        SENTENCE.replace('"', ""),
        SENTENCE.replace('"', "'"),
        SENTENCE.replace(":", ": "),
        SENTENCE.replace(":", "="),
        SENTENCE.upper()
        .replace("INVITED USERS PACKAGE", "Invited users package")
        .replace("APP4GUEST", "App4Guest")
        .replace("DEFAULT ACCESS", "Default access"),
        """“Invited users package” application:App4Guest role:“Default access” for:all users including guests
        approval:not requests:enabled expires-after:14 days custom-timeline:on access-reviews:off""",
        """"Invited users package" app App4Guest role "Default access" for everyone no approval requests yes
        for 14 days timeline yes without review""",
        """"Invited users package" app:App4Guest role:"Default access" for:all-users, approve:no, requests:on, days:14,
        timeline:yes, review:no""",
    ],
)
def test_the_articles_package_is_read_however_it_is_written(words: str) -> None:
    assert _read(words) == ARTICLE


CLAUSES = ('app:App4Guest role:"Default access"', *SENTENCE.partition('access" ')[2].split())


@given(st.permutations(CLAUSES))
def test_clauses_mean_the_same_in_any_order(clauses: list[str]) -> None:
    assert _read(f'"Invited users package" {" ".join(clauses)}') == ARTICLE


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("days:30", {"ends": "days", "length": "30"}),
        ("days 30", {"ends": "days", "length": "30"}),
        ("days:2 weeks", {"ends": "days", "length": "14"}),
        ("days:abc", {"ends": "days", "length": "abc"}),
        ("days:-3", {"ends": "days", "length": "-3"}),
        ("for:14 days", {"ends": "days", "length": "14"}),
        ("for 2 weeks", {"ends": "days", "length": "14"}),
        ("hours:8", {"ends": "hours", "length": "8"}),
        ("8 hours", {"ends": "hours", "length": "8"}),
        ("until:2027-12-24", {"ends": "date", "until": "2027-12-24"}),
        ("until:24.12.2027", {"ends": "date", "until": "2027-12-24"}),
        ('until:"Dec 24, 2027"', {"ends": "date", "until": "2027-12-24"}),
        ("until:24 December 2027", {"ends": "date", "until": "2027-12-24"}),
        ("until:tomorrow", {"ends": "date", "until": "tomorrow"}),
        ("until tomorrow timeline:yes", {"ends": "date", "until": "tomorrow", "timeline": "yes"}),
        ("until:Next Friday hidden", {"ends": "date", "until": "next friday", "hidden": "yes"}),
        ("until the end of the month hidden:no", {"ends": "date", "until": "the end of the month", "hidden": "no"}),
        ("until end of next quarter", {"ends": "date", "until": "end of next quarter"}),
        ("until:in 3 weeks", {"ends": "days", "length": "21"}),
        ("never", {"ends": "never"}),
        ("ends:never", {"ends": "never"}),
        ("days:never", {"ends": "never"}),
        ("ends:after 14 days", {"ends": "days", "length": "14"}),
        ("never hidden", {"ends": "never", "hidden": "yes"}),
        ("hidden:no", {"hidden": "no"}),
        ("visible", {"hidden": "no"}),
        ("extend:approval", {"extend": "approval"}),
        ("extend:no", {"extend": "no"}),
        ("timeline:maybe", {"timeline": "maybe"}),
        ("requests:closed", {"requests": "no"}),
        ("reason:yes", {"justification": "yes"}),
        ("description:none", {"description": NONE}),
        ('description:"For partners: bring a badge"', {"description": "For partners: bring a badge"}),
        ('catalog:"Partner things" name:"New name"', {"catalog": "Partner things", "name": "New name"}),
        ('policy:"Partner requests" policy-name:Partners', {"policy": "Partner requests", "renamed": "Partners"}),
        ('incompatible:"Old one"', {"incompatible_packages": ("Old one",)}),
        ("not-in-group:Contractors", {"incompatible_groups": ("Contractors",)}),
        ("incompatible:none", {"incompatible_packages": (NONE,)}),
    ],
)
def test_single_settings_are_read(words: str, fields: dict[str, Any]) -> None:
    assert _read(words) == _draft(**fields)


@pytest.mark.parametrize(
    ("words", "audience", "targets"),
    [
        ("for:members", "members", ()),
        ("for:all members excluding guests", "members", ()),
        ("for:all-users", "all-users", ()),
        ("for all users including guests", "all-users", ()),
        ("for:anyone", "anyone", ()),
        ("for:all-organizations", "all-organizations", ()),
        ("for:all connected organizations", "all-organizations", ()),
        ("org:all", "all-organizations", ()),
        ("for:nobody", "admins-only", ()),
        ("for:admins-only", "admins-only", ()),
        ("for:none", "admins-only", ()),
        ('for:"Megan Bowen, Partner Readers"', "specific", ("Megan Bowen", "Partner Readers")),
        ("for:Megan Bowen, Partner Readers", "specific", ("Megan Bowen", "Partner Readers")),
        ('for:"Megan Bowen", "Partner Readers"', "specific", ("Megan Bowen", "Partner Readers")),
        ('for:"Bowen, Megan; Partner Readers"', "specific", ("Bowen, Megan", "Partner Readers")),
        ("for:users:Megan", "specific", ("Megan",)),
        ("users:megan@contoso.com", "specific", ("megan@contoso.com",)),
        ("for:megan@contoso.com", "specific", ("megan@contoso.com",)),
        ("for:[megan@contoso.com](mailto:megan@contoso.com)", "specific", ("megan@contoso.com",)),
        ("for:org:Fabrikam", "specific-organizations", ("Fabrikam",)),
        ('org:"Fabrikam, Tailspin Toys"', "specific-organizations", ("Fabrikam", "Tailspin Toys")),
        ("org:Fabrikam org:Tailspin", "specific-organizations", ("Fabrikam", "Tailspin")),
    ],
)
def test_every_scope_is_read(words: str, audience: str, targets: tuple[str, ...]) -> None:
    assert _read(words) == _draft(audience=audience, targets=targets)


@pytest.mark.parametrize(
    ("words", "resources"),
    [
        ("app:App4Guest", (ResourceWish("app", "App4Guest"),)),
        ("group:Designers role:Owner", (ResourceWish("group", "Designers", "Owner"),)),
        ('team:"Project X"', (ResourceWish("group", "Project X"),)),
        (
            "app:CRM role:Reader role:Writer site:https://contoso.sharepoint.com/sites/x",
            (
                ResourceWish("app", "CRM", "Reader"),
                ResourceWish("app", "CRM", "Writer"),
                ResourceWish("site", "https://contoso.sharepoint.com/sites/x"),
            ),
        ),
        (
            "site:[the site](https://contoso.sharepoint.com/sites/x) role:Visitors",
            (ResourceWish("site", "https://contoso.sharepoint.com/sites/x", "Visitors"),),
        ),
        ("app:none", (ResourceWish("", NONE),)),
        ("role:Owner group:Designers", (ResourceWish("group", "Designers", "Owner"),)),
        (
            "role:Reader role:Writer app:CRM role:Admin site:https://contoso.sharepoint.com/sites/x role:Visitors",
            (
                ResourceWish("app", "CRM", "Reader"),
                ResourceWish("app", "CRM", "Writer"),
                ResourceWish("app", "CRM", "Admin"),
                ResourceWish("site", "https://contoso.sharepoint.com/sites/x", "Visitors"),
            ),
        ),
    ],
)
def test_a_role_belongs_to_the_resource_before_it_or_to_the_first_one(
    words: str, resources: tuple[ResourceWish, ...]
) -> None:
    assert _read(words) == _draft(resources=resources)


OTHERS = ["days:14", "for:members", "timeline:yes", "catalog:Partners", 'question:"Why?"', "review:no"]
RESOURCES = ["app:CRM", "group:Designers", "team:Phoenix", "app:App4Guest"]


@given(st.data())
def test_a_role_before_the_first_resource_is_its_role_wherever_other_clauses_stand(data: st.DataObject) -> None:
    resources = data.draw(st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=3, unique=True))
    early = data.draw(st.lists(st.sampled_from(["Reader", "Writer"]), unique=True))
    late = [data.draw(st.lists(st.sampled_from(["Owner", "Member"]), unique=True)) for _ in resources]
    said = [f"role:{one}" for one in early]
    for resource, roles in zip(resources, late, strict=True):
        said += [resource, *(f"role:{one}" for one in roles)]
    for other in data.draw(st.lists(st.sampled_from(OTHERS), unique=True)):
        said.insert(data.draw(st.integers(0, len(said))), other)

    draft = _read(" ".join(['"P"', *said]))

    given_to = [[wish.role for wish in draft.resources if wish.ref == one.partition(":")[2]] for one in resources]
    assert given_to == [(early if at == 0 else []) + roles or [""] for at, roles in enumerate(late)]


@pytest.mark.parametrize(
    ("words", "stages"),
    [
        ("approver:Megan", (StageWish(("Megan",)),)),
        ("approval:manager", (StageWish(("manager",)),)),
        ('approver:"Megan Bowen, Adele"', (StageWish(("Megan Bowen", "Adele")),)),
        ("approver:Megan approver:Adele", (StageWish(("Megan",)), StageWish(("Adele",)))),
        ("approver:manager > Megan Bowen", (StageWish(("manager",)), StageWish(("Megan Bowen",)))),
        ('approver:manager then "Megan Bowen"', (StageWish(("manager",)), StageWish(("Megan Bowen",)))),
        ('approver:"Megan" > "Adele"', (StageWish(("Megan",)), StageWish(("Adele",)))),
        ("approver:Megan approver:Adele stages:1", (StageWish(("Megan", "Adele")),)),
        ("approver:Megan stages:2", (StageWish(("Megan",)), StageWish())),
        ("approver:their manager", (StageWish(("manager",)),)),
        ('approver:"internal sponsors"', (StageWish(("sponsors",)),)),
        ("approver:external sponsors", (StageWish(("external-sponsors",)),)),
        ("approver:manager-2", (StageWish(("manager-2",)),)),
        (
            "approver:sponsors fallback:Megan alternate:Adele escalate-after:3 decide:7 approver-justification:yes",
            (StageWish(("sponsors",), ("Megan",), ("Adele",), "7", "3", "yes"),),
        ),
        ("within:2 weeks", (StageWish(days="14"),)),
        ("decide:7 approver:Megan approver:Adele", (StageWish(("Megan",), days="7"), StageWish(("Adele",)))),
    ],
)
def test_approval_stages_are_read(words: str, stages: tuple[StageWish, ...]) -> None:
    assert _read(words) == _draft(stages=stages)


@pytest.mark.parametrize(
    ("words", "review"),
    [
        ("review:no", ReviewWish("no")),
        ("no review", ReviewWish("no")),
        ("review:yes", ReviewWish("yes")),
        ("review:quarterly", ReviewWish("quarterly")),
        ("review:every-year reviewer:self", ReviewWish("yearly", ("self",))),
        ("review:self", ReviewWish(reviewers=("self",))),
        ("reviews:monthly reviewers:Megan, manager", ReviewWish("monthly", ("Megan", "manager"))),
        (
            "review:yes review-days:10 no-answer:remove recommendations:no reviewer-reason:yes review-start:2027-01-31",
            ReviewWish("yes", (), "10", "remove", (), "no", "yes", "2027-01-31"),
        ),
    ],
)
def test_reviews_are_read(words: str, review: ReviewWish) -> None:
    assert _read(words) == _draft(review=review)


@pytest.mark.parametrize(
    ("words", "extension"),
    [
        ('extension:granted:"Notify HR"', (Moment.GRANTED, "Notify HR")),
        ('extension:"granted=Notify HR"', (Moment.GRANTED, "Notify HR")),
        ("extension:1-day:Warn", (Moment.ONE_DAY, "Warn")),
        ('extension:"14 days = Warn"', (Moment.FOURTEEN_DAYS, "Warn")),
        ("extension:someday:Warn", ("someday", "Warn")),
        ("extension:none", (NONE, NONE)),
    ],
)
def test_custom_extensions_are_read(words: str, extension: tuple[str, str]) -> None:
    assert _read(words) == _draft(extensions=(extension,))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Why?", QuestionWish("Why?")),
        ("Why?*", QuestionWish("Why?", required="yes")),
        ("Tell us more (long)*", QuestionWish("Tell us more", "long", "yes")),
        ("Which team?=Design|Build*", QuestionWish("Which team?", "choice", "yes", ("Design", "Build"))),
        ("Which?=A|B (several)", QuestionWish("Which?", "several", "", ("A", "B"))),
        (
            "Why? [de: Warum?] [fr: Pourquoi?]",
            QuestionWish("Why?", translations=(("de", "Warum?"), ("fr", "Pourquoi?"))),
        ),
        (
            "Team?=Design [de: Entwurf]|Build",
            QuestionWish("Team?", "choice", "", ("Design", "Build"), (), (("Design", "de", "Entwurf"),)),
        ),
        ("Code (fixed) (required)", QuestionWish("Code", required="yes", editable="no")),
        (r"Is 1\=1\*?", QuestionWish("Is 1=1*?")),
    ],
)
def test_questions_are_read(text: str, question: QuestionWish) -> None:
    assert _read(f'question:"{text}"') == _draft(questions=(question,))


def test_a_question_without_quotes_ends_at_the_next_key() -> None:
    draft = _read("P question:Which team?=Design|Build* days:3")

    assert draft.questions == (QuestionWish("Which team?", "choice", "yes", ("Design", "Build")),)
    assert draft.length == "3"


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("P foo:bar days:14", [("foo:bar", "")]),
        ('"P" wonderful', [("wonderful", "")]),
        ('"P" hiden', [("hiden", "hidden")]),
        ('"P" "Q"', [("Q", "")]),
        ("role:Owner", [("role:Owner", "app:… role:…")]),
    ],
)
def test_what_fits_nowhere_is_named(words: str, unknown: list[tuple[str, str]]) -> None:
    assert list(read(words).unknown) == unknown


@pytest.mark.parametrize("words", ["for:guests", 'for:"guests"', "for guests only", "for:guests-only", "users:guests"])
def test_who_means_guests_only_is_told_what_comes_near(words: str) -> None:
    reading = read(f'"P" {words}')

    assert "no setting for guests only" in "".join(reading.remarks)
    assert (reading.draft, reading.unknown, reading.corrected) == (PLAIN, (), ())


@pytest.mark.parametrize(
    ("words", "corrected", "draft"),
    [
        ("dayz:14", ("dayz", "days"), _draft(ends="days", length="14")),
        ("catalouge:Partners", ("catalouge", "catalog"), _draft(catalog="Partners")),
        ("dyas:14", ("dyas", "days"), _draft(ends="days", length="14")),
        ("aprover:Megan", ("aprover", "approver"), _draft(stages=(StageWish(("Megan",)),))),
        ("timelime:yes", ("timelime", "timeline"), _draft(timeline="yes")),
        ("for:all-usres", ("all-usres", "all-users"), _draft(audience="all-users")),
    ],
)
def test_a_slip_of_the_pen_is_read_and_told(words: str, corrected: tuple[str, str], draft: PackageDraft) -> None:
    reading = read(words)

    assert reading == Reading(draft, corrected=(corrected,))


@pytest.mark.parametrize(
    ("words", "dropped"),
    [
        ('-app:"Old one"', _draft(resources=(ResourceWish("app", "Old one"),))),
        ("-question:Why?", _draft(questions=(QuestionWish("Why?"),))),
        ("-hidden", _draft(hidden="yes")),
        ("-approver:Megan", _draft(stages=(StageWish(("Megan",)),))),
    ],
)
def test_a_minus_takes_away(words: str, dropped: PackageDraft) -> None:
    assert read(words) == Reading(dropped=dropped)


@pytest.mark.parametrize(
    "name",
    ["Group access", "Sites for partners", "Hidden gems", "App4Guest", "Days off", "Tools *bold* <b>x</b>", "1-2"],
)
def test_a_name_may_hold_any_word(name: str) -> None:
    assert _read(f"{name} days:14").name == name
    assert _read(f'days:14 "{name}"').name == name


@pytest.mark.parametrize(
    "text",
    [
        "[x](http://e)",
        "See [the page](https://contoso.com/a b) first",
        "<b>x</b> & *y*",
        "[ana@x.com](mailto:ana@x.com)",
    ],
)
def test_markdown_and_html_in_a_text_stay_as_they_were_typed(text: str) -> None:
    draft = _read(f'"{text}" description:"{text}" question:"Why?" days:14')

    assert (draft.name, draft.description) == (text, text)
    assert _read(f"P description:{text} days:14").description == text


def test_a_link_stands_for_its_address_where_somebody_is_looked_up() -> None:
    draft = _read("P approver:[Megan](mailto:megan@contoso.com), [A](mailto:a@contoso.com) then mailto:b@contoso.com")

    assert [stage.approvers for stage in draft.stages] == [("megan@contoso.com", "a@contoso.com"), ("b@contoso.com",)]


def test_every_word_of_the_grammar_leads_somewhere() -> None:
    assert sum(len(words.split()) for words in KEYS.values()) == len(WORDS)
    for word in [*WORDS, *FLAGS]:
        reading = read(f'"P" app:X {word}:"Megan"')

        assert reading.corrected == ()
        assert reading != Reading(_draft(name="P", resources=(ResourceWish("app", "X"),))), word


@given(st.text(max_size=300))
def test_reading_never_fails(text: str) -> None:
    assert isinstance(read(text).draft, PackageDraft)


WORD = st.sampled_from(
    [*WORDS, *FLAGS, *(f"{word}:" for word in WORDS), "-app:", "14", "2027-12-24", ">", "then", ",", '"', "'", "“"]
)


@given(st.lists(WORD | st.text(max_size=8), max_size=25))
def test_reading_never_fails_on_words_of_its_own(words: list[str]) -> None:
    assert isinstance(read(" ".join(words)).draft, PackageDraft)
    assert isinstance(read("".join(words)).draft, PackageDraft)


@given(st.text(max_size=100) | st.text("*=|[]()\\: ade", max_size=40))
def test_any_text_is_a_question(text: str) -> None:
    assert isinstance(questioning.read(text), QuestionWish)


def test_a_very_long_sentence_is_read_in_no_time() -> None:
    started = time.perf_counter()

    read("zzzqq " * 3000)
    read("xyzzy:1 " * 3000)
    read("approver:a " * 3000)

    assert time.perf_counter() - started < 2


# What can stand between quotation marks in a sentence, and is not read as something else there.
TEXTS = (
    st.text("abcäöü XYZ0189.-_!?&/#@>'", min_size=2, max_size=20)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: len(text) > 1 and text.casefold() not in ("no", "none", "nothing"))
)
NAMES = TEXTS.filter(lambda text: ">" not in text)
GIVEN = st.sampled_from(["", "yes", "no"])
PEOPLE = st.lists(
    NAMES | st.sampled_from(["manager", "sponsors", "external-sponsors", "manager-2"]), max_size=2, unique=True
)
TRANSLATIONS = st.lists(
    st.tuples(st.sampled_from(["de", "fr", "pt-BR"]), TEXTS), max_size=2, unique_by=lambda one: one[0]
)


@st.composite
def question_wishes(draw: st.DrawFn) -> QuestionWish:
    choices = draw(st.lists(TEXTS, max_size=2, unique=True))
    kinds = ["choice", "several"] if choices else ["", "text", "long"]
    others = [(choice, *one) for choice in choices for one in draw(TRANSLATIONS)]
    return QuestionWish(
        text=draw(st.text("abc?*=|[]()\\", min_size=2).map(str.strip).filter(lambda text: text > "")),
        kind=draw(st.sampled_from(kinds)),
        required=draw(GIVEN),
        choices=tuple(choices),
        translations=tuple(draw(TRANSLATIONS)),
        choice_translations=tuple(others),
        editable=draw(st.sampled_from(["", "no"])),
    )


@st.composite
def stage_wishes(draw: st.DrawFn) -> StageWish:
    days = st.sampled_from(["", "3", "14"])
    return StageWish(
        approvers=(draw(NAMES), *draw(PEOPLE)),
        fallbacks=tuple(draw(PEOPLE)),
        alternates=tuple(draw(PEOPLE)),
        days=draw(days),
        alternates_after=draw(days),
        justification=draw(GIVEN),
        alternate_fallbacks=tuple(draw(PEOPLE)),
    )


@st.composite
def drafts(draw: st.DrawFn) -> PackageDraft:
    """Everything that a sentence can say."""
    audience = draw(st.sampled_from(["", *AUDIENCES]))
    named = audience in ("specific", "specific-organizations")
    stages = tuple(draw(st.lists(stage_wishes(), max_size=3)))
    ends = draw(st.sampled_from(["", "days", "hours", "date", "never"]))
    amount = st.integers(1, 9999).map(str)
    review = ReviewWish(
        frequency=draw(st.sampled_from(["", "yes", "no", *(one.value for one in Frequency)])),
        reviewers=tuple(draw(PEOPLE)),
        days=draw(st.sampled_from(["", "7"])),
        no_answer=draw(st.sampled_from(["", "keep", "remove", "recommend"])),
        fallbacks=tuple(draw(PEOPLE)),
        recommendations=draw(GIVEN),
        justification=draw(GIVEN),
        starts=draw(st.dates().map(str) | st.just("")),
    )
    if review.frequency == "no":
        review = ReviewWish("no")
    return PackageDraft(
        name=draw(TEXTS),
        description=draw(st.just("") | TEXTS),
        catalog=draw(st.just("") | TEXTS),
        hidden=draw(GIVEN),
        resources=tuple(
            draw(
                st.lists(st.builds(ResourceWish, st.sampled_from(["app", "group", "site"]), TEXTS, TEXTS | st.just("")))
            )
        ),
        policy=draw(st.just("") | TEXTS),
        renamed=draw(st.just("") | TEXTS),
        policy_description=draw(st.just("") | TEXTS),
        audience=audience,
        targets=(draw(NAMES), draw(NAMES)) if named else (),
        approve=draw(st.sampled_from(["", "yes"])) if stages else draw(GIVEN),
        stages=stages,
        requests=draw(GIVEN),
        justification=draw(GIVEN),
        questions=tuple(draw(st.lists(question_wishes(), max_size=2))),
        ends=ends,
        length=draw(amount) if ends in ("days", "hours") else "",
        until=str(draw(st.dates())) if ends == "date" else "",
        timeline=draw(GIVEN),
        extend=draw(st.sampled_from(["", "yes", "no", "approval"])),
        review=review,
        extensions=tuple(draw(st.lists(st.tuples(st.sampled_from(Moment).map(str), TEXTS), max_size=2))),
        incompatible_packages=tuple(draw(st.lists(TEXTS, max_size=2))),
        incompatible_groups=tuple(draw(st.lists(TEXTS, max_size=2))),
    )


def _sentence(draft: PackageDraft) -> str:
    """What somebody who knows every key would type for this draft."""
    said = [f'"{draft.name}"']

    def say(key: str, value: str) -> None:
        if value:
            said.append(f'{key}:"{value}"')

    for key, value in (
        ("description", draft.description),
        ("catalog", draft.catalog),
        ("hidden", draft.hidden),
        ("policy", draft.policy),
        ("policy-name", draft.renamed),
        ("policy-description", draft.policy_description),
        ("approve", draft.approve),
        ("requests", draft.requests),
        ("justification", draft.justification),
        ("timeline", draft.timeline),
        ("extend", draft.extend),
    ):
        say(key, value)
    for wish in draft.resources:
        say(wish.kind, wish.ref)
        say("role", wish.role)
    if draft.targets:
        say("org" if draft.audience == "specific-organizations" else "users", "; ".join(draft.targets))
    else:
        say("for", draft.audience)
    for stage in draft.stages:
        say("approver", "; ".join(stage.approvers) + ";")
        say("fallback", "; ".join(stage.fallbacks))
        say("alternate", "; ".join(stage.alternates))
        say("alternate-fallback", "; ".join(stage.alternate_fallbacks))
        say("decide", stage.days)
        say("alternate-after", stage.alternates_after)
        say("approver-justification", stage.justification)
    for question in draft.questions:
        say("question", questioning.written(question))
    said += ["never"] if draft.ends == "never" else []
    say(draft.ends if draft.ends != "date" else "until", draft.length or draft.until)
    review = draft.review
    say("review", review.frequency)
    say("reviewer", "; ".join(review.reviewers))
    say("review-days", review.days)
    say("no-answer", review.no_answer)
    say("review-fallback", "; ".join(review.fallbacks))
    say("recommendations", review.recommendations)
    say("reviewer-justification", review.justification)
    say("review-start", review.starts)
    for moment, name in draft.extensions:
        said.append(f'extension:{moment}:"{name}"')
    for package in draft.incompatible_packages:
        say("incompatible", package)
    for group in draft.incompatible_groups:
        say("incompatible-group", group)
    return " ".join(said)


@settings(max_examples=150)
@given(drafts())
def test_whatever_a_draft_says_can_be_said_in_a_sentence(draft: PackageDraft) -> None:
    assert _read(_sentence(draft)) == draft


@given(question_wishes())
def test_a_question_written_as_text_is_read_back(question: QuestionWish) -> None:
    assert questioning.read(questioning.written(question)) == question


GUIDE = (Path(__file__).parents[3] / "docs" / "sentences.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words", re.findall(r"^package (?:new|edit) (.*)$|`(question:\"[^`]*\")`", GUIDE, re.MULTILINE)
)
def test_every_sentence_of_the_guide_is_understood(words: tuple[str, str]) -> None:
    reading = read(words[0] or words[1])

    assert (reading.unknown, reading.corrected) == ((), ())
    assert reading != Reading()


@pytest.mark.parametrize("key", KEYS)
def test_the_guide_names_every_key(key: str) -> None:
    assert f"`{key}:`" in GUIDE or f"`{key}`" in GUIDE
