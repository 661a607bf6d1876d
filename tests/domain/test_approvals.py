"""Who decides what, stage by stage, and when approvers are reminded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import RequestState
from bot.domain.approvals import ApprovalCase, Decision, Fate, opened
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


def test_a_stage_whose_time_is_over_is_left_behind_without_an_answer_and_the_last_one_is_not() -> None:
    second = replace(case(2), told=("adele",), reminded=("half",), escalated=True).overtaken()

    assert (second.stage, second.decisions, second.told, second.reminded) == (2, (), (), ())
    assert second.begun_at == case(2).deadline
    assert not second.escalated
    assert second.overtaken() == second
    assert case(1).overtaken() == case(1)


def test_who_ended_it_can_be_learned_later_and_changes_nothing_else() -> None:
    approved = case(2).settled(Fate.APPROVED, NOW)

    told = approved.explained([answer(), answer(2)])

    assert told == replace(approved, decisions=(answer(), answer(2)))
    assert told.explained([answer(), answer(2)]) == told
    assert approved.explained([answer(approve=False)]) == approved
    assert case(2).explained([answer()]) == case(2)
