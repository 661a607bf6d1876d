from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.access import AccessRequest, Assignment, AssignmentState, RequestState
from bot.domain.notices import ending_of
from bot.jobs.notice import Standing, standing

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
END = NOW + timedelta(days=3)
ACCESS = Assignment("a1", AssignmentState.DELIVERED, "p1", "Pack", "ana", ends_at=END)
ENDING = ending_of(ACCESS)
OVER = replace(ACCESS, state=AssignmentState.EXPIRED, expired_at=END)
REMOVAL = AccessRequest("r1", "adminRemove", RequestState.SUBMITTED, "p1", assignment_id="a1")


@pytest.mark.parametrize(
    ("held", "asked", "now", "expected"),
    [
        ((ACCESS,), (), NOW, Standing.STANDS),
        ((replace(ACCESS, ends_at=END + timedelta(microseconds=9)),), (), NOW, Standing.STANDS),
        ((), (), NOW, Standing.HIDDEN),
        ((replace(ACCESS, ends_at=END + timedelta(days=1)),), (), NOW, Standing.MOVED),
        ((replace(ACCESS, ends_at=END - timedelta(days=1)),), (), NOW, Standing.MOVED),
        ((replace(ACCESS, ends_at=None),), (), NOW, Standing.MOVED),
        ((ACCESS,), (REMOVAL,), NOW, Standing.GOING),
        ((ACCESS,), (replace(REMOVAL, kind="userRemove", assignment_id=""),), NOW, Standing.GOING),
        ((ACCESS,), (replace(REMOVAL, state=RequestState.CANCELED),), NOW, Standing.STANDS),
        ((ACCESS,), (replace(REMOVAL, kind="adminUpdate"),), NOW, Standing.STANDS),
        ((ACCESS,), (replace(REMOVAL, package_id="p2", assignment_id="a2"),), NOW, Standing.STANDS),
        ((replace(OVER, expired_at=NOW),), (), NOW, Standing.GONE),
        ((replace(OVER, expired_at=NOW),), (), END + timedelta(hours=1), Standing.GONE),
        ((OVER,), (), END + timedelta(hours=1), Standing.STANDS),
        ((ACCESS,), (replace(REMOVAL, kind="systemRemove"),), END + timedelta(seconds=1), Standing.STANDS),
    ],
)
def test_only_access_that_still_ends_then_is_told_of(
    held: tuple[Assignment, ...], asked: tuple[AccessRequest, ...], now: datetime, expected: Standing
) -> None:
    assert ENDING is not None

    assert standing(ENDING, held, asked, now) is expected
