"""What a sample is: a card module's two functions and the outcome they are given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sample:
    """`card` and `text` of one module, and the outcome they are given."""

    card: Callable[..., dict[str, Any]]
    text: Callable[..., str]
    outcome: Any
