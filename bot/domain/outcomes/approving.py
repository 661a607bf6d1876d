"""What asking for approval, and deciding, comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.approvals import ApprovalCase, Fate
from bot.domain.panels import Approver


@dataclass(frozen=True, slots=True)
class ApprovalShown:
    """One copy of the card of a request: that of `viewer`, None for somebody who is not asked (any more).

    `link` leads to the approvals in My Access; with `can_decide` the card decides itself. `reason` is what was typed,
    `problem` what is wrong with it, `note` what is said first. `reminder`: it was sent again because time runs out.
    Times are shown in `time_zone` (IANA name).
    """

    case: ApprovalCase
    viewer: Approver | None
    link: str
    can_decide: bool = True
    reminder: bool = False
    reason: str = ""
    problem: str = ""
    note: str = ""
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class ApprovalList:
    """What waits for the asker, the first to be denied by itself first. `about`: what the list was narrowed to."""

    cases: tuple[ApprovalCase, ...]
    now: datetime
    link: str
    can_decide: bool = True
    title: str = ""
    note: str = ""
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class RequestDecided:
    """What the requestor is told of the outcome, in their language (BCP 47 tag). `by` "" when nobody is known.

    `link` leads to where they open what they got, or to where they can ask again. `again`: a try like this one is allowed.
    """

    name: str
    organisation: str
    package_name: str
    fate: Fate
    by: str = ""
    reason: str = ""
    link: str = ""
    language: str = "en"
