"""Addresses and sentences are read as people type them, and nothing that is typed breaks the reading."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import dispatch
from bot.domain import addresses, sentence
from bot.domain.drafts import InviteDraft
from bot.domain.turns import Caller, Conversation, Place, Turn

CLAUSES = (
    "ana@fabrikam.com",
    'to "Invited users package"',
    "for 14 days",
    'because "the audit"',
    "sponsor megan@contoso.com",
    "in German",
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.permutations(CLAUSES))
def test_clauses_mean_the_same_in_any_order(clauses: list[str]) -> None:
    draft = sentence.read(" ".join(clauses)).draft

    assert draft == sentence.read(" ".join(CLAUSES)).draft
    assert (draft.package, draft.days, draft.language) == ("Invited users package", "14", "de")


@given(st.text(max_size=300))
def test_reading_a_sentence_never_fails(text: str) -> None:
    reading = sentence.read(text)

    assert isinstance(reading.draft, InviteDraft)


@given(st.text(max_size=200))
def test_reading_addresses_never_fails_and_is_stable(text: str) -> None:
    found = addresses.read(text)

    for one in found:
        assert one.address == one.address.lower()
        if not one.problem:
            assert addresses.judge(one.address).address == one.address
            assert one.address.count("@") == 1


@given(st.text(max_size=100), st.dictionaries(st.text(max_size=10), JSON, max_size=5) | st.just({}))
def test_finding_a_command_never_fails(words: str, value: dict[str, object]) -> None:
    chat = Conversation("a:1", Place.PERSONAL, "{}")

    found = dispatch.find(Turn("k", Caller("p"), chat, words, value))

    assert found is not None


@given(st.dictionaries(st.sampled_from(["addresses", "package", "days", "sure", "x"]), JSON))
def test_a_draft_takes_any_card_value(value: dict[str, object]) -> None:
    draft = InviteDraft.from_json(value)

    assert all(isinstance(one, str) for one in draft.to_json().values())
    assert InviteDraft.from_json(draft.to_json()) == draft


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a@x.com for 2 weeks", {"ends": "days", "days": "14"}),
        ("a@x.com for one month", {"ends": "days", "days": "30"}),
        ("a@x.com for 30d", {"ends": "days", "days": "30"}),
        ("a@x.com days:7", {"ends": "days", "days": "7"}),
        ("a@x.com until 24.12.2027", {"ends": "date", "until": "2027-12-24"}),
        ("a@x.com until 24 December 2027", {"ends": "date", "until": "2027-12-24"}),
        ("a@x.com until Dec 24, 2027", {"ends": "date", "until": "2027-12-24"}),
        ("a@x.com “Partner project”", {"package": "Partner project"}),
        ("a@x.com to „Partner project“", {"package": "Partner project"}),
        ("a@x.com to Partner project for 3 days", {"package": "Partner project", "days": "3"}),
        ("a@x.com assign", {"way": "assign"}),
        ("a@x.com by link", {"way": "link"}),
        ("a@x.com saying welcome to us", {"message": "welcome"}),
        (
            'a@x.com because "we go to the fair in March for 3 days"',
            {"justification": "we go to the fair in March for 3 days"},
        ),
        ('"Silva, Ana" <a@x.com>', {"addresses": "Silva Ana <a@x.com>"}),
    ],
)
def test_a_clause_is_understood(text: str, expected: dict[str, str]) -> None:
    given_fields = sentence.read(text).draft.to_json()

    assert {name: given_fields.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("typed", "meant"), [("becuse", "because"), ("sponser", "sponsor"), ("untill", "until"), ("langauge", "language")]
)
def test_a_misspelt_clause_is_read_and_said(typed: str, meant: str) -> None:
    reading = sentence.read(f"a@x.com {typed} b@y.com")

    assert reading.corrected == [(typed, meant)]


def test_words_that_fit_nowhere_are_named() -> None:
    reading = sentence.read("a@x.com wibble")

    assert [word for word, _ in reading.unknown] == ["wibble"]


@pytest.mark.parametrize(
    "bad", ["a@", "@x.com", "a b@x", "a@x", "a+b@x.com", "a@@x.com", "a..b@x.com", "a@x.1", "a@-x.com"]
)
def test_what_cannot_be_an_address_says_why(bad: str) -> None:
    assert any(one.problem for one in addresses.read(bad))


@pytest.mark.parametrize("domain", ["gmial.com", "gmal.com", "outlok.com", "hotmial.com", "yaho.com"])
def test_a_slip_in_a_mail_host_is_noticed(domain: str) -> None:
    assert addresses.lookalike(f"a@{domain}").startswith("a@")


@pytest.mark.parametrize(
    "domain",
    [
        "gmail.com",
        "fabrikam.com",
        "contoso.com",
        "mail.de",
        "me.com",
        "northwindtraders.com",
        "gmx.at",
        "live.nl",
        "web.com",
    ],
)
def test_a_domain_that_only_resembles_one_is_left_alone(domain: str) -> None:
    assert addresses.lookalike(f"a@{domain}") == ""


def test_the_same_address_twice_is_one() -> None:
    assert len(addresses.read("a@x.com, A@X.com; a@x.com")) == 1


def test_every_order_of_three_addresses_keeps_all_three() -> None:
    for order in permutations(["a@x.com", "b@x.com", "c@x.com"]):
        assert [one.address for one in addresses.read(" ".join(order))] == list(order)
