"""Who decides what, stage by stage, and when approvers are reminded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import RequestState
from bot.domain.approvals import ApprovalCase, Decision, Fate, fate_of, opened, reminder_due
from bot.domain.panels import Approver, Panel, PendingRequest

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
ADELE, LEE = Approver("adele", "Adele Vance"), Approver("lee", "Lee Gu")
ASKED = PendingRequest("r1", "userAdd", RequestState.PENDING_APPROVAL, "p1", "Partner", "ben", created_at=NOW)


def case(stages: int = 1, days: float = 14) -> ApprovalCase:
    return opened(ASKED, Panel(stages, (ADELE, LEE), timedelta(days=days)), NOW)


def answer(stage: int = 1, *, approve: bool = True, at: datetime = NOW) -> Decision:
    return Decision(stage, approve, "adele", "Adele Vance", "fine", at)


def test_the_last_approval_ends_it_and_an_earlier_one_leads_to_the_next_stage() -> None:
    first = case(2).decided(answer())

    assert (first.fate, first.stage, first.approvers) == (Fate.PENDING, 2, ())
    assert first.decided(answer(2)).fate is Fate.APPROVED


def test_a_request_that_seemed_to_be_gone_goes_on_once_entra_shows_it_again() -> None:
    gone = replace(case(2).decided(answer()).settled(Fate.GONE, NOW), closed=True)

    again = gone.found_again()

    assert again == case(2).decided(answer())


@pytest.mark.parametrize("fate", [Fate.DENIED, Fate.APPROVED, Fate.EXPIRED, Fate.WITHDRAWN])
def test_a_decided_request_that_is_still_listed_stays_decided(fate: Fate) -> None:
    over = case().settled(fate, NOW)

    assert over.found_again() == over


@pytest.mark.parametrize("fate", [Fate.DENIED, Fate.APPROVED, Fate.EXPIRED, Fate.WITHDRAWN])
def test_who_approved_an_earlier_stage_is_not_said_to_have_ended_it(fate: Fate) -> None:
    second = case(2).decided(answer())

    ended = second.settled(fate, NOW)

    assert second.last == answer()
    assert ended.last is None


def test_who_ended_it_is_known() -> None:
    denied = case(2).decided(answer()).decided(answer(2, approve=False))

    approved = case(2).decided(answer()).decided(answer(2))

    assert (denied.last, approved.last) == (answer(2, approve=False), answer(2))


def test_a_denial_ends_it_at_any_stage() -> None:
    assert case(3).decided(answer(approve=False)).fate is Fate.DENIED


@given(st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=8), st.integers(1, 3))
def test_whatever_is_said_however_often_each_stage_has_one_answer_and_the_end_stays(
    said: list[tuple[int, bool]], stages: int
) -> None:
    now = case(stages)

    for stage, approve in said:
        after = now.decided(answer(stage, approve=approve))
        assert after.decisions[: len(now.decisions)] == now.decisions
        assert now.is_open or after == now
        now = after

    assert [one.stage for one in now.decisions] == list(range(1, len(now.decisions) + 1))
    assert now.is_open == (all(one.approve for one in now.decisions) and len(now.decisions) < stages)


def test_who_was_asked_at_an_earlier_stage_is_still_known_and_who_left_the_panel_is_asked_no_more() -> None:
    second = case(2).decided(answer())

    asking = second.asking(Panel(2, (LEE,), timedelta(days=3)), escalated=False, now=NOW)

    assert [one.id for one in asking.approvers] == ["lee"]
    assert asking.approver("adele") == ADELE
    assert asking.deadline == NOW + timedelta(days=3)
    assert asking.asking(Panel(2, (), timedelta(days=3)), escalated=False, now=NOW).approvers == ()


@pytest.mark.parametrize(
    ("state", "days", "fate"),
    [
        (RequestState.PENDING_APPROVAL, 1, Fate.PENDING),
        (RequestState.DENIED, 1, Fate.DENIED),
        (RequestState.DENIED, 14, Fate.EXPIRED),
        (RequestState.CANCELED, 20, Fate.WITHDRAWN),
        (RequestState.DELIVERING, 1, Fate.APPROVED),
        (RequestState.SCHEDULED, 1, Fate.APPROVED),
        (RequestState.DELIVERY_FAILED, 1, Fate.APPROVED),
    ],
)
def test_what_entra_shows_of_a_request_is_its_fate(state: RequestState, days: int, fate: Fate) -> None:
    now = replace(ASKED, state=state, completed_at=NOW + timedelta(days=days))

    assert fate_of(now, case(), NOW + timedelta(days=20)) is fate
    assert fate_of(None, case(), NOW) is Fate.GONE


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
