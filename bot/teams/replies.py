"""Choose the card and its text twin for what a command came to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.domain.outcomes import (
    AccessEnds,
    AccountGoes,
    ApplicationUsers,
    ApprovalList,
    ApprovalShown,
    BuildNote,
    BuildOverview,
    BuildProgress,
    CampaignList,
    CampaignShown,
    CatalogDetails,
    CatalogList,
    DeletionProgress,
    DeletionQuestion,
    DeliveryLog,
    Diagnosis,
    Digest,
    DraftsOpen,
    Expiring,
    Extending,
    ExtensionAsked,
    FileOffer,
    FilePlan,
    FileSaved,
    Form,
    GoingOn,
    GuestAccess,
    GuestList,
    GuestsGiven,
    Help,
    InviteForm,
    KeepAccess,
    LintReport,
    Live,
    Mentioned,
    Moved,
    OrganizationList,
    Outcome,
    PackageChange,
    PackageFile,
    PackageList,
    PackageReview,
    PackageShared,
    PackageView,
    PasteText,
    RecordPage,
    ReportShown,
    RequestDecided,
    ReviewCard,
    ReviewResult,
    RunShown,
    Said,
    Several,
    SeveralForm,
    ShareForm,
    Sharing,
    SignIn,
    SponsoredGuests,
    SponsorLeft,
    StaleGuests,
    Timeline,
    WizardPage,
    Working,
)
from bot.teams import file_attachments, sign_in_card
from cards import (
    access_ends,
    account_goes,
    application_users,
    approval,
    approvals,
    build_overview,
    build_progress,
    campaign,
    campaigns,
    catalog,
    catalogs,
    deletion_progress,
    delivery_log,
    diagnosis,
    digest,
    end_change,
    expiring,
    extension_asked,
    file_plan,
    form,
    guest_access,
    guest_run,
    guests,
    guests_given,
    help,  # noqa: A004 - the card is named after its command
    invite_form,
    keep_access,
    live_invite,
    mentioned,
    moved,
    organizations,
    package_change,
    package_deletion,
    package_file,
    package_lint,
    package_review,
    package_shared,
    package_view,
    packages,
    paste_text,
    record,
    report,
    request_decided,
    review_card,
    review_result,
    review_several,
    said,
    share_form,
    sharing,
    sponsor_left,
    sponsored_guests,
    stale_guests,
    timeline,
    wizard,
    working,
)

Say = Callable[[str], str]
SayIn = Callable[[str], Say]
"""Language tag -> what turns an English phrase into that language."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent: a card with its plain-text twin, or (`card` None) a text that Teams reads as XML with mentions.

    With `attachment`, one of Teams' own, that is sent instead of either.
    """

    text: str
    card: dict[str, Any] | None
    entities: list[dict[str, Any]] = field(default_factory=list)
    attachment: dict[str, Any] | None = None


class Card(Protocol):
    """A module of `cards` that shows one kind of outcome."""

    def card(self, outcome: Any) -> dict[str, Any]: ...

    def text(self, outcome: Any) -> str: ...


class SpokenCard(Protocol):
    """The same in the language of whoever sees it."""

    def card(self, outcome: Any, say: Say) -> dict[str, Any]: ...

    def text(self, outcome: Any, say: Say) -> str: ...


CARDS: dict[type[Outcome], Card] = {
    Said: said,
    InviteForm: invite_form,
    Live: live_invite,
    Timeline: timeline,
    Diagnosis: diagnosis,
    PackageList: packages,
    RecordPage: record,
    ReportShown: report,
    CatalogList: catalogs,
    CatalogDetails: catalog,
    OrganizationList: organizations,
    Form: form,
    GuestList: guests,
    ApplicationUsers: application_users,
    DeliveryLog: delivery_log,
    Help: help,
    PasteText: paste_text,
    BuildProgress: build_progress,
    ShareForm: share_form,
    Sharing: sharing,
    PackageFile: package_file,
    FilePlan: file_plan,
    BuildOverview: build_overview,
    Working: working,
    WizardPage: wizard,
    PackageReview: package_review,
    PackageView: package_view,
    PackageChange: package_change,
    DeletionQuestion: package_deletion,
    DeletionProgress: deletion_progress,
    LintReport: package_lint,
    Extending: end_change,
    Expiring: expiring,
    ReviewResult: review_result,
    CampaignList: campaigns,
    SeveralForm: review_several,
    ReviewCard: review_card,
    CampaignShown: campaign,
    ExtensionAsked: extension_asked,
    RunShown: guest_run,
    GuestsGiven: guests_given,
    SponsoredGuests: sponsored_guests,
    ApprovalShown: approval,
    ApprovalList: approvals,
    StaleGuests: stale_guests,
    SponsorLeft: sponsor_left,
}
SPOKEN: dict[type[Outcome], SpokenCard] = {
    AccessEnds: access_ends,
    Digest: digest,
    GuestAccess: guest_access,
    Moved: moved,
    PackageShared: package_shared,
    KeepAccess: keep_access,
    RequestDecided: request_decided,
    AccountGoes: account_goes,
}


def reply_to(outcome: Outcome, say_in: SayIn) -> Reply:
    """Return what shows the outcome; a `Several` shows as its first part, its sender takes it apart."""
    match outcome:
        case Several():
            return reply_to(outcome.outcomes[0] if outcome.outcomes else Said("Nothing to show"), say_in)
        case BuildNote() | DraftsOpen() | GoingOn():
            return reply_to(outcome.said, say_in)
        case FileOffer():
            return Reply(file_attachments.offer_text(outcome), None, attachment=file_attachments.offer(outcome))
        case FileSaved():
            return Reply(file_attachments.saved_text(outcome), None, attachment=file_attachments.saved(outcome))
        case SignIn():
            return Reply(sign_in_card.text(outcome), None, attachment=sign_in_card.card(outcome))
        case Mentioned():
            return Reply(mentioned.text(outcome, say_in(outcome.language)), None, mentioned.entities(outcome))
        case (
            AccessEnds()
            | Digest()
            | GuestAccess()
            | Moved()
            | PackageShared()
            | KeepAccess()
            | RequestDecided()
            | AccountGoes()
        ):
            spoken, say = SPOKEN[type(outcome)], say_in(outcome.language)
            return Reply(spoken.text(outcome, say), spoken.card(outcome, say))
        case _:
            shown = CARDS[type(outcome)]
            return Reply(shown.text(outcome), shown.card(outcome))
