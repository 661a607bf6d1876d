"""A skipped browser test fails where the browser is required; a journey that stumbles in CI is tried once more."""

from pathlib import Path

import pytest

_SKIPPED = """
import pytest

@pytest.mark.browser
def test_needs_chromium():
    pytest.skip("no Chromium")

def test_needs_something_else():
    pytest.skip("not here")
"""


def _conftest() -> str:
    return Path(__file__).with_name("conftest.py").read_text().replace('["pytester"]', "[]")


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest(_conftest())
    pytester.makeini("[pytest]\nmarkers = browser: drives Chromium\n")
    pytester.makepyfile(_SKIPPED)
    return pytester


def test_skipped_browser_test_fails_where_the_browser_is_required(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USHER_REQUIRE_BROWSER", "1")

    result = project.runpytest_subprocess()

    result.assert_outcomes(failed=1, skipped=1)


def test_skipped_browser_test_stays_skipped_elsewhere(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("USHER_REQUIRE_BROWSER", raising=False)

    result = project.runpytest_subprocess()

    result.assert_outcomes(skipped=2)


STUMBLING = """
from pathlib import Path

def test_second_try(tmp_path_factory):
    tried = Path(tmp_path_factory.getbasetemp(), "tried")
    first, _ = not tried.exists(), tried.touch()
    assert not first
"""


@pytest.mark.parametrize(
    ("room", "ci", "outcomes"),
    [
        ("journeys", "true", {"passed": 1, "rerun": 1}),
        ("journeys", "", {"failed": 1}),
        ("domain", "true", {"failed": 1}),
    ],
)
def test_only_in_ci_and_only_where_processes_are_waited_for_there_is_a_second_try_and_it_is_listed(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, room: str, ci: str, outcomes: dict[str, int]
) -> None:
    monkeypatch.setenv("CI", ci)
    pytester.makeconftest(_conftest())
    folder = pytester.mkdir(room)
    (folder / "test_stumbling.py").write_text(STUMBLING)

    result = pytester.runpytest_subprocess("-raR", "-p", "no:cacheprovider")

    assert {
        name: number for name, number in result.parseoutcomes().items() if name in ("passed", "rerun", "failed")
    } == outcomes
    assert ("RERUN" in result.stdout.str()) is ("rerun" in outcomes)
