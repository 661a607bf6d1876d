"""A draft is checked field by field: what was chosen, or what is wrong beside which field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.choosing import NO_PACKAGE, Chosen, choose, sponsor_to_find
from bot.domain.drafts import InviteDraft
from bot.domain.ends import Ends
from bot.domain.invites import Way
from bot.domain.people import Person
from tests.domain.tenant import ALEX, ANA, DIRECT, GUEST, INVITED, NOW, PROJECT, UTC_ZONE, survey

MEGAN = Person("megan", "Megan Bowen", "megan@contoso.com")
OBJECT_ID = "44444444-4444-4444-8444-444444444441"
TEXT = st.text(max_size=40)


def chosen(**given: str) -> Chosen:
    draft = InviteDraft(**({"addresses": ANA, "package": INVITED.name} | given))
    people = {
        "megan@contoso.com": MEGAN,
        OBJECT_ID: MEGAN,
        "ben@fabrikam.com": replace(GUEST, address="ben@fabrikam.com"),
        "gone@contoso.com": replace(MEGAN, enabled=False),
    }
    return choose(draft, survey(sponsors=people), now=NOW, zone=UTC_ZONE)


@given(st.builds(InviteDraft, *[TEXT] * 11))
def test_no_draft_breaks_the_check(draft: InviteDraft) -> None:
    checked = choose(draft, survey(), now=NOW, zone=UTC_ZONE)

    assert set(checked.problems) <= set(InviteDraft.__dataclass_fields__)
    assert all(checked.problems.values())


def test_what_is_not_given_takes_its_default() -> None:
    checked = chosen()

    assert checked.problems == {}
    assert (checked.package, checked.way, checked.ends) == (INVITED, Way.LINK, Ends())
    assert (checked.sponsor, checked.language) == (ALEX, "en")


@pytest.mark.parametrize(
    ("given_fields", "field", "says"),
    [
        ({"addresses": ""}, "addresses", "Type an e-mail address"),
        ({"addresses": "ana"}, "addresses", "not an e-mail address"),
        ({"addresses": " ".join(f"a{n}@x.com" for n in range(21))}, "addresses", "At most 20"),
        ({"package": ""}, "package", "Choose"),
        ({"package": "Partner projct"}, "package", "Did you mean “Partner project”?"),
        ({"package": "wibble"}, "package", "There is no access package"),
        ({"way": "owl"}, "way", "Choose how"),
        ({"ends": "never"}, "ends", "Choose how the end"),
        ({"ends": "days"}, "days", "Give the number of days"),
        ({"days": "0"}, "days", "from 1 to"),
        ({"days": "-3 days"}, "days", "Give the number of days"),
        ({"days": "1.5"}, "days", "Give the number of days"),
        ({"days": "٣"}, "days", "Give the number of days"),
        ({"days": "9" * 5000}, "days", "Give the number of days"),
        ({"days": "999999"}, "days", "from 1 to"),
        ({"days": "15"}, "days", "at most"),
        ({"ends": "date"}, "until", "Give a date"),
        ({"until": "31.02.2027"}, "until", "Give a date"),
        ({"until": "2026-11-22"}, "until", "is over"),
        ({"until": "0001-01-01"}, "until", "is over"),
        ({"until": "9999-12-31"}, "until", "at most"),
        ({"sponsor": "Megan Bowen"}, "sponsor", "Nobody here"),
        ({"sponsor": "nobody@contoso.com"}, "sponsor", "Nobody here"),
        ({"sponsor": "ben@fabrikam.com"}, "sponsor", "is a guest"),
        ({"sponsor": "gone@contoso.com"}, "sponsor", "switched off"),
        ({"language": "klingon"}, "language", "I can write in"),
        ({"message": "x" * 1001}, "message", "under 1000"),
        ({"justification": "x" * 501}, "justification", "under 500"),
    ],
)
def test_a_wrong_value_is_told_beside_its_field(given_fields: dict[str, str], field: str, says: str) -> None:
    checked = chosen(**given_fields)

    assert list(checked.problems) == [field]
    assert says in checked.problems[field]


@pytest.mark.parametrize(
    ("given_fields", "ends"),
    [
        ({"days": "14"}, Ends(days=14)),
        ({"ends": "policy", "days": "3"}, Ends(days=3)),
        ({"until": "2026-11-30"}, Ends(on=date(2026, 11, 30))),
        ({"until": "30. November 2026"}, Ends(on=date(2026, 11, 30))),
        ({"until": "2026-11-23"}, Ends(on=date(2026, 11, 23))),
        ({"ends": "days", "days": "3", "until": "2026-11-30"}, Ends(days=3)),
    ],
)
def test_an_end_is_read_from_the_field_that_counts(given_fields: dict[str, str], ends: Ends) -> None:
    checked = chosen(**given_fields)

    assert checked.problems == {}
    assert checked.ends == ends


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("me", ALEX),
        (" ME ", ALEX),
        ("Megan@Contoso.com", MEGAN),
        ("<megan@contoso.com>", MEGAN),
        ("Megan Bowen <megan@contoso.com>", MEGAN),
        (OBJECT_ID.upper(), MEGAN),
    ],
)
def test_a_sponsor_is_found_however_they_are_written(typed: str, person: Person) -> None:
    checked = chosen(sponsor=typed)

    assert checked.problems == {}
    assert checked.sponsor == person


@given(st.text(max_size=300))
def test_only_an_address_or_an_object_id_is_looked_up_as_a_sponsor(typed: str) -> None:
    wanted = sponsor_to_find(InviteDraft(sponsor=typed))

    assert wanted == "" or "@" in wanted or len(wanted) == 36


@pytest.mark.parametrize(
    "typed", ["p2", "partner project", "the Partner project", "Partner project package", "Partner"]
)
def test_a_package_is_found_however_it_is_called(typed: str) -> None:
    assert chosen(package=typed, way="link").package == PROJECT


def test_two_packages_of_one_name_are_told_apart_by_their_catalogs() -> None:
    twin = replace(PROJECT, id="p3", name=INVITED.name)
    draft = InviteDraft(addresses=ANA, package=INVITED.name)

    checked = choose(draft, survey(packages=(INVITED, twin)), now=NOW, zone=UTC_ZONE)

    assert "in General" in checked.problems["package"]
    assert "in Partners" in checked.problems["package"]


def test_only_inviting_needs_no_package() -> None:
    checked = chosen(package=NO_PACKAGE)

    assert checked.only_invite
    assert checked.problems == {}


def test_a_package_nobody_can_ask_for_is_assigned() -> None:
    direct = replace(INVITED, policies=(DIRECT,))
    draft = InviteDraft(addresses=ANA, package=direct.name)

    checked = choose(draft, survey(packages=(direct,)), now=NOW, zone=UTC_ZONE)

    assert checked.way is Way.ASSIGN
