import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft6Validator

from tests.cards import goldens
from tests.cards.rules import broken, elements
from tests.cards.samples import SAMPLES

ROOT = Path(__file__).resolve().parents[2]
NO_CARDS = {"__init__", "delivery_words", "elements", "fields", "guest_stage", "listing", "literal", "presses", "steps"}
NO_CARDS |= {"approval_words", "chart", "differences", "review_words", "tones", "waiting", "when"}


@pytest.fixture(scope="module")
def schema(shared: Path) -> Draft6Validator:
    text = (shared / "schemas" / "adaptive-card-1.5.json").read_text(encoding="utf-8")
    return Draft6Validator(json.loads(text))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_card_looks_as_its_golden_file_shows(name: str) -> None:
    expected = goldens.kept(name)

    drawn = goldens.drawn(SAMPLES[name])

    assert drawn == expected, "if this is meant: python -m tests.cards.goldens"


def test_no_golden_file_is_left_over() -> None:
    kept = {path.stem for path in goldens.FOLDER.glob("*.json")}

    assert kept == set(SAMPLES)


def test_every_card_module_has_a_sample() -> None:
    modules = {path.stem for path in (ROOT / "cards").glob("*.py")} - NO_CARDS

    sampled = {sample.card.__module__.removeprefix("cards.") for sample in SAMPLES.values()}

    assert sampled == modules


@pytest.mark.parametrize("name", SAMPLES)
def test_a_card_breaks_no_rule(name: str) -> None:
    sample = SAMPLES[name]

    card = sample.card(sample.outcome)

    assert broken(card) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_a_card_is_valid_adaptive_cards_1_5(name: str, schema: Draft6Validator) -> None:
    sample = SAMPLES[name]

    card = _as_the_schema_knows_it(sample.card(sample.outcome))

    assert [error.message for error in schema.iter_errors(card)] == []


def _as_the_schema_knows_it(card: dict[str, Any]) -> dict[str, Any]:
    """The published schema of 1.5 forgot the style "filtered", which 1.5 brought, and the key of an element."""
    for element in elements(card):
        element.pop("key", None)
        if element.get("style") == "filtered":
            element["style"] = "compact"
    return card
