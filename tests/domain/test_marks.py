import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import marks


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("30,14,7,1,0", (30, 14, 7, 1, 0)),
        ("21, 3 and 0 days", (21, 3, 0)),
        ("0 7 7 30", (30, 7, 0)),
        ("14d;1d", (14, 1)),
        ("off", ()),
        ("none", ()),
    ],
)
def test_a_schedule_is_read_as_people_write_it(typed: str, found: tuple[int, ...]) -> None:
    assert marks.read(typed) == found


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("soon", "“soon” is no whole number"),
        ("7,-1", "“-1” is no whole number"),
        ("1.5", "“1.5” is no whole number"),
        ("30,,x", "“x” is no whole number"),
        ("off 7", "“off” is no whole number"),
        ("٣", "no whole number"),
        ("", "Give whole numbers of days"),
        ("99999", "99999 days are more"),
        (",".join(map(str, range(13))), "12 are the most"),
    ],
)
def test_what_is_no_schedule_is_told_in_plain_words(typed: str, said: str) -> None:
    with pytest.raises(marks.NoMarks, match=said):
        marks.read(typed)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_schedule_or_is_refused_in_words(typed: str) -> None:
    found = None
    with contextlib.suppress(marks.NoMarks):
        found = marks.read(typed)

    if found is not None:
        assert list(found) == sorted(set(found), reverse=True)
        assert marks.read(marks.written(found)) == found


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((30, 14, 0), "30 and 14 days before the end and on the day it ends"),
        ((1,), "1 day before the end"),
        ((0,), "on the day it ends"),
        ((), "no notices"),
    ],
)
def test_a_schedule_reads_as_a_sentence(given: tuple[int, ...], said: str) -> None:
    assert marks.in_words(given) == said
