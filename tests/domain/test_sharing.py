import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.sharing import read_recipients


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
