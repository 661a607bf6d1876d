"""Who answers for a guest: the sponsors Entra keeps with the account."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.people import Person

MOST = 5
"""How many sponsors an account can have. https://learn.microsoft.com/entra/external-id/b2b-sponsors"""

MOST_OF_GROUP = 10
"""So many members of a group that sponsors a guest are told and asked: more people would each think of another."""


@dataclass(frozen=True, slots=True)
class Sponsor:
    """A person or a group that answers for a guest. `enabled`: a person can sign in; a group always counts as such."""

    id: str
    name: str
    address: str = ""
    is_group: bool = False
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Sponsored:
    """A guest with those who answer for them."""

    guest: Person
    sponsors: tuple[Sponsor, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """Object ids of the sponsors."""
        return frozenset(one.id for one in self.sponsors)
