from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import digest_words
from bot.domain.digest_words import Saying, clock_time, read
from bot.domain.digests import Choice, Rhythm, due, is_quiet

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=BERLIN)
DAILY, WEEKLY = Choice(), Choice(Rhythm.WEEKLY)

choices = st.builds(
    Choice,
    st.sampled_from(Rhythm),
    st.integers(0, 1439),
    st.none() | st.tuples(st.integers(0, 1439), st.integers(0, 1439)),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def sent(choice: Choice, times: list[datetime], nearest: int = 7) -> list[tuple[str, datetime]]:
    """The digests of somebody for whom there is always something to tell."""
    found: list[tuple[str, datetime]] = []
    for now in times:
        slot = due(choice, {one for one, _ in found}, nearest, now, BERLIN, zone_known=True)
        if slot:
            found.append((slot, now.astimezone(BERLIN)))
    return found


def hours(begin: datetime, days: int) -> list[datetime]:
    return [begin.astimezone(UTC) + timedelta(hours=hour) for hour in range(days * 24)]


def test_a_daily_digest_comes_once_a_day_after_its_hour() -> None:
    got = sent(DAILY, hours(MONDAY, 7))

    assert [at.date() for _, at in got] == [MONDAY.date() + timedelta(days=day) for day in range(7)]
    assert {at.hour for _, at in got} == {9}


def test_a_weekly_digest_comes_on_monday_and_before_a_last_day() -> None:
    assert [at.weekday() for _, at in sent(WEEKLY, hours(MONDAY, 14))] == [0, 0]
    assert len(sent(WEEKLY, hours(MONDAY, 6), nearest=1)) == 8


@given(choices, st.lists(moments, max_size=20).map(sorted))
def test_nothing_comes_in_quiet_hours_nor_twice_for_one_slot(choice: Choice, times: list[datetime]) -> None:
    got = sent(choice, times, nearest=0)

    assert len({slot for slot, _ in got}) == len(got)
    assert not [at for _, at in got if is_quiet(choice, at, zone_known=True)]
    assert choice.rhythm is not Rhythm.OFF or not got


@pytest.mark.parametrize(("hour", "quiet"), [(19, False), (20, True), (23, True), (0, True), (6, True), (7, False)])
def test_who_chose_nothing_is_left_in_peace_at_night_where_the_night_is_known(hour: int, quiet: bool) -> None:
    at = MONDAY.replace(hour=hour)

    assert is_quiet(DAILY, at, zone_known=True) is quiet
    assert is_quiet(DAILY, at, zone_known=False) is False


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("weekly", Saying(Rhythm.WEEKLY)),
        ("daily at 8:30", Saying(Rhythm.DAILY, 510)),
        ("weekly at 9 quiet 20:00-7:00", Saying(Rhythm.WEEKLY, 540, (1200, 420))),
        ("quiet 8pm to 7am daily", Saying(Rhythm.DAILY, None, (1200, 420))),
        ("quiet hours from 22h until 6h", Saying(quiet=(1320, 360))),
        ("quiet off", Saying(quiet=(0, 0))),
        ("off", Saying(Rhythm.OFF)),
        ("everything weekly", Saying(Rhythm.WEEKLY, everything=True)),
        ("every day at 8 am", Saying(Rhythm.DAILY, 480)),
        ("", Saying()),
    ],
)
def test_a_digest_is_chosen_as_people_say_it(typed: str, expected: Saying) -> None:
    assert read(typed) == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("hourly", "“hourly”"),
        ("daily at noonish", "“noonish” is no time"),
        ("at 25:00", "“25:00” is no time"),
        ("quiet at night", "is no span of hours"),
        ("quiet 20:00", "“20:00” is no span"),
    ],
)
def test_what_cannot_be_read_is_named(typed: str, said: str) -> None:
    assert said in " ".join(read(typed).problems)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_named(typed: str) -> None:
    said = read(typed)

    assert said.at is None or 0 <= said.at < 1440
    assert len(said.problems) <= 3


@given(st.integers(0, 1439))
def test_a_time_reads_as_it_is_shown(minutes: int) -> None:
    assert clock_time(digest_words.shown_time(minutes)) == minutes


def test_naming_a_time_of_an_unwanted_digest_wants_it_again() -> None:
    assert read("at 9").over(Choice(Rhythm.OFF)) == Choice(Rhythm.DAILY, 540)
    assert read("quiet off").over(Choice(Rhythm.OFF)).rhythm is Rhythm.OFF
