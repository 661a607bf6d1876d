"""A Graph user as a person."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.graph.people import is_object_id, leading_to, person_of

ID = "55555555-5555-4555-8555-555555555552"


@pytest.mark.parametrize(
    ("user", "address"),
    [
        ({"mail": "a@b.c", "otherMails": ["x@y.z"]}, "a@b.c"),
        ({"mail": None, "otherMails": ["x@y.z"]}, "x@y.z"),
        ({"userPrincipalName": "ben_fabrikam.com#EXT#@contoso.onmicrosoft.com"}, "ben@fabrikam.com"),
        ({"userPrincipalName": "ben_ortiz_fabrikam.com#EXT#@contoso.onmicrosoft.com"}, "ben_ortiz@fabrikam.com"),
        (
            {"userPrincipalName": f"{ID.replace('-', '')}ben_fabrikam.com#EXT#@contoso.onmicrosoft.com"},
            "ben@fabrikam.com",
        ),
        ({"userPrincipalName": "alex@contoso.com"}, "alex@contoso.com"),
        ({"userPrincipalName": "odd#EXT#@contoso.onmicrosoft.com"}, ""),
        ({}, ""),
    ],
)
def test_the_address_is_where_mail_reaches_them(user: dict, address: str):
    assert person_of({"id": ID, **user}).address == address


@pytest.mark.parametrize("user", [{}, {"accountEnabled": None, "userType": None, "externalUserState": "Strange"}])
def test_missing_and_strange_facts_do_no_harm(user: dict):
    person = person_of({"id": ID, **user})

    assert (person.name, person.enabled, person.is_guest, person.redemption) == (ID, True, False, None)


@pytest.mark.parametrize("text", ["", "me", ID[:-1], ID + "/x", "{" + ID + "}", "urn:uuid:" + ID, ID.replace("-", "")])
def test_only_an_object_id_is_one(text: str):
    assert is_object_id(ID)
    assert not is_object_id(text)


@given(st.text())
def test_an_address_cannot_leave_its_place_in_the_filter(address: str):
    quoted = re.findall(r"'(?:[^']|'')*'", leading_to(address))

    found = [text[1:-1].replace("''", "'") for text in quoted]
    assert found == [address, address, address, f"smtp:{address}"]
