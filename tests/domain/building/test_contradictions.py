"""Two clauses that cannot both hold are named, and neither is taken: no contradiction is ever settled in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.building.drafts import PackageDraft, ReviewWish
from bot.domain.building.sentence import Reading, read

SETTINGS: dict[str, list[str]] = {
    **{name: [f"{name}:yes", f"{name}:off"] for name in ("requests", "timeline", "justification")},
    "ends": ["days:3", "hours:5", "until:2027-12-24", "until:24.12.2028", "never", "for 2 weeks", "8 hours", "a month"],
    "audience": [
        "for:all-users",
        "for:members",
        "for:anyone",
        "for:admins-only",
        "users:megan@contoso.com",
        "org:Fabrikam",
        "org:all",
    ],
    "hidden": ["hidden", "visible"],
    "extend": ["extend:yes", "extend:no", "extend:approval"],
    "catalog": ["catalog:General", 'catalog:"Partner things"'],
    "description": ["description:One", "description:Two", "description:none"],
    "policy": ["policy:One", "policy:Two"],
    "renamed": ["policy-name:One", "policy-name:Two"],
    "policy_description": ["policy-description:One", "policy-description:none"],
    "name": ["name:One", "name:Two"],
    "approve": ["approve:yes", "approve:no"],
    "resources": ["app:CRM", "app:none"],
    "questions": ["question:none", 'question:"Why?"'],
    "extensions": ["extension:none", "extension:granted:HR"],
    "incompatible_packages": ["incompatible:none", "incompatible:Other"],
    "incompatible_groups": ["incompatible-group:none", "incompatible-group:Other"],
}
REVIEWS = ["reviewer:Megan", "review-days:5", "no-answer:remove", "recommendations:no", "review-start:2027-01-31"]
REVIEWS += ["reviewer-justification:yes", "review-fallback:Adele", "review:self", "review:weekly", "review:yes"]
STAGES = ["approver:Megan", "approval:manager", "stages:2", "decide:5", "fallback:Adele", "alternate:Adele"]
PAIRS = [
    *((field, one, two) for field, clauses in SETTINGS.items() for one in clauses for two in clauses if one != two),
    *(("review", "review:no", two) for two in REVIEWS),
    *(("review", "review:weekly", two) for two in ("review:yearly", "review:no")),
    *(("review", f"{key}:{one}", f"{key}:{two}") for key, one, two in [
        ("review-days", "5", "6"), ("no-answer", "keep", "remove"), ("recommendations", "yes", "no"),
        ("review-start", "2027-01-31", "2027-02-01"), ("reviewer-justification", "yes", "no"),
    ]),
    *(("approve", one, two) for one in ("approve:no", "no-approval") for two in STAGES),
    ("stages", "stages:1", "stages:2"),
    ("stages", "decide:5", "decide:6"),
    ("stages", "stages:2", "approver:Megan approver:Adele approver:manager"),
    *((field, clauses[0], f"-{clauses[0]}") for field, clauses in SETTINGS.items() if field not in
      ("name", "policy", "renamed", "catalog", "audience", "approve")),
    ("approve", "approver:Megan", "-approve"),
    ("stages", "approver:Megan", "-approver:Megan"),
    ("review", "review:weekly", "-review"),
    ("targets", "users:Megan", "-users:Megan"),
]  # fmt: skip
BESIDE = ['-app:"Old"', 'extension:approved:"HR"', '-question:"When?"', "alternate-after:2"]


@pytest.mark.parametrize(("field", "first", "second"), PAIRS)
@pytest.mark.parametrize("named", [False, True])
def test_every_contradicting_pair_is_named_and_neither_is_taken(
    field: str, first: str, second: str, named: bool
) -> None:
    name = "" if field == "name" or named else '"P" '
    for words in (f"{name}{first} {second}", f"{name}{second} {first}"):
        _contradicts(read(words, named=named), field)


@given(st.sampled_from(PAIRS), st.lists(st.sampled_from(BESIDE), unique=True), st.data())
def test_a_contradiction_is_seen_wherever_it_stands(
    pair: tuple[str, str, str], beside: list[str], data: st.DataObject
) -> None:
    field, *clauses = pair
    said = [*data.draw(st.permutations(clauses)), *beside]

    reading = read(" ".join(data.draw(st.permutations(said))), named=True)

    _contradicts(reading, field)


def _contradicts(reading: Reading, field: str) -> None:
    assert field in {one.field for one in reading.contradictions}
    blank = ReviewWish() if field == "review" else PackageDraft.__dataclass_fields__[field].default
    assert getattr(reading.draft, field) == blank


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("hours:5 days:3", "“hours:5” and “days:3” contradict each other. Say only one of them."),
        ("never until:2027-12-24", "“never” and “until:2027-12-24” contradict each other. Say only one of them."),
        ("expires-after:3 for 2 weeks", "“expires-after:3” and “for 2 weeks” contradict each other."),
        ("for:all-users for:members", "“for:all-users” and “for:members” contradict each other."),
        ("approve:no approver:Megan Bowen", "“approve:no” and “approver:Megan Bowen” contradict each other."),
        ("reviewer:Megan review:no", "“review:no” and “reviewer:Megan” contradict each other."),
        ('"P" name:Q', "“P” and “name:Q” contradict each other."),
        ("hidden -hidden", "“hidden” and “-hidden” contradict each other."),
    ],
)
def test_a_contradiction_is_told_in_the_words_that_were_typed(words: str, text: str) -> None:
    assert [one.text for one in read(words).contradictions] == [
        text if text.endswith("them.") else f"{text} Say only one of them."
    ]


@pytest.mark.parametrize(
    "words",
    [
        "days:14 for 2 weeks",
        "catalog:General catalog:general",
        "for:all-users for:everybody",
        "users:Megan users:Adele",
        "org:Fabrikam org:Tailspin",
        "for:specific users:Megan",
        "review:yes review:weekly",
        "review:weekly review:yes",
        "approver:Megan decide:5 approver:Adele decide:6",
        "approver:Megan approver:Adele stages:1",
        "approver:Megan stages:2",
        "approver:Megan approve:yes",
        "requests:no for:all-users",
        "app:CRM role:Reader -app:CRM",
        'question:"Why?*" -question:"Why?"',
        "approver:Megan -approver:Adele",
        "never ends:never",
        "hidden hide",
        "hidden:no -hidden",
    ],
)
def test_what_can_hold_together_is_no_contradiction(words: str) -> None:
    assert read(f'"P" {words}').contradictions == ()


def test_what_does_not_contradict_is_kept() -> None:
    reading = read('"P" app:CRM days:3 hours:5 catalog:General timeline:yes')

    assert reading.draft == PackageDraft(
        name="P", catalog="General", timeline="yes", resources=read("app:CRM").draft.resources
    )


def test_the_name_a_package_has_contradicts_no_new_one() -> None:
    assert read("name:Q", named=True) == Reading(PackageDraft(name="Q"))
