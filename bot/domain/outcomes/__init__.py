"""What a command came to, as data: the Teams room turns each into one card and its text twin.

Every text in here is plain: cards escape it. Names and messages may hold anything a stranger typed.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.outcomes.accounts import AccountGoes
from bot.domain.outcomes.approving import ApprovalList, ApprovalShown, RequestDecided
from bot.domain.outcomes.building import Ambiguous, DraftsOpen, PackageReview, ResourceRow, WizardPage
from bot.domain.outcomes.catalogs import CatalogDetails, CatalogEntry, CatalogList, OrganizationList
from bot.domain.outcomes.extending import Expiring, Extending, ExtensionAsked, KeepAccess, KeepWay
from bot.domain.outcomes.filing import (
    LONGEST_PART,
    BuildLine,
    BuildOverview,
    FiledLine,
    FileOffer,
    FilePlan,
    FileSaved,
    PackageFile,
    Unclear,
    Verdict,
    weight,
)
from bot.domain.outcomes.forms import Field, FieldKind, Form
from bot.domain.outcomes.general import Help, Said, Working
from bot.domain.outcomes.guests import (
    ApplicationUsers,
    DeliveryLog,
    Diagnosis,
    GuestList,
    InviteForm,
    Live,
    PasteText,
    Timeline,
)
from bot.domain.outcomes.keeping import (
    DeletionProgress,
    DeletionQuestion,
    DeletionState,
    Difference,
    Holder,
    LintedPackage,
    LintLine,
    LintReport,
    PackageChange,
    PackageView,
    PolicyView,
)
from bot.domain.outcomes.leaving import SponsorLeft
from bot.domain.outcomes.noticing import AccessEnds, Digest
from bot.domain.outcomes.packages import PackageList
from bot.domain.outcomes.parts import Choice, Entry, Finding, Press, Style, Tone
from bot.domain.outcomes.progress import BuildNote, BuildProgress, LineState, StepLine
from bot.domain.outcomes.record import RecordPage, RecordRow, ReportShown
from bot.domain.outcomes.reviewing import (
    CampaignList,
    CampaignRow,
    CampaignShown,
    ReviewCard,
    ReviewerProgress,
    ReviewLine,
    ReviewResult,
    SeveralForm,
)
from bot.domain.outcomes.sharing import PackageShared, Recipient, ShareForm, Sharing
from bot.domain.outcomes.sign_in import GoingOn, SignIn
from bot.domain.outcomes.sponsoring import GuestsGiven, RunShown, SponsoredGuest, SponsoredGuests
from bot.domain.outcomes.stale import StaleGuests
from bot.domain.outcomes.waiting import Holdup, Waiting
from bot.domain.outcomes.welcome import Followed, GuestAccess, GuestPackage, Mentioned, Moved

__all__ = [
    "LONGEST_PART",
    "AccessEnds",
    "AccountGoes",
    "Ambiguous",
    "ApplicationUsers",
    "ApprovalList",
    "ApprovalShown",
    "BuildLine",
    "BuildNote",
    "BuildOverview",
    "BuildProgress",
    "CampaignList",
    "CampaignRow",
    "CampaignShown",
    "CatalogDetails",
    "CatalogEntry",
    "CatalogList",
    "Choice",
    "DeletionProgress",
    "DeletionQuestion",
    "DeletionState",
    "DeliveryLog",
    "Diagnosis",
    "Difference",
    "Digest",
    "DraftsOpen",
    "Entry",
    "Expiring",
    "Extending",
    "ExtensionAsked",
    "Field",
    "FieldKind",
    "FileOffer",
    "FilePlan",
    "FileSaved",
    "FiledLine",
    "Finding",
    "Followed",
    "Form",
    "GoingOn",
    "GuestAccess",
    "GuestList",
    "GuestPackage",
    "GuestsGiven",
    "Help",
    "Holder",
    "Holdup",
    "InviteForm",
    "KeepAccess",
    "KeepWay",
    "LineState",
    "LintLine",
    "LintReport",
    "LintedPackage",
    "Live",
    "Mentioned",
    "Moved",
    "OrganizationList",
    "Outcome",
    "PackageChange",
    "PackageFile",
    "PackageList",
    "PackageReview",
    "PackageShared",
    "PackageView",
    "PasteText",
    "PolicyView",
    "Press",
    "Recipient",
    "RecordPage",
    "RecordRow",
    "ReportShown",
    "RequestDecided",
    "ResourceRow",
    "ReviewCard",
    "ReviewLine",
    "ReviewResult",
    "ReviewerProgress",
    "RunShown",
    "Said",
    "Several",
    "SeveralForm",
    "ShareForm",
    "Sharing",
    "SignIn",
    "SponsorLeft",
    "SponsoredGuest",
    "SponsoredGuests",
    "StaleGuests",
    "StepLine",
    "Style",
    "Timeline",
    "Tone",
    "Unclear",
    "Verdict",
    "Waiting",
    "WizardPage",
    "Working",
    "weight",
]


@dataclass(frozen=True, slots=True)
class Several:
    """More than one answer: each becomes a card of its own."""

    outcomes: tuple[Outcome, ...]


Outcome = (
    Said
    | InviteForm
    | Live
    | Timeline
    | Diagnosis
    | PackageList
    | CatalogList
    | CatalogDetails
    | OrganizationList
    | Form
    | GuestList
    | ApplicationUsers
    | DeliveryLog
    | Help
    | GuestAccess
    | Mentioned
    | Moved
    | PasteText
    | DraftsOpen
    | WizardPage
    | PackageReview
    | PackageView
    | PackageChange
    | DeletionQuestion
    | DeletionProgress
    | LintReport
    | BuildProgress
    | ShareForm
    | Sharing
    | PackageShared
    | PackageFile
    | RecordPage
    | ReportShown
    | FileOffer
    | FileSaved
    | FilePlan
    | BuildNote
    | BuildOverview
    | Extending
    | Expiring
    | CampaignShown
    | ReviewCard
    | SeveralForm
    | CampaignList
    | ReviewResult
    | ExtensionAsked
    | KeepAccess
    | AccountGoes
    | RunShown
    | GuestsGiven
    | SponsoredGuests
    | AccessEnds
    | Digest
    | ApprovalShown
    | ApprovalList
    | RequestDecided
    | StaleGuests
    | SignIn
    | GoingOn
    | SponsorLeft
    | Several
    | Working
)
