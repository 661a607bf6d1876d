"""An invite that is still being asked for: what was typed or filled in so far, unchecked."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from bot.domain.text import storable

LANGUAGES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
"""Languages in which Usher can write to guests: BCP 47 tag -> the language's own name."""

MOST_CHARACTERS = 8000
"""Of one field; what it may hold in earnest is checked, and said, elsewhere."""


@dataclass(frozen=True, slots=True)
class InviteDraft:
    """Everything is text as a person gave it; "" means not given.

    `addresses` may hold several, separated by commas, semicolons or white space. `package` is an id or a
    name, `way` "link" or "assign", `ends` "policy", "days" or "date", `until` an ISO date, `sponsor` an
    address or an object id, `sure` the codes of the findings the person has already said yes to.
    """

    addresses: str = ""
    package: str = ""
    way: str = ""
    ends: str = ""
    days: str = ""
    until: str = ""
    sponsor: str = ""
    language: str = ""
    message: str = ""
    justification: str = ""
    sure: str = ""

    def to_json(self) -> dict[str, str]:
        """Only what was given."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> InviteDraft:
        """Takes any object a card may send: what is no text or number, or no field of ours, is left out; never raises.

        Some clients send a number field as a number.
        """
        names = {field.name for field in fields(cls)}
        kept = {
            name: storable(str(value)[:MOST_CHARACTERS]).strip()
            for name, value in data.items()
            if name in names and (isinstance(value, str) or type(value) is int)
        }
        return cls(**kept)

    def over(self, earlier: InviteDraft) -> InviteDraft:
        """`earlier` with all that this one gives replaced."""
        return replace(earlier, **self.to_json())
