"""Sentences are read as people type them, and nothing that is typed breaks the reading."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import dispatch
from bot.domain import sentence
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
        ("a@x.com until tomorrow", {"ends": "date", "until": "tomorrow"}),
        ("a@x.com until next Friday because audit", {"until": "next friday", "justification": "audit"}),
        ("a@x.com until the end of the month", {"until": "end of the month"}),
        ("a@x.com until:end of month sponsor me", {"until": "end of month", "sponsor": "me"}),
        ('a@x.com to "P" by friday', {"package": "P", "until": "friday"}),
        ("a@x.com because we need him until monday", {"justification": "we need him", "until": "monday"}),
        ("a@x.com until Dec 24, 2027", {"ends": "date", "until": "2027-12-24"}),
        ("a@x.com “Partner project”", {"package": "Partner project"}),
        ("a@x.com to „Partner project“", {"package": "Partner project"}),
        ("a@x.com to Partner project for 3 days", {"package": "Partner project", "days": "3"}),
        ("a@x.com assign", {"way": "assign"}),
        ("a@x.com by link", {"way": "link"}),
        ("a@x.com saying welcome to us", {"message": "welcome to us"}),
        (
            'a@x.com because "we go to the fair in March for 3 days"',
            {"justification": "we go to the fair in March for 3 days"},
        ),
        ('"Silva, Ana" <a@x.com>', {"addresses": "Silva, Ana <a@x.com>"}),
        ("a@x.com for a week", {"days": "7"}),
        ("a@x.com for fourteen days", {"days": "14"}),
        ("a@x.com 14 days", {"days": "14"}),
        ("a@x.com 14d", {"days": "14"}),
        ("a@x.com for a fortnight", {"days": "14", "package": None, "justification": None}),
        ("a@x.com to Partner project.", {"package": "Partner project"}),
        ('<a href="mailto:a@x.com">a@x.com</a> to P', {"addresses": "a@x.com", "package": "P"}),
        ("a@x.com ends in 3 weeks", {"days": "21", "until": None}),
        ("a@x.com für 14 Tage", {"days": "14"}),
        ("a@x.com for 0 days", {"days": "0"}),
        ("a@x.com for -3 days", {"days": "-3 days", "package": None}),
        ("a@x.com for 1.5 days", {"days": "1.5 days", "package": None}),
        ("a@x.com until 24. Dezember 2027", {"until": "2027-12-24"}),
        ("a@x.com until 24 de diciembre de 2027", {"until": "2027-12-24"}),
        ("a@x.com until 31.02.2027", {"ends": "date", "until": "31.02.2027"}),
        ("a@x.com until 24 December because audit", {"until": "24 december", "justification": "audit"}),
        ("a@x.com until 24/12/2027", {"until": "24/12/2027"}),
        ("a@x.com by 2027-12-24", {"until": "2027-12-24"}),
        ("a@x.com to ‚Partner project‘", {"package": "Partner project"}),
        ("a@x.com to ‘Partner project’", {"package": "Partner project"}),
        ("a@x.com to 'Partner project' for 3 days", {"package": "Partner project", "days": "3"}),
        ("a@x.com to »Partner project«", {"package": "Partner project"}),
        ("a@x.com to «Partner project»", {"package": "Partner project"}),
        ('a@x.com to „Partner project"', {"package": "Partner project"}),
        ('a@x.com to the access package "Partner project"', {"package": "Partner project"}),
        ('a@x.com to "Access to Berlin until 2027 for 3 days"', {"package": "Access to Berlin until 2027 for 3 days"}),
        ("a@x.com to Message board for 3 days", {"package": "Message board", "days": "3"}),
        ("a@x.com to Partner project in German", {"package": "Partner project", "language": "de"}),
        ("a@x.com to Partner project 14 days", {"package": "Partner project", "days": "14"}),
        ('a@x.com to:"P" days:3 reason:"x"', {"package": "P", "days": "3", "justification": "x"}),
        ('a@x.com for the yearly audit to "P"', {"package": "P", "justification": "the yearly audit"}),
        (
            'a@x.com because we need it for the audit in March to "P" for 3 days',
            {"justification": "we need it for the audit in March", "package": "P", "days": "3"},
        ),
        ("a@x.com because our sponsor wants it by June", {"justification": "our sponsor wants it by June"}),
        ("a@x.com because they've asked", {"justification": "they've asked"}),
        ("a@x.com sponsor Megan Bowen <m@y.com>", {"addresses": "a@x.com", "sponsor": "m@y.com"}),
        ("a@x.com sponsored by [m@y.com](mailto:m@y.com)", {"sponsor": "m@y.com"}),
        ("a@x.com sponsor me", {"sponsor": "me"}),
        ("<div>a@x.com</div> to <b>Partner project</b>", {"addresses": "a@x.com", "package": "Partner project"}),
        ("[a@x.com](mailto:a@x.com) and mailto:b@x.com", {"addresses": "a@x.com, b@x.com"}),
        ("😀 a@x.com 😀", {"addresses": "a@x.com"}),
        ("a\x00@x.com", {"addresses": "a@x.com"}),
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


def test_a_person_the_reason_mentions_is_no_guest() -> None:
    draft = sentence.read("a@x.com because b@y.com asked for it").draft

    assert (draft.addresses, draft.justification) == ("a@x.com", "b@y.com asked for it")


@given(st.permutations(["a@x.com", "because we need it for the audit in March", 'to "P"', "for 3 days", "in German"]))
def test_a_reason_without_quotation_marks_ends_where_the_next_clause_begins(clauses: list[str]) -> None:
    reading = sentence.read(" ".join(clauses))

    assert reading.draft.justification == "we need it for the audit in March"
    assert (reading.draft.addresses, reading.draft.package, reading.draft.days) == ("a@x.com", "P", "3")
    assert (reading.draft.language, reading.unknown) == ("de", [])


@pytest.mark.parametrize(
    "signature", ["\n--\nAlex\nalex@y.com", "\n\nBest regards,\nAlex alex@y.com", "\nMit freundlichen Grüßen\nx@y.com"]
)
def test_a_pasted_signature_invites_nobody(signature: str) -> None:
    reading = sentence.read("a@x.com for 3 days" + signature)

    assert reading.draft == InviteDraft(addresses="a@x.com", ends="days", days="3")
    assert not reading.unknown


def test_a_quoted_message_keeps_its_regards() -> None:
    draft = sentence.read('a@x.com message "Welcome!\nBest regards\nAlex" for 3 days').draft

    assert (draft.message, draft.days) == ("Welcome!\nBest regards\nAlex", "3")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a@x.com for 3 days until 2027-12-24", "until 2027-12-24"),
        ("a@x.com until 2027-12-24 for 3 days", "for 3 days"),
        ('a@x.com to "P" to "Q"', "Q"),
        ("a@x.com for 3 days for 4 days", "4"),
        ("a@x.com sponsor", "sponsor"),
        ("a@x.com because", "because"),
        ("a@x.com until", "until"),
    ],
)
def test_what_contradicts_or_lacks_its_value_is_named(text: str, named: str) -> None:
    reading = sentence.read(text)

    assert [word for word, _ in reading.unknown] == [named]


def test_ten_kilobytes_are_read_in_a_moment() -> None:
    began = time.process_time()

    sentence.read("becuse wibbl sponsr " * 500)

    assert time.process_time() - began < 1.0


def test_words_that_fit_nowhere_are_named() -> None:
    reading = sentence.read("a@x.com wibble")

    assert [word for word, _ in reading.unknown] == ["wibble"]


@pytest.mark.parametrize("end", ["?", "!", ".", " please?"])
def test_a_sentence_may_end_as_sentences_do(end: str) -> None:
    reading = sentence.read(f"a@x.com to Partner project for 14 days{end}")

    assert (reading.draft.package, reading.draft.days, reading.unknown) == ("Partner project", "14", [])
