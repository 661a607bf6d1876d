from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import Assignment, AssignmentState
from bot.domain.belongings import Belongings, FateKind, digest, fate
from bot.domain.fate_words import in_words
from bot.domain.people import AccountEnding

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MONTH = timedelta(days=30)
UTC_ZONE = ZoneInfo("UTC")


def held(days: float | None, *, over: bool = False, number: int = 1) -> Assignment:
    ends_at = None if days is None else NOW + timedelta(days=days)
    state = AssignmentState.EXPIRED if over else AssignmentState.DELIVERED
    return Assignment(
        f"a{number}", state, "p1", "Package", "ben", ends_at=ends_at, expired_at=ends_at if over else None
    )


def of(*assignments: Assignment, governed: bool | None = True, ending: AccountEnding = AccountEnding.DELETE):
    return fate(assignments, governed=governed, ending=ending, after=MONTH, now=NOW)


def test_a_governed_account_is_blocked_with_the_last_access_and_deleted_later():
    found = of(held(3), held(9, number=2), held(-40, over=True, number=3))

    assert found is not None
    assert (found.kind, found.ends_at, found.over) == (FateKind.DELETED, NOW + timedelta(days=9), False)
    assert found.deleted_at == NOW + timedelta(days=39)
    assert in_words(found, UTC_ZONE).endswith("Entra blocks the account on that day and deletes it on 1 January 2027.")


def test_once_the_last_access_is_over_it_says_what_has_happened():
    found = of(held(-2, over=True))

    assert found is not None
    assert found.over
    assert "Entra blocked the account then and deletes it on 21 December 2026." in in_words(found, UTC_ZONE)


def test_settings_decide_what_becomes_of_a_governed_account():
    kinds = {ending: of(held(3), ending=ending) for ending in AccountEnding}

    assert {ending: found and found.kind for ending, found in kinds.items()} == {
        AccountEnding.NOTHING: FateKind.LEFT,
        AccountEnding.BLOCK: FateKind.BLOCKED,
        AccountEnding.DELETE: FateKind.DELETED,
    }


def test_an_ungoverned_account_stays_by_itself():
    found = of(held(3), governed=False)

    assert found is not None
    assert found.kind is FateKind.UNGOVERNED
    assert "nothing happens to it by itself" in in_words(found, UTC_ZONE)


def test_what_cannot_be_seen_is_not_called_ungoverned():
    found = of(held(3), governed=None)

    assert found is not None
    assert found.kind is FateKind.UNKNOWN
    assert "Usher cannot see whether Entra then blocks or deletes" in in_words(found, UTC_ZONE)


def test_nothing_is_foretold_while_access_has_no_end_or_none_ever_was():
    assert of(held(3), held(None, number=2)) is None
    assert of() is None
    assert "nothing happens" in in_words(None, UTC_ZONE)


@given(st.lists(st.integers(min_value=-400, max_value=400), min_size=1, max_size=6))
def test_no_account_goes_before_the_last_of_its_access(days: list[int]):
    found = of(*(held(one, over=one <= 0, number=place) for place, one in enumerate(days)))

    assert found is not None
    assert found.ends_at == NOW + timedelta(days=max(days))
    assert found.over == (max(days) <= 0)


def test_a_card_can_tell_that_the_account_holds_something_else():
    things = Belongings(groups=("Readers",))
    before = digest([held(3)], things, enabled=True)

    assert digest([held(3), held(-9, over=True, number=2)], things, enabled=True) == before
    others = [
        digest([held(4)], things, enabled=True),
        digest([held(3), held(5, number=2)], things, enabled=True),
        digest([held(3)], replace(things, groups=()), enabled=True),
        digest([held(3)], things, enabled=False),
    ]
    assert before not in others
