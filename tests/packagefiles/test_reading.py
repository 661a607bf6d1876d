"""Whatever is sent as a file is read, or refused in plain words with the line and column that are wrong."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.building.drafts import NONE, PackageDraft, QuestionWish, ResourceWish, ReviewWish, StageWish
from bot.domain.building.filed import FileProblem, Spot
from packagefiles.files import Files

FILES = Files()
HEAD = "packages:\n  - name: Partners\n"


def only(text: str) -> FileProblem:
    """The one problem of this text."""
    reading = FILES.read(text)
    assert len(reading.problems) == 1, reading.problems
    return reading.problems[0]


def draft(text: str) -> PackageDraft:
    reading = FILES.read(text)
    assert reading.problems == ()
    return reading.packages[0].draft


@pytest.mark.parametrize(
    ("text", "line", "column", "words", "shown"),
    [
        ("a: 1\n b: 2", 2, 3, "a colon where none belongs", "b: 2"),
        ("packages: [one, two", 1, 11, "never closed", "packages: [one, two"),
        ('packages:\n  - name: "Partners', 2, 11, "a quote that is never closed", '- name: "Partners'),
        ("packages:\n\t- name: x", 2, 1, "a tab; YAML indents with spaces", "- name: x"),
        ("- a\nb: c", 2, 1, "the indentation", "b: c"),
        ("name: @x", 1, 7, "put it in quotes", "name: @x"),
        ('name: "\\q"', 1, 8, "a backslash", 'name: "\\q"'),
        ("name: a\n---\nname: b", 2, 1, "A second document begins here", "---"),
        ("name: &anchor x", 1, 7, "Anchors and aliases", "name: &anchor x"),
        ("name: *anchor", 1, 7, "Anchors and aliases", "name: *anchor"),
        ("name: !!python/object:os.system x", 1, 7, "Tags (!)", "name: !!python/object:os.system x"),
        ("name: a\nname: b", 2, 1, "a second time; it is in line 1", "name: b"),
        ("name: \x07", 1, 7, "code 7", "name: \x07"),
        ("? [a]\n: b", 1, 3, "A name is expected here", "? [a]"),
        ("%YAML 9.9\n---\na", 1, 1, "This is not YAML", "%YAML 9.9"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_with_its_place(
    text: str, line: int, column: int, words: str, shown: str
) -> None:
    problem = only(text)

    assert words in problem.text
    assert (problem.spot, problem.shown) == (Spot(line, column), shown)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        (HEAD + "    catalogue: General", 3, 5, "did you mean “catalog”?"),
        (HEAD + "    hidden: perhaps", 3, 13, "“hidden” is yes or no, not “perhaps”"),
        (HEAD + "    name_: [a]", 3, 5, "is given twice"),
        (HEAD + "    resources:\n      - app: a\n        group: b", 4, 9, "one app, group or site"),
        (HEAD + "    resources:\n      - App4Guest", 4, 9, "is written as fields"),
        (HEAD + "    policies:\n      - ends: soon", 4, 15, "14 days or 8 hours, a date like 2027-12-24, or never"),
        (HEAD + "    policies:\n      - approval: yes", 4, 19, "a list of stages"),
        (HEAD + "    policies:\n      - extend: often", 4, 17, "yes or no or approval"),
        (HEAD + "    policies:\n      - review:\n          every: day", 5, 18, "weekly, monthly"),
        (HEAD + "    policies:\n      - questions:\n          - required: yes", 5, 13, "A question needs its text"),
        (HEAD + "    policies:\n      - for: members\n      - name: b", 4, 9, "each needs its name"),
        (HEAD + "    policies:\n      - name: A\n      - name: a", 5, 9, "are called “a”"),
        (
            HEAD + "    policies:\n      - extensions:\n          - at: noon\n            name: x",
            5,
            17,
            "one of requested",
        ),
        ("packages:\n  - catalog: General", 2, 5, "needs a name"),
        ("packages:\n  - name: A\n  - name: a", 3, 11, "is in this file twice"),
        ("usher: 2\n" + HEAD, 1, 8, "version 1 of the format"),
        ("hello", 1, 1, "is written as fields"),
        ("", 1, 1, "no access package in this file"),
        ("packages:", 1, 1, "no access package in this file"),
    ],
)
def test_what_does_not_fit_is_told_where_it_stands(text: str, line: int, column: int, words: str) -> None:
    problems = FILES.read(text).problems

    assert any(words in one.text and one.spot == Spot(line, column) for one in problems), problems


def test_every_problem_of_a_file_is_told_at_once() -> None:
    text = HEAD + "    hidden: perhaps\n    policies:\n      - timeline: maybe\n        ends: soon"

    problems = FILES.read(text).problems

    assert [one.spot.line for one in problems if one.spot] == [3, 5, 6]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "{" * 200_000,
        "- " * 100_000,
        "? " * 100_000,
        "!" * 200_000,
        '"' + "a" * 200_000,
        "[" + "a," * 100_000 + "]",
        "#" * 200_000,
        "a: &a [x]\n" + "".join(f"b{n}: [*a,*a,*a,*a,*a,*a,*a,*a]\n" for n in range(1000)),
        "packages:\n" + "  - name: x\n" * 20_000,
        "x" * 300_000,
    ],
    ids=["lists", "fields", "dashes", "marks", "tags", "quote", "items", "remarks", "aliases", "packages", "huge"],
)
def test_a_file_made_to_overwhelm_is_refused_soon(text: str) -> None:
    begun = time.process_time()

    problems = FILES.read(text).problems

    assert problems
    assert all(len(one.shown) <= 160 for one in problems)
    assert len(problems) <= 30
    assert time.process_time() - begun < 5


@given(st.text() | st.text("ab:- \n\t#&*!|>'\"%@`{}[],?~=.\\"))
def test_any_text_at_all_comes_back_with_packages_or_problems(text: str) -> None:
    reading = FILES.read(text)

    assert reading.packages or reading.problems


def test_a_package_by_itself_needs_no_list() -> None:
    given = draft("name: Partners\ncatalog: General")

    assert given == PackageDraft(name="Partners", catalog="General")


def test_words_of_other_yaml_and_other_spellings_of_a_field_are_understood() -> None:
    given = draft("Name: Partners\nHidden: FALSE\npolicies:\n  - Timeline: on\n    for: All users\n    ends: 1 Day")

    assert (given.hidden, given.timeline, given.audience) == ("no", "yes", "all-users")
    assert (given.ends, given.length) == ("days", "1")


def test_what_is_left_blank_is_not_given_and_what_is_empty_means_none() -> None:
    given = draft(
        'name: Partners\ndescription: ""\ncatalog:\npolicies:\n  - questions: []\n    targets:\n    description: ~'
    )

    assert (given.description, given.catalog, given.targets, given.policy_description) == (NONE, "", (), "")
    assert given.questions == (QuestionWish(NONE),)


def test_a_resource_and_a_policy_to_take_out_are_set_apart() -> None:
    text = """
name: Partners
resources:
  - app: App4Guest
  - group: Old
    remove: yes
policies:
  - name: Old policy
    remove: yes
"""

    filed = FILES.read(text).packages[0]

    assert filed.draft.resources == (ResourceWish("app", "App4Guest"),)
    assert filed.removed == (ResourceWish("group", "Old"),)
    assert filed.removed_policies == ("Old policy",)


def test_stages_and_reviews_are_read_as_people_write_them() -> None:
    text = """
name: Partners
policies:
  - approval:
      - approvers: manager
        fallbacks: [adele@contoso.com]
        decide-within: 12 hours
      - approvers: [Sponsors, external-sponsors]
    review:
      every: half-yearly
      reviewers: [self]
      lasts: 25 days
"""

    given = draft(text)

    first = StageWish(("manager",), ("adele@contoso.com",), days="12h")
    assert given.stages == (first, StageWish(("Sponsors", "external-sponsors")))
    assert given.review == ReviewWish("half-yearly", ("self",), "25")


def test_a_problem_found_later_is_led_back_to_its_place() -> None:
    text = HEAD + "    policies:\n      - approval:\n          - approvers: [Adele Vance, Adele Vanse]\n"
    filed = FILES.read(text).packages[0]

    quoted = filed.spot("stages", "There is no person or group “Adele Vanse” here.")
    field = filed.spot("stages", "Say who approves.")
    nowhere = filed.spot("incompatible_groups", "")

    assert (quoted, field, nowhere) == (Spot(5, 38), Spot(5, 25), Spot(2, 11))
