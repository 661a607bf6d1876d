from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.belongings import Fate, FateKind
from bot.domain.farewells import FOREWARNING, Stage, due

END = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
MONTH, DAY = timedelta(days=30), timedelta(days=1)
KINDS = st.sampled_from(FateKind)


def fate(kind: FateKind = FateKind.DELETED, *, over: bool = False, length: timedelta | None = None) -> Fate:
    deleted_at = END + MONTH if kind is FateKind.DELETED else None
    return Fate(kind, END, over, END - length if length else None, deleted_at)


def test_people_are_told_a_week_before_and_no_sooner() -> None:
    assert due(fate(), END - 8 * DAY, enabled=True) == (None, END - FOREWARNING)
    assert due(fate(), END - FOREWARNING, enabled=True)[0] is Stage.SOON


def test_the_end_of_a_short_access_is_not_announced_right_after_it_was_given() -> None:
    short = fate(length=4 * DAY)

    assert due(short, END - 3 * DAY, enabled=True) == (None, END - DAY)
    assert due(short, END - DAY, enabled=True)[0] is Stage.SOON


def test_after_the_end_usher_waits_until_entra_has_blocked_the_account() -> None:
    stage, again = due(fate(over=True), END + timedelta(minutes=2), enabled=True)

    assert stage is None
    assert again is not None
    assert due(fate(over=True), END + timedelta(minutes=20), enabled=False) == (Stage.BLOCKED, None)
    assert due(fate(over=True), END + 2 * DAY, enabled=True) == (None, None)


@pytest.mark.parametrize(("kind", "days", "stage"), [
    (FateKind.DELETED, 29, Stage.BLOCKED),
    (FateKind.DELETED, 31, None),
    (FateKind.BLOCKED, 3, Stage.BLOCKED),
    (FateKind.BLOCKED, 300, None),
    (FateKind.UNGOVERNED, 3, None),
    (FateKind.LEFT, 3, None),
])  # fmt: skip
def test_a_blocked_account_is_news_until_it_is_gone(kind: FateKind, days: int, stage: Stage | None) -> None:
    assert due(fate(kind, over=True), END + days * DAY, enabled=False) == (stage, None)


@given(KINDS, st.booleans(), st.booleans(), st.integers(-60, 60))
def test_whoever_is_looked_at_again_is_looked_at_later(kind: FateKind, over: bool, enabled: bool, days: int) -> None:
    now = max(END + days * DAY, END) if over else min(END + days * DAY, END)

    _, again = due(fate(kind, over=over), now, enabled=enabled)

    assert again is None or again > now


def test_of_an_account_with_no_end_in_sight_nobody_is_told() -> None:
    assert due(None, END, enabled=True) == (None, None)
