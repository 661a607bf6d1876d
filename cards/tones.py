"""Icon, word and colour of every status: the word carries it, the icon helps, the colour only adds."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.outcomes import Tone
from cards.elements import Colour, ContainerStyle


@dataclass(frozen=True, slots=True)
class Mark:
    """How a status looks and reads."""

    icon: str
    word: str
    colour: Colour
    style: ContainerStyle

    @property
    def label(self) -> str:
        """Icon and word together."""
        return f"{self.icon} {self.word}"


MARKS = {
    Tone.INFO: Mark("●", "Note", "Accent", "emphasis"),
    Tone.GOOD: Mark("✔", "In order", "Good", "good"),
    Tone.WARNING: Mark("⚠", "Attention", "Warning", "warning"),
    Tone.BAD: Mark("✖", "Problem", "Attention", "attention"),
    Tone.WORKING: Mark("⏳", "Working", "Accent", "accent"),
}
