"""One simulated tenant, one Teams service and one bot for the journeys of each file, which run in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Server
from tests.journeys.approving import met, sign_in
from tests.journeys.rough import RoughTeams
from tests.journeys.signing import GIVEN, Client
from tests.journeys.stage import Bot, Stage, Teams, http
from tests.sandbox.exchanges import findings

# Graph documents these three for a direct assignment; its metadata does not declare them.
# https://learn.microsoft.com/graph/api/entitlementmanagement-post-assignmentrequests
UNDECLARED = re.compile(r"unknown request\.assignment\.(targetId|assignmentPolicyId|accessPackageId) ")


# Minutes of waiting for restarts and retries; run before a release, and when jobs or delivery change.
THOROUGH = frozenset(
    {
        "test_apply_rough",
        "test_build_rough",
        "test_digests",
        "test_faults",
        "test_kill",
        "test_ladder",
        "test_notices_rough",
        "test_package_deletion_kill",
        "test_replicas",
        "test_stale_kill",
        "test_reviews_kill",
    }
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The journeys that take minutes are marked, and skipped unless they are asked for."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.stem in THOROUGH:
            item.add_marker(pytest.mark.thorough)
            item.add_marker(pytest.mark.timeout(240))
            if not item.config.getoption("markexpr"):
                item.add_marker(pytest.mark.skip(reason="long: make test ARGS='-m thorough'"))


@pytest.fixture(scope="module")
def tenant(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The simulated tenant. In the end all traffic of these journeys must satisfy Graph's published schema."""
    try:
        shared = request.getfixturevalue("shared")
    except pytest.skip.Exception:
        shared = None
    with Server() as server:
        yield server
        if shared is None:
            return
        recorded = http("GET", f"{server.url}/_control/requests")[1]
        graph = [one for one in recorded if "/v1.0/" in one["url"] or one.get("inBatch")]
        assert [one for one in findings(shared, graph) if not UNDECLARED.search(one)] == []


@pytest.fixture(scope="module")
def teams() -> Iterator[Teams]:
    with Teams() as service:
        yield service


@pytest.fixture(scope="module")
def bot(tenant: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    folder: Path = tmp_path_factory.mktemp("bot")
    process = Bot(tenant.url, folder).start()
    yield process
    process.stop()
    log = process.log.read_text()
    assert '"level": "ERROR"' not in log, log[-3000:]
    assert "@fabrikam.com" not in log
    assert "Bearer" not in log


@pytest.fixture
def stage(tenant: Server, teams: Teams, bot: Bot) -> Stage:
    one = Stage(tenant.url, teams, bot)
    teams.refusals.clear()
    one.control("faults", {"rules": []})
    return one


@pytest.fixture
def approvers_met(stage: Stage) -> None:
    """Adele and Lee, who approve, have a chat with the bot."""
    met(stage, "adele", "lee")


@pytest.fixture
def adele_signed_in(stage: Stage) -> None:
    """The bot may act in Adele's name."""
    sign_in(stage, "adele")


@pytest.fixture
def both_signed_in(stage: Stage, adele_signed_in: None) -> None:
    """The bot may act in Adele's and in Lee's name."""
    sign_in(stage, "lee")


@pytest.fixture
def adele(stage: Stage) -> Iterator[Client]:
    """Her Teams client: not signed in when the journey begins, and consent is given."""
    stage.control("options", GIVEN)
    client = Client(stage, "adele")
    client.sign_out()
    yield client
    stage.control("options", GIVEN)


@pytest.fixture(scope="module")
def _rough(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A tenant, a Teams service and a bot of their own for journeys in which things break."""
    with Server() as server, RoughTeams() as service:
        process = Bot(server.url, tmp_path_factory.mktemp("rough")).start()
        yield Stage(server.url, service, process)
        process.stop()
        log = process.log.read_text()
        assert "@fabrikam.com" not in log
        assert "Bearer" not in log
        assert "Traceback" not in log, log[log.index("Traceback") - 500 :][:4000]


@pytest.fixture
def rough(_rough: Stage) -> Iterator[Stage]:
    """Nothing is broken when the journey begins, nor when it ends."""

    def mend() -> None:
        service = _rough.teams
        assert isinstance(service, RoughTeams)
        service.refusals.clear()
        service.faults.clear()
        _rough.control("faults", {"rules": []})

    mend()
    yield _rough
    mend()


@pytest.fixture
def weather(_rough: Stage) -> RoughTeams:
    """The Teams service of `rough`, to be broken."""
    assert isinstance(_rough.teams, RoughTeams)
    return _rough.teams
