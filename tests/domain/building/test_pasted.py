"""A file is found in what people paste, however their client dresses it."""

from __future__ import annotations

import pytest

from bot.domain.building.pasted import pasted

FILE = "name: Partners\npolicies:\n  - ends: never"


@pytest.mark.parametrize(
    "words",
    [
        FILE,
        f"\n{FILE}\n",
        f"```\n{FILE}\n```",
        f"```yaml\n{FILE}```",
        f" ```YAML \r\n{FILE}\n  ``` \n",
        f"~~~\n{FILE}\n~~~",
        f"``` yaml\n{FILE}\n```",
        f"````yml\n{FILE}\n````",
        f"```yaml\n{FILE}",
        f"{FILE}\n```",
        f"```yaml\n{FILE}\n```\nthanks!",
        f"this file:\n\n```yaml\n{FILE}\n```",
        f"```{FILE}```",
        f"```yaml {FILE}\n```",
        f"\u200b```yaml\n{FILE}\n```\u200b",
        f"`\n{FILE}\n`",
        FILE.replace("\n", "\r\n"),
        FILE.replace("  -", "\xa0\xa0-"),
    ],
)
def test_the_file_is_the_same_however_it_is_dressed(words: str) -> None:
    assert pasted(words) == FILE


def test_what_is_indented_as_a_whole_stays_so() -> None:
    assert pasted("\n  name: a\n  catalog: b") == "  name: a\n  catalog: b"


def test_lines_are_counted_from_the_first_one_between_the_fences() -> None:
    assert pasted(f"```\n\n{FILE}\n\n```") == f"\n{FILE}"


@pytest.mark.parametrize("words", ["```\n```", "```yaml\n\n```", "``", "```"])
def test_fences_around_nothing_are_nothing(words: str) -> None:
    assert pasted(words) == ""


def test_fences_inside_a_text_are_part_of_it() -> None:
    text = "description: |\n  ```\n  code\n  ```\nname: a"

    assert pasted(text) == text
