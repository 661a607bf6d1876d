"""A new end that Usher itself made is known at once: the clock may jump over a mark before the next sweep."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox import Server
from tests.journeys.noticing import NAMED, advance, delivered, told
from tests.journeys.stage import Bot, Stage
from tests.journeys.test_extend import end


@pytest.fixture(scope="module")
def bot(tenant: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """It sweeps once a day only."""
    own = {"USHER_CLOCK_URL": f"{tenant.url}/_control/clock", "USHER_SWEEP_SECONDS": "86400"}
    process = Bot(tenant.url, tmp_path_factory.mktemp("bot"), own).start()
    yield process
    process.stop()


def known_end(stage: Stage, address: str) -> str:
    """The end of a guest's access as Usher has it in mind, to the second."""
    (found,) = stage.ledger("SELECT ends_at FROM endings WHERE person_id = ?", stage.user(address)["id"])
    return str(found[0])[:19]


def test_a_clock_that_jumps_right_after_an_extension_loses_no_mark(stage: Stage) -> None:
    address = delivered(stage, 8, swept=False)

    stage.ask("alex", f"extend {address} {NAMED} by 6 days", address, "Extended", seconds=30)
    known = known_end(stage, address)
    advance(stage, "P7D")

    assert known == f"{end(stage, address):%Y-%m-%d %H:%M:%S}"
    told(stage, address, "ends in 7 days")
