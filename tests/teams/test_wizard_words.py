"""Words typed while the wizard is open mean what its buttons say, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import registry
from bot.domain.building.pages import ORDER, Page
from bot.teams.wizard_words import value_of


@pytest.mark.parametrize(
    ("words", "page", "meant"),
    [
        ("next", Page.BASICS, {"verb": "package.next"}),
        ("Ok.", Page.BASICS, {"verb": "package.next"}),
        ("back", Page.REVIEW, {"verb": "package.back"}),
        ("Cancel!", Page.REQUESTS, {"verb": "package.drop"}),
        ("create", Page.REVIEW, {"verb": "package.create"}),
        ("yes", Page.REVIEW, {"verb": "package.create"}),
        ("Resource roles", Page.REVIEW, {"verb": "package.goto", "goto": "resources"}),
        ("go to lifecycle", Page.BASICS, {"verb": "package.goto", "goto": "lifecycle"}),
        ("days:30", Page.BASICS, {"verb": "package.typed", "words": "days:30"}),
        ("never", Page.LIFECYCLE, {"verb": "package.typed", "words": "never"}),
        ('"Audit team"', Page.BASICS, {"verb": "package.typed", "words": '"Audit team"'}),
    ],
)
def test_words_say_what_a_button_says(words: str, page: Page, meant: dict[str, Any]) -> None:
    assert value_of(words, "build-1", page) == {"build": "build-1", **meant}


@pytest.mark.parametrize(
    "words", ["good morning", "what is this?", "create", "yes", "invite", "http://x.example", "-1"]
)
def test_words_that_are_no_setting_mean_nothing_here(words: str) -> None:
    assert value_of(words, "build-1", Page.BASICS) is None


@given(st.text(max_size=60), st.sampled_from(ORDER))
def test_any_words_are_read_without_an_error_and_for_a_verb_that_exists(words: str, page: Page) -> None:
    value = value_of(words, "build-1", page)

    assert value is None or value["verb"] in registry.by_verb()
