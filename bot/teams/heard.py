"""What became of words that were typed while a form was open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of typed words: `answered` here, or `value` sent as the form's button would send it from `card`.

    Neither: the words were not for a form.
    """

    answered: bool = False
    value: dict[str, Any] | None = None
    card: str = ""
