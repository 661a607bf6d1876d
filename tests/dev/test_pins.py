"""Nothing that is installed floats."""

import pytest

from dev.pins import floating, unpinned


@pytest.mark.parametrize("line", ["aiohttp", "aiohttp>=3", "aiohttp==3.*", "-r more.txt", "git+https://x/y", "a==1,<2"])
def test_line_without_exactly_one_version_is_floating(line: str) -> None:
    assert floating(f"# made by a tool\nmsal==1.2.3\n{line}\n") == [line]


@pytest.mark.parametrize(
    "line",
    ["msal==1.2.3", "psycopg[binary,pool]==3.1", "tzdata==2025.2 ; sys_platform == 'win32'", "    # via msal", ""],
)
def test_pinned_line_passes(line: str) -> None:
    assert floating(line) == []


def test_requirements_of_this_project_are_pinned() -> None:
    assert unpinned() == []
