from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.building.builds import Build, BuildState
from bot.domain.invites import Failure

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
BUILD = Build("build-1", "alex", "Alex Wilber", NOW, state=BuildState.BUILDING)


def silent(at: datetime) -> Failure:
    return Failure("Microsoft 365 did not answer just now.", "Transient", "", at)


def stalled(*, seconds: int) -> Build:
    """Silent since NOW, with the next try so long after."""
    return BUILD.stall(silent(NOW), NOW + timedelta(seconds=seconds))


def test_an_outage_began_when_it_was_first_met() -> None:
    again = stalled(seconds=1).stall(silent(NOW + timedelta(seconds=30)), NOW + timedelta(seconds=45))

    assert again.stalled == silent(NOW)
    assert again.try_at == NOW + timedelta(seconds=45)


def test_only_a_long_outage_is_worth_telling() -> None:
    assert [stalled(seconds=each).waits_long for each in (1, 59, 60, 90)] == [False, False, True, True]
    assert not BUILD.waits_long


def test_a_step_that_gets_through_ends_the_outage() -> None:
    assert replace(stalled(seconds=90).finished("package", "p1"), done=(), made={}) == BUILD


def test_what_entra_is_given_time_for_counts_from_the_end_of_an_outage() -> None:
    later = NOW + timedelta(hours=1)

    assert stalled(seconds=90).let_through(later) == replace(BUILD, updated_at=later)
    assert BUILD.let_through(later) is BUILD


def test_hurrying_brings_the_next_try_forward_and_never_puts_it_off() -> None:
    soon, late = NOW + timedelta(seconds=30), NOW + timedelta(seconds=120)

    assert stalled(seconds=90).hurried(soon).try_at == soon
    assert stalled(seconds=90).hurried(late).try_at == NOW + timedelta(seconds=90)
    assert BUILD.hurried(soon) is BUILD


def test_a_build_that_stands_still_waits_for_nothing() -> None:
    failed = stalled(seconds=90).failed(silent(NOW))

    assert (failed.stalled, failed.try_at, failed.state) == (None, None, BuildState.FAILED)
