"""What the end of a guest's account comes to, as the guest is told it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AccountGoes:
    """The guest's account is blocked with the last access, and deleted at `deleted_at` (None: it is not deleted).

    `over`: that access has ended and the account is blocked. `package_id` is the access that can be extended before.
    """

    organisation: str
    ends_at: datetime
    over: bool
    deleted_at: datetime | None = None
    name: str = ""
    package_id: str = ""
    language: str = "en"
    time_zone: str = "UTC"
