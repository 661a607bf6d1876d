"""One line of the audit trail: who did what, to what, with what result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`actor` is an object id; `target` an address, or the id of an access package; `at` is aware UTC."""

    at: datetime
    actor: str
    act: str
    target: str
    result: str
    detail: str = ""
