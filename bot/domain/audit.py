"""One line of the audit trail: who did what, to what, with what result, and which message asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Source:
    """The message that asked for an act: ids of its activity and of its conversation, as Teams gives them."""

    message: str
    conversation: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`actor` is an object id; `target` an address, or an id of Entra's; `at` is aware UTC.

    `package` is the access package an act on a person was about, "" for none or where it is the target. `key` is the
    same for all that one wish led to. `number` grows from entry to entry, perhaps by more than one.
    """

    at: datetime
    actor: str
    act: str
    target: str
    result: str
    detail: str = ""
    package: str = ""
    key: str = ""
    message: str = ""
    conversation: str = ""
    number: int = 0
