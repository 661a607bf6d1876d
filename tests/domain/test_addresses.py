"""Addresses are read as people paste them; what is wrong with one is said, and a trap is told from a neighbour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import addresses, text
from bot.domain.lookalike import MAIL_HOSTS, lookalike

PASTED = st.text(st.sampled_from("ana@x.com,; <>\"'([)]\n\t-+_\x00\u200b\u0430İ.ß|"), max_size=80) | st.text(
    max_size=200
)
LOCAL = st.from_regex(r"[a-z0-9_]+(?:[.'-][a-z0-9_]+)?", fullmatch=True).map(lambda one: one[:40].rstrip(".'-"))


@given(PASTED)
def test_reading_never_fails_and_gives_each_address_once_in_its_plain_form(pasted: str) -> None:
    found = addresses.read(pasted)

    assert len({one.address for one in found}) == len(found)
    for one in found:
        assert one.address == one.address.lower().strip()
        assert one.problem or one.address.count("@") == 1


@given(PASTED)
def test_judging_twice_says_the_same(typed: str) -> None:
    once = addresses.judge(typed)

    assert addresses.judge(once.address) == once


@given(PASTED)
def test_what_was_read_is_read_again_as_the_same(pasted: str) -> None:
    usable = [one for one in addresses.read(pasted) if not one.problem]

    again = addresses.read(", ".join(f"{one.name} <{one.address}>" if one.name else one.address for one in usable))

    assert [one.address for one in again] == [one.address for one in usable]


@given(st.lists(LOCAL, min_size=1, max_size=5, unique=True), st.sampled_from([", ", "; ", " ", "\n", ",", ";"]))
def test_however_they_are_parted_all_addresses_are_found_in_order(locals_: list[str], between: str) -> None:
    typed = [f"{local}@fabrikam.com" for local in locals_]

    found = addresses.read(between.join(typed))

    assert [one.address for one in found] == typed
    assert not any(one.problem for one in found)


@pytest.mark.parametrize(
    ("pasted", "address", "name"),
    [
        ("Ana Silva <ana@x.com>", "ana@x.com", "Ana Silva"),
        ('"Silva, Ana" <ana@x.com>', "ana@x.com", "Ana Silva"),
        ("Silva, Ana <ana@x.com>", "ana@x.com", "Ana Silva"),
        ("Ana<ana@x.com>", "ana@x.com", "Ana"),
        ("<<ana@x.com>>", "ana@x.com", ""),
        ("<mailto:ana@x.com>", "ana@x.com", ""),
        ("MAILTO:Ana@X.com", "ana@x.com", ""),
        ("[Ana](mailto:ana@x.com)", "ana@x.com", ""),
        ("(ana@x.com)", "ana@x.com", ""),
        ("“ana@x.com”", "ana@x.com", ""),
        ("ana@x.com!", "ana@x.com", ""),
        ("<b>ana@x.com</b>", "ana@x.com", ""),
        ('<a href="mailto:ana@x.com">ana@x.com</a>', "ana@x.com", ""),
        ("a\x00n\u200ba@x.com", "ana@x.com", ""),
        ("\U0001d41ana@x.com", "ana@x.com", ""),
        ("o'brien@x.com", "o'brien@x.com", ""),
    ],
)
def test_an_address_is_found_in_what_people_paste(pasted: str, address: str, name: str) -> None:
    found = addresses.read(pasted)

    assert found == (addresses.Address(address, name),)


def test_a_name_with_a_comma_parts_nothing_and_swallows_nobody() -> None:
    found = addresses.read("ben@y.com, Silva, Ana <ana@x.com>, carl@z.com")

    assert [(one.address, one.name) for one in found] == [
        ("ben@y.com", ""),
        ("ana@x.com", "Ana Silva"),
        ("carl@z.com", ""),
    ]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("ana", "not an e-mail address"),
        ("a@", "not an e-mail address"),
        ("@x.com", "not an e-mail address"),
        ("a@x", "not a domain"),
        ("a@x.1", "not a domain"),
        ("a@x.c", "not a domain"),
        ("a@-x.com", "not a domain"),
        ("a@x..com", "not a domain"),
        ("a@[1.2.3.4]", "not a domain"),
        ("a+b@x.com", "before the @: +"),
        ("a@@x.com", "before the @: @"),
        ("a..b@x.com", "in a place where none can be"),
        (".a@x.com", "in a place where none can be"),
        ("a-@x.com", "in a place where none can be"),
        ("\u0430na@x.com", "cyrillic small letter a"),
        ("ana@x.c\u03bfm", "greek small letter omicron"),
        ("anä@x.com", "only the letters a to z"),
        ("a" * 300 + "@x.com", "too long"),
    ],
)
def test_what_cannot_be_an_address_says_why(bad: str, says: str) -> None:
    found = addresses.read(bad)

    assert len(found) == 1
    assert says in found[0].problem


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmal.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gnail.com", "gmail.com"),
        ("grnail.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("outlok.com", "outlook.com"),
        ("0utlook.com", "outlook.com"),
        ("hotmial.com", "hotmail.com"),
        ("yaho.com", "yahoo.com"),
        ("iclod.com", "icloud.com"),
        ("tonline.de", "t-online.de"),
    ],
)
def test_a_slip_in_a_mail_host_is_noticed(typed: str, meant: str) -> None:
    assert lookalike(f"a@{typed}") == f"a@{meant}"


@pytest.mark.parametrize(
    "domain",
    "fabrikam.com contoso.com northwindtraders.com mail.de mail.com email.com ymail.com me.com mac.com gmx.at gmx.ch "
    "live.nl life.com love.com five.com ms.com zoom.com web.com main.com free.com orange.com outlook.dk outlook.it "
    "yahoo.de yahoo.es hotmail.it gmail.de protonmail.ch proton.com telekom.de t-online.com sub.gmail.com".split(),
)
def test_a_domain_that_only_resembles_one_is_left_alone(domain: str) -> None:
    assert lookalike(f"a@{domain}") == ""


@pytest.mark.parametrize("host", MAIL_HOSTS)
def test_a_mail_host_itself_is_never_a_slip(host: str) -> None:
    assert lookalike(f"a@{host}") == ""


@pytest.mark.parametrize(
    ("typed", "noticed"),
    [("contosso.com", True), ("c0ntoso.com", True), ("contoso.org", False), ("contoso-group.com", False)],
)
def test_a_neighbour_of_a_domain_in_use_is_noticed(typed: str, noticed: bool) -> None:
    assert bool(lookalike(f"a@{typed}", ["contoso.com"])) is noticed


@given(st.text(max_size=60))
def test_looking_for_a_slip_never_fails(typed: str) -> None:
    meant = lookalike(typed)

    assert meant == "" or meant.rpartition("@")[2] in MAIL_HOSTS


@given(st.text(max_size=120))
def test_clean_text_has_nothing_invisible_and_stays_as_it_is(typed: str) -> None:
    cleaned = text.clean(typed)

    assert text.clean(cleaned) == cleaned
    assert not set(cleaned) & set("\x00\u200b\u202e\t\r")
