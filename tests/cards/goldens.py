"""The golden files: what every sample's card looks like. `python -m tests.cards.goldens` draws them anew."""

import json
from pathlib import Path
from typing import Any

from tests.cards.samples import SAMPLES, Sample

FOLDER = Path(__file__).parent / "golden"


def drawn(sample: Sample) -> dict[str, Any]:
    """Card and text twin as a golden file holds them."""
    return {"text": sample.text(sample.outcome).splitlines(), "card": sample.card(sample.outcome)}


def kept(name: str) -> dict[str, Any]:
    """What the golden file of this name holds."""
    read: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return read


def draw_anew() -> None:
    """Every golden file shows its sample, and no other file is there. Read the difference before you keep it."""
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, sample in SAMPLES.items():
        shown = json.dumps(drawn(sample), ensure_ascii=False, indent=2)
        (FOLDER / f"{name}.json").write_text(shown + "\n", encoding="utf-8")


if __name__ == "__main__":
    draw_anew()
