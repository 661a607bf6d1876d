from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notices import (
    HUSHED,
    OVERDUE,
    Ending,
    counting,
    counts,
    due,
    first_look,
    in_use,
    moment,
    moved,
    next_look,
)

MARKS = (30, 14, 7, 1, 0)
BERLIN = ZoneInfo("Europe/Berlin")
UTC_ZONE = ZoneInfo("UTC")
END = datetime(2026, 12, 4, 16, 0, tzinfo=UTC)
LONG = Ending("a1", END, "ana", "p1", since=END - timedelta(days=90))

zones = st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns"])
schedules = st.lists(st.integers(0, 60), max_size=8, unique=True).map(lambda found: tuple(sorted(found, reverse=True)))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
spans = st.timedeltas(timedelta(0), timedelta(days=120))
endings = st.builds(
    lambda end, length: Ending("a1", end.replace(microsecond=0), "ana", "p1", since=end - length), moments, spans
)
looks = st.lists(st.timedeltas(timedelta(days=-100), timedelta(days=20)), max_size=30)


def told_at(
    ending: Ending, marks: tuple[int, ...], times: list[datetime], zone: ZoneInfo
) -> list[tuple[int, datetime]]:
    """What one person is told when Usher looks at these times."""
    told: list[tuple[int, datetime]] = []
    for now in times:
        mark = due(ending, marks, now, zone, {one for one, _ in told})
        if mark is not None:
            told.append((mark, now))
    return told


@given(endings, schedules, looks, zones)
def test_each_mark_is_told_once_nearer_ones_later_whatever_the_clock_does(
    ending: Ending, marks: tuple[int, ...], steps: list[timedelta], name: str
) -> None:
    told = told_at(ending, marks, [ending.ends_at + step for step in steps], ZoneInfo(name))

    told_marks = [mark for mark, _ in told]
    assert told_marks == sorted(set(told_marks), reverse=True)
    assert set(told_marks) <= set(marks)


@given(endings, schedules, looks, zones)
def test_nothing_is_told_before_its_day_on_the_first_day_or_after_the_end_except_the_end_itself(
    ending: Ending, marks: tuple[int, ...], steps: list[timedelta], name: str
) -> None:
    zone = ZoneInfo(name)

    for mark, now in told_at(ending, marks, [ending.ends_at + step for step in steps], zone):
        left = ending.ends_at.astimezone(zone).date() - now.astimezone(zone).date()
        assert left <= timedelta(days=mark)
        assert now < ending.ends_at or (mark == 0 and now <= ending.ends_at + OVERDUE)
        assert mark == 0 or ending.since is None or now.astimezone(zone).date() > ending.since.astimezone(zone).date()


@given(endings, schedules.filter(bool), st.integers(1, 72), zones)
def test_who_looks_often_tells_every_mark_that_counts(
    ending: Ending, marks: tuple[int, ...], hours: int, name: str
) -> None:
    zone, begun = ZoneInfo(name), ending.since or ending.ends_at
    times = [begun + timedelta(hours=hour) for hour in range(0, 125 * 24, min(hours, 12))]

    told = told_at(ending, marks, times, zone)

    assert [mark for mark, _ in told] == [mark for mark in marks if counts(ending, mark, zone)]


@given(endings, schedules, moments, zones)
def test_looking_when_it_says_is_enough(ending: Ending, marks: tuple[int, ...], now: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    first, following = first_look(ending, marks, now), next_look(ending, marks, now, zone)

    if due(ending, marks, now, zone) is not None:
        assert first == now
    if following is not None:
        assert following > now
        assert due(ending, marks, following, zone, {HUSHED + 100}) is not None


def test_the_first_look_is_early_enough_for_nine_in_the_morning_of_a_day_that_ends_with_the_access() -> None:
    ending = replace(LONG, ends_at=datetime(2026, 12, 4, 22, 59, 59, tzinfo=UTC))

    first = first_look(ending, MARKS, ending.ends_at - timedelta(days=60))

    assert first is not None
    assert first <= moment(ending, 30, BERLIN)


def test_after_an_outage_over_several_marks_only_the_nearest_is_told() -> None:
    now = END - timedelta(days=5)

    assert due(LONG, MARKS, now, UTC_ZONE) == 7
    assert due(LONG, MARKS, now, UTC_ZONE, {7}) is None


def test_access_that_begins_on_the_day_of_a_mark_is_not_told_that_mark() -> None:
    begun = END - timedelta(days=14)
    short = replace(LONG, since=begun)

    told = told_at(short, MARKS, [begun + timedelta(hours=hour) for hour in range(15 * 24)], UTC_ZONE)

    assert [mark for mark, _ in told] == [7, 1, 0]


def test_access_of_a_few_hours_is_told_only_its_end() -> None:
    begun = END - timedelta(hours=3)
    short = replace(LONG, since=begun)

    assert due(short, MARKS, begun + timedelta(minutes=1), UTC_ZONE) is None
    assert due(short, MARKS, END + timedelta(minutes=1), UTC_ZONE) == 0


@pytest.mark.parametrize(
    ("end", "mark", "expected"),
    [
        (END, 7, datetime(2026, 11, 27, 8, 0, tzinfo=UTC)),
        (datetime(2026, 12, 4, 22, 59, 59, tzinfo=UTC), 0, datetime(2026, 12, 4, 8, 0, tzinfo=UTC)),
        (datetime(2026, 12, 4, 2, 0, tzinfo=UTC), 1, datetime(2026, 12, 3, 2, 0, tzinfo=UTC)),
        # 25 October 2026 has 25 hours in Berlin.
        (datetime(2026, 10, 26, 16, 0, tzinfo=UTC), 1, datetime(2026, 10, 25, 8, 0, tzinfo=UTC)),
        # A minute to midnight, and just after it: the same day in summer time and in winter time.
        (datetime(2026, 10, 28, 22, 59, 59, tzinfo=UTC), 7, datetime(2026, 10, 21, 7, 0, tzinfo=UTC)),
        (datetime(2026, 4, 1, 22, 30, tzinfo=UTC), 7, datetime(2026, 3, 25, 23, 30, tzinfo=UTC)),
    ],
)
def test_a_mark_is_due_in_the_morning_of_its_day_where_the_guest_is(
    end: datetime, mark: int, expected: datetime
) -> None:
    assert moment(replace(LONG, ends_at=end), mark, BERLIN) == expected


def test_an_extension_begins_the_marks_anew_and_leaves_out_those_before_it() -> None:
    now = END - timedelta(days=1)
    longer = moved(LONG, replace(LONG, ends_at=END + timedelta(days=7)), now)

    assert due(longer, MARKS, now, UTC_ZONE) is None
    assert due(longer, MARKS, now + timedelta(days=1), UTC_ZONE) == 7


def test_an_end_pulled_nearer_is_told_at_once() -> None:
    now = END - timedelta(days=60)
    nearer = moved(LONG, replace(LONG, ends_at=now + timedelta(days=5)), now)

    assert due(nearer, MARKS, now, UTC_ZONE) == 7


@given(endings, schedules, moments)
def test_who_wants_to_hear_no_more_of_an_end_hears_no_more(
    ending: Ending, marks: tuple[int, ...], now: datetime
) -> None:
    assert due(ending, marks, now, UTC_ZONE, {HUSHED}) is None


def test_marks_that_were_added_after_their_day_are_not_told_and_later_ones_are() -> None:
    changed = END - timedelta(days=20)
    kept = in_use({30: None, 7: None}, (45, 30, 10, 7), changed)
    since = {mark: at for mark, at in kept.items() if at}

    assert since == {45: changed, 10: changed}
    assert counting(LONG, (45, 30, 10, 7), since, UTC_ZONE) == (30, 10, 7)


def test_marks_that_nobody_remembers_having_set_count_always() -> None:
    assert in_use(None, (30, 0), END) == {30: None, 0: None}
