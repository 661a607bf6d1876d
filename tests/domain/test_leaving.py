"""A sponsor who left is handled once: asked, reminded once, told to administrators once, and never for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.leaving import MISSES, Alone, Left, LeftState, SponsorBook, Step, next_step
from bot.domain.people import Person

NOW = datetime(2026, 11, 26, tzinfo=UTC)
LEE = Person("lee", "Lee Gu")
ANA = Alone("ana", "Ana", "ana@fabrikam.com")
BOOK = SponsorBook("lee", "Lee Gu", "adele", ("ana",))


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=400)), max_size=30))
def test_however_time_passes_nobody_is_asked_more_than_three_times(passing: list[timedelta]) -> None:
    left, now, steps = Left(NOW, (ANA,)), NOW, []

    for span in passing:
        now += span
        step = next_step(left, now)
        steps.append(step)
        match step:
            case Step.ASK:
                left = replace(left, asked_id="adele", asked_at=now)
            case Step.REMIND:
                left = replace(left, reminded=True)
            case Step.ADMINS:
                left = replace(left, admins=True)

    acted = [one for one in steps if one is not Step.NOTHING]
    assert len(acted) == len(set(acted))
    assert acted == sorted(acted, key=[Step.ASK, Step.REMIND, Step.ADMINS].index)


def test_a_directory_that_forgets_somebody_for_a_moment_makes_nobody_leave() -> None:
    once = BOOK.gone(None, "", ())

    assert not once.has_left(None)
    assert once.gone(None, "", ()).has_left(None)
    assert not once.here(LEE, "adele", ["ana"]).gone(None, "", ()).has_left(None)
    assert BOOK.gone(None, "", ()).gone(None, "", ()).gone(None, "", ()).misses == MISSES


def test_a_deleted_sponsor_s_guests_and_manager_are_remembered() -> None:
    gone = BOOK.gone(None, "", ())

    assert (gone.guests, gone.manager_id) == (("ana",), "adele")


def test_one_who_left_with_nobody_alone_is_done_and_stays_so() -> None:
    done = BOOK.found([], NOW, deleted=True)

    assert done.left
    assert done.left.state is LeftState.DONE
    assert done.found([ANA], NOW + timedelta(days=1), deleted=True) == done
    assert done.found([ANA], NOW + timedelta(days=1), deleted=True, again=True).is_open


def test_one_who_comes_back_closes_it_and_may_leave_again() -> None:
    left = BOOK.found([ANA], NOW, deleted=False)
    back = left.here(LEE, "adele", ["ana"])
    again = back.found([ANA], NOW + timedelta(days=9), deleted=False)

    assert left.is_open
    assert back.left
    assert back.left.state is LeftState.BACK
    assert again.is_open
    assert again.left
    assert again.left.asked_at is None
