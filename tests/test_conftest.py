"""A browser test that was skipped counts as failed where the browser is required."""

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


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text().replace('["pytester"]', "[]"))
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
