"""A guest's account that goes, in each of its ways."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.outcomes import AccountGoes
from cards import account_goes
from tests.cards.sample import Sample

END = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
GOES = AccountGoes(
    "Contoso",
    END,
    over=False,
    deleted_at=END + timedelta(days=30),
    name="Ana Silva",
    package_id="99999999-9999-4999-8999-999999999991",
    time_zone="Europe/Berlin",
)
WAYS = {
    "deleted": GOES,
    "blocked": replace(GOES, deleted_at=None),
    "over": replace(GOES, over=True),
    "over-blocked": replace(GOES, over=True, deleted_at=None),
}
SAMPLES = {f"account-goes-{name}": Sample(account_goes.card, account_goes.text, one) for name, one in WAYS.items()}
