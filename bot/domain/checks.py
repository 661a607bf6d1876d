"""What an operator is told before Usher works in a tenant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `how` says what to do about it when it is not `good`.

    Without what is not `needed` Usher works, only not all of it.
    """

    good: bool
    what: str
    how: str = ""
    needed: bool = True

    @property
    def word(self) -> str:
        """How it stands, in one word."""
        if self.good:
            return "ok"
        return "MISSING" if self.needed else "absent"

    @property
    def is_fault(self) -> bool:
        """Whether Usher cannot work before this is mended."""
        return self.needed and not self.good
