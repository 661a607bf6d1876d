"""What the commands and jobs need from the outside, as Protocols, and the frozen Deps that carries it.

How a turn flows
----------------
1. `bot.teams` authenticates an activity and makes a `Turn` of it (bot/domain/turns.py).
2. `bot.commands.dispatch.find(turn)` names the command. A quick command (help, cancel, unknown words) is
   answered inside the turn; anything that asks Graph becomes the durable job "answer":
   `deps.jobs.start("answer", turn.key, turn.to_json())`. `key` makes repeated deliveries one job.
3. The job `bot.jobs.answer` runs the command and hands the outcome to `Messenger.settle(turn, outcome)`.
   When it takes longer than a moment it first calls `Messenger.progress(turn, Working(...))`; `settle` then
   edits that card in place. Where a card was pressed (`turn.card`), that card is the one edited.
4. For a press (invoke) `bot.teams` waits up to about 0.8 s for the settled outcome of its own turn and answers
   the invoke with the card; when it takes longer it answers with a short message and the edit follows.
5. In a channel or group chat an outcome that is personal goes to the 1:1 chat; the place where it was asked
   gets one line saying so (`Messenger.settle` decides by the outcome's type).
6. An outcome that is a form is shown by a dialog that remembers the draft (conversation and person); later
   typed words are merged into it.

Errors: every method may raise the errors of `bot.errors`: Transient (and Throttled, Ambiguous), Forbidden,
NotFound, Rejected, NotLicensed. Only what is special is named at the method.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.dormancy import USUAL_RULES, Rules
from bot.domain.survey import Invitation, Survey
from bot.ports.accounts import Accounts
from bot.ports.approvals import ApprovalCases, Approvals
from bot.ports.catalogs import Catalogs
from bot.ports.digests import Digests
from bot.ports.directory import Directory
from bot.ports.end_changes import EndChanges
from bot.ports.endings import Endings
from bot.ports.extension_asks import ExtensionAsks
from bot.ports.farewells import Farewells
from bot.ports.files import Files, PackageFiles
from bot.ports.governance import Governance
from bot.ports.guest_runs import GuestRuns
from bot.ports.ledger import Ledger
from bot.ports.letters import Letter, Letters
from bot.ports.links import Links
from bot.ports.messenger import Messenger
from bot.ports.notices import Notices
from bot.ports.record import Record
from bot.ports.reviews import Campaigns, Reviews
from bot.ports.sign_ins import SignIns
from bot.ports.signing_in import KeptTurns, SignInService
from bot.ports.sponsor_books import SponsorBooks
from bot.ports.sponsors import Sponsors
from bot.ports.sweeps import AssignmentPages, Sweeps
from bot.ports.themselves import Themselves
from bot.ports.work import Clock, Jobs

__all__ = [
    "Accounts",
    "ApprovalCases",
    "Approvals",
    "AssignmentPages",
    "Campaigns",
    "Catalogs",
    "Clock",
    "Deps",
    "Digests",
    "Directory",
    "EndChanges",
    "Endings",
    "ExtensionAsks",
    "Farewells",
    "Files",
    "Governance",
    "GuestRuns",
    "Invitation",
    "Jobs",
    "KeptTurns",
    "Ledger",
    "Letter",
    "Letters",
    "Links",
    "Messenger",
    "Notices",
    "PackageFiles",
    "Record",
    "Reviews",
    "SignInService",
    "SignIns",
    "SponsorBooks",
    "Sponsors",
    "Survey",
    "Sweeps",
    "Themselves",
]


@dataclass(frozen=True, slots=True)
class Deps:
    """Everything a command or a job may use. `mail_from` "" switches the mail rung off.

    `sponsors_extend`: the sponsor of a guest may extend their access without a role.
    `notice_marks`: how many days before the end of access people are told, where a package has no marks of its own.
    """

    directory: Directory
    ledger: Ledger
    messenger: Messenger
    jobs: Jobs
    clock: Clock
    letters: Letters
    links: Links
    catalogs: Catalogs
    governance: Governance
    files: Files
    package_files: PackageFiles
    end_changes: EndChanges
    endings: Endings
    sponsors: Sponsors
    themselves: Themselves
    sign_ins: SignIns
    kept_turns: KeptTurns
    assignment_pages: AssignmentPages
    sweeps: Sweeps
    approvals: Approvals
    approval_cases: ApprovalCases
    extension_asks: ExtensionAsks
    accounts: Accounts
    farewells: Farewells
    reviews: Reviews
    campaigns: Campaigns
    guest_runs: GuestRuns
    notices: Notices
    digests: Digests
    sign_in_service: SignInService
    sponsor_books: SponsorBooks
    mail_from: str = ""
    sweep_seconds: float = 900.0
    leavers_seconds: float = 3600.0
    stale_rules: Rules = USUAL_RULES
    sponsors_extend: bool = True
    notice_marks: tuple[int, ...] = (30, 14, 7, 1, 0)
