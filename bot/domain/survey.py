"""What was read from the directory in one go, to decide about some addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.packages import AccessPackage
from bot.domain.people import InvitesFrom, Person
from bot.domain.roles import Roles


@dataclass(frozen=True, slots=True)
class Survey:
    """All that a decision about some addresses needs, read in one round trip (as few as the $batch limit allows).

    `people`: normalised address -> everybody it leads to (mail, other mails, proxy addresses), the deleted
    included. `sponsors`: asked-for sponsor (address or object id) -> Person, where found.
    `licensed` None: could not be told. `packages` () when not licensed or not readable.
    """

    caller: Person | None
    roles: Roles
    invites_from: InvitesFrom
    packages: tuple[AccessPackage, ...]
    people: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)
    sponsors: Mapping[str, Person] = field(default_factory=dict)
    licensed: bool | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """What POST /invitations gave: the guest's object id and the one-time redeem URL."""

    guest_id: str
    redeem_url: str
