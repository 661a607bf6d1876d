"""What every test may rely on: a clean environment, the shared schemas when there are any, and browsers that count."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine makes an example slow; that is no fault of the code. What must be fast says so in a test of its own.
settings.register_profile("usher", deadline=None)
settings.load_profile("usher")

pytest_plugins = ["pytester"]

_OWN = ("Microsoft", "USHER_", "GRAPH_", "LOGIN_", "MYACCESS_", "MYAPPS_", "DATABASE_", "BOT_OPENID_", "OTEL_")
_KEPT = ("USHER_REQUIRE_BROWSER", "USHER_SHARED")


@pytest.fixture(scope="session", autouse=True)
def _clean_environment() -> Iterator[None]:
    """A developer's own settings never reach a test, nor a process that a test starts."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(_OWN) and name not in _KEPT:
                patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with published schemas and the Graph validator; the test is skipped where it is absent."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("USHER_SHARED", beside))
    if not (folder / "schemas").is_dir():
        pytest.skip("no shared schemas on this machine (USHER_SHARED names their folder)")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits long begins first, so that no worker is left alone with it in the end; browsers begin one by one."""
    files = {item.path: item.path.parent.name for item in items}
    journeys = [path for path, room in files.items() if room == "journeys"]
    browsers = [path for path, room in files.items() if room == "browser"]
    order = {path: float(number) for number, path in enumerate(journeys)}
    apart = max(len(journeys) // (len(browsers) or 1), 1)
    order.update({path: number * apart - 0.5 for number, path in enumerate(browsers)})
    items.sort(key=lambda item: order.get(item.path, float("inf")))
    if os.environ.get("CI") == "true":
        _allow_a_second_try(items)


def _allow_a_second_try(items: list[pytest.Item]) -> None:
    """Journeys wait for many processes on a busy machine: one that ran out of time is tried once more, and listed."""
    for item in items:
        if item.path.parent.name in ("journeys", "browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where the browser is required, a browser test that was skipped has failed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and _browser_required(item):
        report.outcome = "failed"
        report.longrepr = f"A browser test was skipped although USHER_REQUIRE_BROWSER=1: {report.longrepr}"
    return report


def _browser_required(item: pytest.Item) -> bool:
    return os.environ.get("USHER_REQUIRE_BROWSER") == "1" and item.get_closest_marker("browser") is not None
