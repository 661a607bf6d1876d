from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.digests import Told, is_waiting, waits_since
from bot.domain.people import Person, Redemption

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
ANA = Person("ana", "Ana", "ana@fabrikam.com", is_guest=True, redemption=Redemption.PENDING)
BOTH = Told(frozenset({"ana", "ben"}), NOW - timedelta(days=2))


@pytest.mark.parametrize(
    ("told", "waiting", "expected"),
    [
        (Told(), (), False),
        (Told(), ("ana",), True),
        (BOTH, ("ana", "ben"), False),
        (BOTH, ("ana",), False),
        (BOTH, ("ana", "carla"), True),
        (Told(BOTH.guests, NOW - timedelta(days=7)), ("ana",), True),
        (Told(BOTH.guests, NOW - timedelta(days=7)), (), False),
    ],
)
def test_the_same_waiting_guests_are_told_of_once_a_week_and_a_new_one_at_once(
    told: Told, waiting: tuple[str, ...], expected: bool
) -> None:
    assert told.calls_for(waiting, NOW) is expected


@pytest.mark.parametrize(("days", "expected"), [(2, False), (4, True)])
def test_a_guest_waits_once_there_was_time_to_accept(days: int, expected: bool) -> None:
    invited = replace(ANA, created_at=NOW - timedelta(days=days))

    assert is_waiting(invited, NOW) is expected


@pytest.mark.parametrize("changed", [{"enabled": False}, {"redemption": None}, {"redemption": Redemption.ACCEPTED}])
def test_who_is_blocked_or_was_never_invited_does_not_wait(changed: dict[str, Any]) -> None:
    assert not is_waiting(replace(ANA, created_at=NOW - timedelta(days=9), **changed), NOW)


@pytest.mark.parametrize(
    ("told", "latest", "expected"),
    [
        (Told(), ANA, True),
        (Told(at=NOW - timedelta(days=2)), replace(ANA, created_at=NOW - timedelta(days=5, hours=1)), False),
        (Told(at=NOW - timedelta(days=2)), replace(ANA, created_at=NOW - timedelta(days=4)), True),
        (Told(at=NOW - timedelta(days=7)), replace(ANA, created_at=NOW - timedelta(days=90)), True),
        (Told(at=NOW - timedelta(days=2)), replace(ANA, created_at=None), False),
    ],
)
def test_of_the_whole_tenant_only_the_latest_guest_has_to_be_known(told: Told, latest: Person, expected: bool) -> None:
    assert told.calls_for_since(waits_since(latest), NOW) is expected
