"""Acts on many guests: two Yes are one run, a way back touches only what was done, and only once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.guest_runs import BACK, GuestRun, Item, ItemState, RunKind, back, run_id

NOW = datetime(2026, 3, 1, tzinfo=UTC)
STATES = st.lists(st.sampled_from(ItemState), min_size=1, max_size=6)


def run_of(states: list[ItemState], kind: RunKind = RunKind.HANDOVER) -> GuestRun:
    items = tuple(Item(f"g{number}", f"Guest {number}", "", state) for number, state in enumerate(states))
    return GuestRun("r", kind, "alex", "Alex", NOW, items, "k", "lee", "Lee", "adele", "Adele")


@given(STATES, st.sampled_from(sorted(BACK)))
def test_a_way_back_touches_exactly_what_was_done_and_swaps_who_answers(states: list[ItemState], kind: RunKind) -> None:
    run = run_of(states, kind)

    undo = back(run, by_id="adele", by_name="Adele", at=NOW, key="k2")

    assert [one.guest_id for one in undo.items] == [one.guest_id for one in run.done]
    assert all(one.state is ItemState.WAITING for one in undo.items)
    assert (undo.giver_id, undo.taker_id, undo.undoes) == ("adele", "lee", "r")
    assert not undo.can_be_undone


@given(STATES)
def test_only_what_is_over_and_was_done_can_be_taken_back_once(states: list[ItemState]) -> None:
    run = run_of(states)

    over = not {ItemState.WAITING, ItemState.BEGUN} & set(states)
    assert run.can_be_undone == (over and ItemState.DONE in states)
    assert not replace(run, undone_by="Megan").can_be_undone


def test_accounts_that_entra_deleted_for_good_are_not_offered_back() -> None:
    deleted, blocked = run_of([ItemState.DONE], RunKind.DELETE), run_of([ItemState.DONE], RunKind.BLOCK)

    assert not deleted.is_past_restoring(deleted.begun_at + timedelta(days=29))
    assert deleted.is_past_restoring(deleted.begun_at + timedelta(days=30))
    assert not blocked.is_past_restoring(blocked.begun_at + timedelta(days=300))


@given(STATES)
def test_trying_again_wakes_only_those_who_failed_and_only_when_all_are_through(states: list[ItemState]) -> None:
    run = run_of(states)

    again = run.again("k2")

    if run.is_over and ItemState.FAILED in states:
        assert again.round == 2
        assert [one.state for one in again.items] == [
            ItemState.WAITING if state is ItemState.FAILED else state for state in states
        ]
    else:
        assert again == run


@given(st.lists(st.uuids().map(str), unique=True), st.randoms())
def test_the_same_question_about_the_same_guests_is_one_run(guests: list[str], random: object) -> None:
    shuffled = sorted(guests, key=lambda _: random.random())  # type: ignore[attr-defined]

    assert run_id("q", RunKind.BLOCK, guests, "a") == run_id("q", RunKind.BLOCK, shuffled, "a")
    assert run_id("q", RunKind.BLOCK, guests, "a") != run_id("q2", RunKind.BLOCK, guests, "a")


def test_one_that_is_settled_stays_as_it_ended() -> None:
    failed = Item("g", "Guest", "").settled(ItemState.FAILED, NOW, "why")

    assert failed.settled(ItemState.DONE, NOW) == failed
