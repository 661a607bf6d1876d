"""The card of one access package: which settings it shows when there are many."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outcomes import PackageView, PolicyView, Tone
from cards import package_view


def texts(element: Any) -> list[str]:
    """All texts of a card, in order."""
    if isinstance(element, dict):
        own = [element["text"]] if element.get("type") == "TextBlock" else []
        return own + [text for part in element.values() for text in texts(part)]
    return [text for part in element for text in texts(part)] if isinstance(element, list) else []


def view(*policies: int) -> PackageView:
    """A package with policies of so many settings."""
    shown = tuple(
        PolicyView(f"Policy {at}", "Everybody", tuple(f"Setting {at}.{n}" for n in range(count)))
        for at, count in enumerate(policies)
    )
    return PackageView("id", "Guests", "General", "", (Tone.GOOD, "Open for requests"), policies=shown)


@pytest.mark.parametrize("count", [10, 16, 25])
def test_all_settings_of_the_only_policy_are_shown(count: int) -> None:
    said = texts(package_view.card(view(count)))

    assert [text for text in said if text.startswith("Setting")] == [f"Setting 0.{n}" for n in range(count)]
    assert not any("more setting" in text for text in said)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=4))
def test_settings_that_are_left_out_are_counted_and_never_just_one(counts: list[int]) -> None:
    said = texts(package_view.card(view(*counts)))

    left = sum(int(text.split()[1]) for text in said if text.endswith("more settings"))
    assert left + sum(text.startswith("Setting") for text in said) == sum(counts)
    assert "and 1 more settings" not in said
