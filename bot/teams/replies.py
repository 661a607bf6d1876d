"""Choose the card and its text twin for what a command came to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.domain.outcomes import (
    ApplicationUsers,
    BuildNote,
    BuildOverview,
    BuildProgress,
    CatalogDetails,
    CatalogList,
    DeletionProgress,
    DeletionQuestion,
    DeliveryLog,
    Diagnosis,
    FileOffer,
    FilePlan,
    FileSaved,
    Form,
    GuestAccess,
    GuestList,
    Help,
    InviteForm,
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
    Said,
    Several,
    ShareForm,
    Sharing,
    Timeline,
    WizardPage,
    Working,
)
from bot.teams import file_attachments
from cards import (
    application_users,
    build_overview,
    build_progress,
    catalog,
    catalogs,
    deletion_progress,
    delivery_log,
    diagnosis,
    file_plan,
    form,
    guest_access,
    guests,
    help,  # noqa: A004 - the card is named after its command
    invite_form,
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
    said,
    share_form,
    sharing,
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


def reply_to(outcome: Outcome, say_in: SayIn) -> Reply:
    """Return what shows the outcome; a `Several` shows as its first part, its sender takes it apart."""
    match outcome:
        case Said():
            return Reply(said.text(outcome), said.card(outcome))
        case BuildNote():
            return Reply(said.text(outcome.said), said.card(outcome.said))
        case InviteForm():
            return Reply(invite_form.text(outcome), invite_form.card(outcome))
        case Live():
            return Reply(live_invite.text(outcome), live_invite.card(outcome))
        case Timeline():
            return Reply(timeline.text(outcome), timeline.card(outcome))
        case Diagnosis():
            return Reply(diagnosis.text(outcome), diagnosis.card(outcome))
        case PackageList():
            return Reply(packages.text(outcome), packages.card(outcome))
        case CatalogList():
            return Reply(catalogs.text(outcome), catalogs.card(outcome))
        case CatalogDetails():
            return Reply(catalog.text(outcome), catalog.card(outcome))
        case OrganizationList():
            return Reply(organizations.text(outcome), organizations.card(outcome))
        case Form():
            return Reply(form.text(outcome), form.card(outcome))
        case GuestList():
            return Reply(guests.text(outcome), guests.card(outcome))
        case ApplicationUsers():
            return Reply(application_users.text(outcome), application_users.card(outcome))
        case DeliveryLog():
            return Reply(delivery_log.text(outcome), delivery_log.card(outcome))
        case Help():
            return Reply(help.text(outcome), help.card(outcome))
        case GuestAccess():
            say = say_in(outcome.language)
            return Reply(guest_access.text(outcome, say), guest_access.card(outcome, say))
        case Mentioned():
            say = say_in(outcome.language)
            return Reply(mentioned.text(outcome, say), None, mentioned.entities(outcome))
        case Moved():
            say = say_in(outcome.language)
            return Reply(moved.text(outcome, say), moved.card(outcome, say))
        case PasteText():
            return Reply(paste_text.text(outcome), paste_text.card(outcome))
        case BuildProgress():
            return Reply(build_progress.text(outcome), build_progress.card(outcome))
        case ShareForm():
            return Reply(share_form.text(outcome), share_form.card(outcome))
        case Sharing():
            return Reply(sharing.text(outcome), sharing.card(outcome))
        case PackageShared():
            say = say_in(outcome.language)
            return Reply(package_shared.text(outcome, say), package_shared.card(outcome, say))
        case PackageFile():
            return Reply(package_file.text(outcome), package_file.card(outcome))
        case FileOffer():
            return Reply(file_attachments.offer_text(outcome), None, attachment=file_attachments.offer(outcome))
        case FileSaved():
            return Reply(file_attachments.saved_text(outcome), None, attachment=file_attachments.saved(outcome))
        case FilePlan():
            return Reply(file_plan.text(outcome), file_plan.card(outcome))
        case BuildOverview():
            return Reply(build_overview.text(outcome), build_overview.card(outcome))
        case Working():
            return Reply(working.text(outcome), working.card(outcome))
        case WizardPage():
            return Reply(wizard.text(outcome), wizard.card(outcome))
        case PackageReview():
            return Reply(package_review.text(outcome), package_review.card(outcome))
        case PackageView():
            return Reply(package_view.text(outcome), package_view.card(outcome))
        case PackageChange():
            return Reply(package_change.text(outcome), package_change.card(outcome))
        case DeletionQuestion():
            return Reply(package_deletion.text(outcome), package_deletion.card(outcome))
        case DeletionProgress():
            return Reply(deletion_progress.text(outcome), deletion_progress.card(outcome))
        case LintReport():
            return Reply(package_lint.text(outcome), package_lint.card(outcome))
        case Several():
            return reply_to(outcome.outcomes[0] if outcome.outcomes else Said("Nothing to show"), say_in)
