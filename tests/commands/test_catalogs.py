"""What people type for catalogs, roles, partners and settings is read as they mean it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import dispatch, registry
from bot.commands.dispatch import Found
from bot.domain import clauses
from bot.domain.building import partners
from bot.domain.building.delegation import role_in
from bot.domain.building.organizations import ConnectedOrganization, IdentitySource
from bot.domain.roles import CatalogRole
from bot.domain.turns import Caller, Conversation, Place, Turn

TEXT = st.text(max_size=60)
NAME = st.text(alphabet=st.characters(categories=("L", "N")), min_size=1, max_size=20)
FABRIKAM = ConnectedOrganization("o1", "Fabrikam", sources=(IdentitySource("Fabrikam", domain="fabrikam.com"),))


def read(sentence: str) -> Any:
    """What the command that a sentence names makes of it."""
    found = dispatch.find(Turn("k", Caller("p"), Conversation("a:1", Place.PERSONAL, "{}"), sentence))
    assert isinstance(found, Found), found
    return found.command.parse(found.words, {})


@pytest.mark.parametrize(
    ("sentence", "command"),
    [
        ("catalog Partners", "catalog"),
        ("catalog new Partners", "catalog new"),
        ("catalogs", "catalogs"),
        ("Catalog  Publish Partners", "catalog publish"),
        ("delegate catalog-creator lee@contoso.com", "delegate"),
        ("org add fabrikam.com", "org add"),
        ("org Fabrikam", "org"),
        ("settings", "settings guests"),
    ],
)
def test_two_words_name_a_command_before_one_does(sentence: str, command: str) -> None:
    found = dispatch.find(Turn("k", Caller("p"), Conversation("a:1", Place.PERSONAL, "{}"), sentence))

    assert isinstance(found, Found)
    assert found.command is registry.by_word()[command]


@pytest.mark.parametrize(
    ("sentence", "catalog", "role", "person"),
    [
        ('delegate catalog "Partners" owner adele@contoso.com', "Partners", CatalogRole.OWNER, "adele@contoso.com"),
        (
            "delegate catalog Partners to adele@contoso.com as reader",
            "Partners",
            CatalogRole.READER,
            "adele@contoso.com",
        ),
        (
            "delegate adele@contoso.com package manager of My Partners",
            "My Partners",
            CatalogRole.PACKAGE_MANAGER,
            "adele@contoso.com",
        ),
        (
            "delegate catalog “Partners” assignment-manager <adele@contoso.com>",
            "Partners",
            CatalogRole.ASSIGNMENT_MANAGER,
            "adele@contoso.com",
        ),
        ('delegate catalog:"Owner files" role:reader person:x@y.z', "Owner files", CatalogRole.READER, "x@y.z"),
        ("delegate catalog-creator lee@contoso.com", "", CatalogRole.CREATOR, "lee@contoso.com"),
        ("delegate catalog creator lee@contoso.com", "", CatalogRole.CREATOR, "lee@contoso.com"),
        ('delegate catalog "Partners" owner "Adele Vance"', "Partners", CatalogRole.OWNER, "Adele Vance"),
        ('delegate catalog-creator "Lee Gu"', "", CatalogRole.CREATOR, "Lee Gu"),
        ('delegate "Partners"', "Partners", None, ""),
        ("delegate", "", None, ""),
    ],
)
def test_a_delegation_is_read_in_any_order(sentence: str, catalog: str, role: CatalogRole | None, person: str) -> None:
    wanted = read(sentence)

    assert (wanted.which.name, wanted.role, wanted.person, wanted.notes) == (catalog, role, person, ())
    assert wanted.everywhere is (role is CatalogRole.CREATOR)


@pytest.mark.parametrize(
    "sentence",
    [
        'delegate catalog "Partners" boss adele@contoso.com',
        'delegate catalog "Partners" owner adele@contoso.com lee@contoso.com',
        'delegate catalog "Partners" "General" owner adele@contoso.com',
        "delegate catalog:Partners creator lee@contoso.com",
        "delegate catalog Partners creator lee@contoso.com",
    ],
)
def test_what_a_delegation_leaves_open_is_said(sentence: str) -> None:
    assert read(sentence).notes


@pytest.mark.parametrize("sentence", ['catalog unpublish "Partners" "General"', 'org remove "A" and "B"'])
def test_what_stands_behind_the_name_is_not_dropped_silently(sentence: str) -> None:
    assert read(sentence).which.others


@pytest.mark.parametrize(
    ("sentence", "old", "new"),
    [
        ('catalog rename "Partners" to "Allies"', "Partners", "Allies"),
        ("catalog rename Partners to Our Allies", "Partners", "Our Allies"),
        ('catalog rename "Partners" "Allies"', "Partners", "Allies"),
        ('catalog rename "Partners" to Allies', "Partners", "Allies"),
        ('catalog rename "Partners"', "Partners", None),
    ],
)
def test_a_new_name_is_told_from_the_old_one(sentence: str, old: str, new: str | None) -> None:
    wanted = read(sentence)

    assert (wanted.which.name, wanted.name) == (old, new)


@pytest.mark.parametrize(
    ("sentence", "source", "name"),
    [
        ("org add fabrikam.com", "fabrikam.com", ""),
        ('org add "Fabrikam Inc." fabrikam.com', "fabrikam.com", "Fabrikam Inc."),
        ('org add fabrikam.com name:"Fabrikam"', "fabrikam.com", "Fabrikam"),
        ("org add tenant:bbbbbbbb-0000-4000-8000-000000000001", "bbbbbbbb-0000-4000-8000-000000000001", ""),
        ("org add", "", ""),
        ("org add not a domain", "not a domain", ""),
    ],
)
def test_a_partner_is_read_with_or_without_a_name(sentence: str, source: str, name: str) -> None:
    wanted = read(sentence)

    assert (wanted.source, wanted.name) == (source, name)


@pytest.mark.parametrize(
    ("sentence", "ending", "days", "unknown"),
    [
        ("settings guests block-and-delete after 30 days", "block-and-delete", "30", ""),
        ("settings guests block and delete after 2 weeks", "block-and-delete", "14", ""),
        ("settings guests delete days:7", "delete", "7", ""),
        ("settings guests block", "block", "", ""),
        ("settings guests none", "none", "", ""),
        ("settings guests", "", "", ""),
        ("settings guests wibble", "", "", "wibble"),
        ("settings guests delete after -3 days", "delete", "-3 days", ""),
    ],
)
def test_what_becomes_of_guests_is_read_from_a_sentence(sentence: str, ending: str, days: str, unknown: str) -> None:
    wanted = read(sentence)

    assert (wanted.ending, wanted.days, wanted.unknown) == (ending, days, unknown)
    assert not wanted.sure


@pytest.mark.parametrize(
    "sentence",
    [
        'undelegate catalog "Partners" owner adele@contoso.com yes',
        'org remove "Fabrikam" yes',
        'catalog unpublish "Partners" yes',
        "settings guests delete after 1 day yes",
    ],
)
def test_only_a_card_can_say_yes(sentence: str) -> None:
    assert not read(sentence).sure


@given(TEXT)
def test_no_sentence_breaks_the_reading_of_clauses(words: str) -> None:
    found = clauses.read(words, ("catalog", "role"))

    assert isinstance(found.name, str)
    assert set(found.given) <= {"catalog", "role"}


@given(NAME, NAME)
def test_what_is_quoted_is_kept_whole(first: str, second: str) -> None:
    found = clauses.read(f'catalog:"{first} {second}" «{second} {first}» {first}', ("catalog",))

    assert found.given["catalog"].split() == clauses.read(f"{first} {second}").name.split()
    assert len(found.quoted) == 1


def test_a_colon_names_something_only_where_it_is_asked_for() -> None:
    found = clauses.read('site:https://contoso.example/x other:y "a:b"', ("site",))

    assert (found.given, found.bare, found.quoted) == ({"site": "https://contoso.example/x"}, ("other:y",), ("a:b",))


@pytest.mark.parametrize("role", list(CatalogRole))
def test_every_role_is_found_by_its_own_name(role: CatalogRole) -> None:
    assert role_in(["make", "her", *role.value.lower().split(), "please"]) == (role, ("make", "her", "please"))


@given(st.lists(TEXT, max_size=6))
def test_no_words_break_the_reading_of_roles(words: list[str]) -> None:
    role, rest = role_in(words)

    assert role is not None or rest == tuple(words)


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("Fabrikam.com", "fabrikam.com"),
        ("@fabrikam.com", "fabrikam.com"),
        ("Bücher.example", "xn--bcher-kva.example"),
        ("x" * 70 + "ü.example", ""),
        ("https://www.fabrikam.com/about", "fabrikam.com"),
        ("ana@fabrikam.com", "fabrikam.com"),
        ("fabrikam", ""),
        ("fabri kam.com", ""),
        ("", ""),
        ("https://", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_domain_is_read_however_it_is_written(typed: str, domain: str) -> None:
    partner = partners.read(typed)

    assert (partner.domain, bool(partner.problem)) == (domain, not domain)


@given(TEXT)
def test_a_partner_is_a_domain_or_a_tenant_or_a_problem(typed: str) -> None:
    partner = partners.read(typed)

    assert sum(bool(part) for part in (partner.domain, partner.tenant_id, partner.problem)) == 1


@pytest.mark.parametrize(
    ("typed", "name", "alike"),
    [
        ("mail.fabrikam.com", "Mail", True),
        ("fabrikarn.com", "Other", True),
        ("northwind.com", "fabrikam", True),
        ("northwind.com", "Northwind", False),
    ],
)
def test_partners_much_like_one_another_are_noticed(typed: str, name: str, alike: bool) -> None:
    assert bool(partners.alike(partners.read(typed), name, [FABRIKAM])) is alike


@pytest.mark.parametrize(
    ("typed", "name"), [("fabrikam.com", "Fabrikam"), ("a.b.contoso.co", "Contoso"), ("bücher.example", "Bücher")]
)
def test_a_partner_without_a_name_is_called_after_its_domain(typed: str, name: str) -> None:
    assert partners.read(typed).usual_name == name


def test_a_partner_is_connected_when_the_very_domain_is() -> None:
    assert partners.connected(partners.read("FABRIKAM.com"), [FABRIKAM]) == FABRIKAM
    assert partners.connected(partners.read("fabrikam.de"), [FABRIKAM]) is None
