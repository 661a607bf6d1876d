import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.sharing import added, chosen, read_recipients


@pytest.mark.parametrize(
    ("typed", "addresses", "names"),
    [
        ("adele@contoso.com", ["adele@contoso.com"], []),
        ("Adele Vance, ana@x.com; Megan Bowen", ["ana@x.com"], ["Adele Vance", "Megan Bowen"]),
        ("Ana Silva <ana@x.com>", ["ana@x.com"], []),
        ("“Adele  Vance”\nadele vance", [], ["Adele Vance"]),
        ("ana@x.com ben@x.com", ["ana@x.com", "ben@x.com"], []),
        ("Silva, Ana <ana@x.com>", ["ana@x.com"], []),
        (" , ;\n", [], []),
        ("carla@x.com, Megan Bowen, <b>x</b>", ["carla@x.com"], ["Megan Bowen", "x"]),
        ("Megan Bowen, Ana Silva <ana@x.com>, Adele", ["ana@x.com"], ["Megan Bowen", "Adele"]),
        ('Megan Bowen, "van Silva, Ana" <ana@x.com>', ["ana@x.com"], ["Megan Bowen"]),
        ("ben@x.com, Silva, Ana <ana@x.com>", ["ben@x.com", "ana@x.com"], []),
        ("ben@x.com <ana@x.com>", ["ben@x.com", "ana@x.com"], []),
    ],
)
def test_addresses_and_names_are_told_apart(typed: str, addresses: list[str], names: list[str]) -> None:
    read = read_recipients(typed)

    assert ([one.address for one in read.addresses], list(read.names)) == (addresses, names)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_without_failing_and_nobody_twice(typed: str) -> None:
    read = read_recipients(typed)

    assert len({one.address for one in read.addresses}) == len(read.addresses)
    assert len({one.casefold() for one in read.names}) == len(read.names)


def test_what_is_said_in_addition_joins_what_was_there_once() -> None:
    to = added("ana@x.com, Adele Vance", "adele vance; ben@x.com")

    assert to == "ana@x.com, Adele Vance, ben@x.com"
    assert added("", "ana@x.com") == "ana@x.com"


def test_the_person_who_was_meant_takes_the_place_of_the_name() -> None:
    assert chosen("Adele, ana@x.com", "adele", "adele@x.com") == "adele@x.com, ana@x.com"
    assert chosen("Silva, Ana <ana@x.com>; Adele", "Adele", "adele@x.com") == "Silva, Ana <ana@x.com>; adele@x.com"
