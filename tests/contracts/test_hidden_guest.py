"""A notice of whose guest or access Entra shows nothing just now is not lost: it is looked at again."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.domain.lag import HIDDEN_FOR
from bot.domain.notices import Audience, Ending, Notice
from bot.jobs import notice
from bot.store.database import Database
from bot.store.notices import SqlNotices
from tests.contracts.tenant import BEN, NOBODY, Tenant

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def notices(database: Database) -> SqlNotices:
    return SqlNotices(database, tenant_id="t")


def payload(claimed: Notice) -> dict[str, Any]:
    """As the job is started with."""
    ending = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(claimed.ending).items()
    }
    return {
        "ending": ending,
        "mark": claimed.mark,
        "person": claimed.person_id,
        "claimed_at": claimed.claimed_at.isoformat(),
    }


@pytest.mark.parametrize(
    ("person", "waited"),
    [(NOBODY, timedelta()), (NOBODY, timedelta(hours=1)), (BEN, timedelta(hours=1))],
    ids=["no guest", "no guest, late", "no access, late"],
)
async def test_what_entra_does_not_show_is_open_again_and_looked_at_soon(
    tenant: Tenant, notices: SqlNotices, person: str, waited: timedelta
) -> None:
    ending = Ending("a-hidden", NOW + timedelta(days=7), person, "p1")
    claimed = Notice(ending, 7, person, Audience.GUEST, NOW - waited)
    await notices.watch([ending], [], lambda _, seen: (seen, None))
    assert await notices.claim(claimed)
    deps: Any = SimpleNamespace(notices=notices, directory=tenant.directory, clock=SimpleNamespace(now=lambda: NOW))

    await notice.notice(payload(claimed), deps)

    assert await notices.told([ending]) == {}
    assert await notices.near(NOW, limit=9) == ()
    assert await notices.near(NOW + HIDDEN_FOR, limit=9) == (ending,)
