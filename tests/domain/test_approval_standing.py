"""What Entra shows of a request and the clock make of it: its fate, whether its stage is over, and reminders."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.access import RequestState
from bot.domain.approval_standing import fate_of, is_overtaken, reminder_due
from bot.domain.approvals import Fate
from tests.domain.test_approvals import ASKED, NOW, answer, case


@pytest.mark.parametrize(
    ("state", "days", "fate"),
    [
        (RequestState.PENDING_APPROVAL, 1, Fate.PENDING),
        (RequestState.DENIED, 1, Fate.DENIED),
        (RequestState.DENIED, 14, Fate.EXPIRED),
        (RequestState.CANCELED, 20, Fate.WITHDRAWN),
        (RequestState.SUBMITTED, 1, Fate.PENDING),
        (RequestState.DELIVERING, 1, Fate.APPROVED),
        (RequestState.DELIVERED, 1, Fate.APPROVED),
        (RequestState.PARTIALLY_DELIVERED, 1, Fate.APPROVED),
        (RequestState.SCHEDULED, 1, Fate.APPROVED),
        (RequestState.DELIVERY_FAILED, 1, Fate.APPROVED),
        (RequestState.UNKNOWN, 20, Fate.PENDING),
    ],
)
def test_what_entra_shows_of_a_request_is_its_fate(state: RequestState, days: int, fate: Fate) -> None:
    now = replace(ASKED, state=state, completed_at=NOW + timedelta(days=days))

    assert fate_of(now, case(), NOW + timedelta(days=20)) is fate
    assert fate_of(None, case(), NOW) is Fate.GONE


@pytest.mark.parametrize("state", RequestState)
def test_only_what_entra_does_after_a_yes_counts_as_approved(state: RequestState) -> None:
    after_a_yes = ("scheduled", "delivering", "delivered", "partiallyDelivered", "deliveryFailed")

    fate = fate_of(replace(ASKED, state=state), case(), NOW)

    assert (fate is Fate.APPROVED) == (state.value in after_a_yes)


def test_a_request_that_waits_a_day_after_its_stage_was_to_be_denied_has_left_that_stage() -> None:
    two = case(2)

    assert not is_overtaken(two, NOW + timedelta(days=14, hours=23))
    assert is_overtaken(two, NOW + timedelta(days=15))
    assert not is_overtaken(case(1), NOW + timedelta(days=40))
    assert not is_overtaken(two.decided(answer(approve=False)), NOW + timedelta(days=40))


@pytest.mark.parametrize(
    ("whole", "after", "mark"),
    [
        (14, 6.9, ""),
        (14, 7, "half"),
        (14, 12.9, "half"),
        (14, 13, "last"),
        (14, 14, ""),
        (14, 40, ""),
        (2, 1, "half"),
        (1, 0.4, ""),
        (1, 0.6, "half"),
    ],
)
def test_approvers_are_reminded_half_way_and_a_day_before(whole: float, after: float, mark: str) -> None:
    assert reminder_due(case(days=whole), NOW + timedelta(days=after)) == mark


def test_a_mark_that_was_told_is_not_told_again_and_one_that_was_passed_over_is_not_made_up_for() -> None:
    told = replace(case(), reminded=("half",))

    assert reminder_due(told, NOW + timedelta(days=8)) == ""
    assert reminder_due(told, NOW + timedelta(days=13)) == "last"
    assert reminder_due(replace(told, reminded=("last",)), NOW + timedelta(days=13)) == ""
