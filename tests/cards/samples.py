"""One outcome or more for every card, with the names of the demo tenant; the golden files are drawn from these."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.access import ApplicationUser, Via
from bot.domain.delivery import Delivery, Receipt, Rung
from bot.domain.drafts import LANGUAGES, InviteDraft
from bot.domain.ends import Ends
from bot.domain.invites import Failure, Invite, Milestone, Way, Wish
from bot.domain.outcomes import (
    ApplicationUsers,
    Choice,
    DeliveryLog,
    Diagnosis,
    Entry,
    Finding,
    Followed,
    GuestAccess,
    GuestList,
    GuestPackage,
    Help,
    InviteForm,
    Live,
    Mentioned,
    Moved,
    PackageList,
    PasteText,
    Press,
    Said,
    Style,
    Timeline,
    Tone,
    Working,
)
from bot.domain.packages import AccessPackage, Catalog, Expiration, Policy, Scope
from bot.domain.people import Person, Redemption
from cards import (
    application_users,
    delivery_log,
    diagnosis,
    guest_access,
    guests,
    help,  # noqa: A004 -- a card is named after its command
    invite_form,
    live_invite,
    mentioned,
    moved,
    packages,
    paste_text,
    said,
    timeline,
    working,
)
from tests.cards import (
    account_samples,
    approval_samples,
    build_samples,
    catalog_samples,
    extension_samples,
    filing_samples,
    keep_samples,
    keeping_samples,
    left_samples,
    noticing_samples,
    record_samples,
    review_samples,
    sponsor_samples,
    stale_samples,
    wizard_samples,
)
from tests.cards.sample import Sample

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ZONE = "Europe/Berlin"
LINK = "https://myaccess.microsoft.com/@contoso.onmicrosoft.com#/access-packages/99999999-9999-4999-8999-999999999991"
REDEEM = "https://login.microsoftonline.com/redeem?rd=https%3a%2f%2finvitations.microsoft.com%2fredeem%2f"
APPS = "https://myapps.microsoft.com/?tenantId=11111111-1111-4111-8111-111111111111"


def after(**passed: int) -> datetime:
    return NOW + timedelta(**passed)


WISH = Wish(
    address="ana@fabrikam.com",
    package_id="99999999-9999-4999-8999-999999999991",
    package_name="Invited users package",
    ends=Ends(days=14),
    sponsor_id="44444444-4444-4444-8444-444444444441",
    sponsor_name="Megan Bowen",
    message="Dear Ana,\nplease join the audit.",
    justification="audit",
)
INVITE = Invite(
    id="inv-1",
    wish=WISH,
    asked_by="33333333-3333-4333-8333-333333333333",
    asked_by_name="Alex Wilber",
    created_at=NOW,
    guest_name="Ana Silva",
    milestones={Milestone.INVITED: NOW},
)
DELIVERED = replace(
    INVITE,
    ends_at=after(days=14),
    governed=False,
    milestones={
        Milestone.INVITED: NOW,
        Milestone.REDEEMED: after(hours=1),
        Milestone.REQUESTED: after(hours=2),
        Milestone.DELIVERING: after(hours=2, minutes=1),
        Milestone.DELIVERED: after(hours=2, minutes=3),
    },
)
FAILED = replace(
    INVITE,
    failure=Failure(
        "Entra could not deliver everything the access package holds.", "PartiallyDelivered", "delivery", NOW
    ),
    milestones={**INVITE.milestones, Milestone.REDEEMED: after(hours=1), Milestone.REQUESTED: after(hours=2)},
)
REVOKED = replace(DELIVERED, milestones={**DELIVERED.milestones, Milestone.REVOKED: after(days=3)}, open=False)
ASSIGNED = replace(
    INVITE,
    wish=replace(WISH, way=Way.ASSIGN),
    milestones={
        Milestone.INVITED: NOW,
        Milestone.REQUESTED: NOW,
        Milestone.DELIVERING: after(minutes=1),
        Milestone.DELIVERED: after(minutes=2),
    },
)


def receipt(rung: Rung, state: Delivery, at: datetime = NOW, **more: str) -> Receipt:
    return Receipt(f"{rung}-{at}", "inv-1", "ana@fabrikam.com", rung, "invitation", state, at, **more)


RECEIPTS = (
    receipt(Rung.CARD, Delivery.FAILED, code="MessageWritesBlocked", detail="Ana has not opened a chat with Usher"),
    receipt(Rung.MAIL, Delivery.SENT, after(minutes=1)),
)


def live(invite: Invite) -> Live:
    return Live(invite, LINK, after(minutes=5), ZONE, RECEIPTS)


ANA = Person(
    "55555555-5555-4555-8555-555555555551",
    "Ana Silva",
    "ana@fabrikam.com",
    is_guest=True,
    redemption=Redemption.ACCEPTED,
    redeemed_at=NOW,
)
PACKAGES = (
    AccessPackage(
        "99999999-9999-4999-8999-999999999991",
        "Invited users package",
        Catalog("88888888-8888-4888-8888-888888888881", "General"),
        "Opens App4Guest",
        policies=(Policy("p1", "All users", Scope.ALL_USERS, True, expiration=Expiration(timedelta(days=14))),),
    ),
    AccessPackage(
        "99999999-9999-4999-8999-999999999992",
        "Partner project",
        Catalog("88888888-8888-4888-8888-888888888882", "Partners"),
        policies=(Policy("p2", "Partners", Scope.ALL_USERS, True, True, 2),),
    ),
    AccessPackage(
        "99999999-9999-4999-8999-999999999993",
        "Staff handbook",
        Catalog("88888888-8888-4888-8888-888888888881", "General"),
        policies=(Policy("p3", "Staff", Scope.MEMBERS, True),),
    ),
    AccessPackage(
        "99999999-9999-4999-8999-999999999995",
        "Hidden package",
        Catalog("88888888-8888-4888-8888-888888888881", "General"),
        hidden=True,
    ),
)
FORM = InviteForm(
    InviteDraft(addresses="ana@gmial.com", package=PACKAGES[0].id, days="14", justification="audit"),
    tuple(Choice(package.name, package.id) for package in PACKAGES[:2]),
    tuple(Choice(name, tag) for tag, name in LANGUAGES.items()),
    {"addresses": "gmial.com looks like gmail.com. Did you mean ana@gmail.com?"},
    ("This goes to the guest by e-mail.",),
)
GUEST = GuestAccess(
    "Ana Silva",
    "Contoso",
    "en",
    redeemed=False,
    redeem_url=REDEEM,
    apps_url=APPS,
    packages=(GuestPackage("Invited users package", LINK, "open"),),
    message="Dear Ana,\nplease join the audit.",
    inviter="Alex Wilber",
    time_zone=ZONE,
)
GUEST_DELIVERED = replace(
    GUEST,
    redeemed=True,
    message="",
    packages=(
        GuestPackage("Invited users package", LINK, "delivered", after(days=14), id=PACKAGES[0].id),
        GuestPackage("Partner project", LINK, "requested", needs_approval=True),
    ),
)

SAMPLES = {
    **catalog_samples.SAMPLES,
    **approval_samples.SAMPLES,
    **extension_samples.SAMPLES,
    **account_samples.SAMPLES,
    **keep_samples.SAMPLES,
    **sponsor_samples.SAMPLES,
    **left_samples.SAMPLES,
    **noticing_samples.SAMPLES,
    **stale_samples.SAMPLES,
    **wizard_samples.SAMPLES,
    **keeping_samples.SAMPLES,
    **build_samples.SAMPLES,
    **filing_samples.SAMPLES,
    **record_samples.SAMPLES,
    **review_samples.SAMPLES,
    "said": Sample(
        said.card,
        said.text,
        Said(
            "You may not do that",
            "Inviting guests takes one of these roles.",
            Tone.BAD,
            (("Who can help", "Alex Wilber"),),
            ("Guest Inviter", "User Administrator"),
            (Press("Help", "help"), Press("Open Entra", url="https://entra.microsoft.com", style=Style.PRIMARY)),
        ),
    ),
    "invite_form": Sample(invite_form.card, invite_form.text, FORM),
    "live_invite_new": Sample(live_invite.card, live_invite.text, live(INVITE)),
    "live_invite_delivered": Sample(live_invite.card, live_invite.text, live(DELIVERED)),
    "live_invite_failed": Sample(live_invite.card, live_invite.text, live(FAILED)),
    "live_invite_revoked": Sample(live_invite.card, live_invite.text, live(REVOKED)),
    "live_invite_assigned": Sample(live_invite.card, live_invite.text, live(ASSIGNED)),
    "timeline": Sample(
        timeline.card,
        timeline.text,
        Timeline(
            ANA,
            "ana@fabrikam.com",
            (("Invited users package", "✔ Delivered"),),
            (
                Entry(NOW, "Invited by Alex Wilber", Tone.GOOD),
                Entry(after(minutes=1), "Teams chat failed", Tone.BAD),
            ),
            ZONE,
            (Press("Why?", "why", {"address": "ana@fabrikam.com"}),),
            (
                Entry(after(days=14), "Access ends", Tone.WARNING),
                Entry(None, "Approval by Adele Vance", Tone.WORKING),
            ),
        ),
    ),
    "diagnosis": Sample(
        diagnosis.card,
        diagnosis.text,
        Diagnosis(
            "ana@fabrikam.com",
            "Ana cannot sign in: the account is blocked.",
            (
                Finding("Sign-in is blocked.", Tone.BAD, (Press("Unblock", "unblock", {"person": ANA.id}),), "blocked"),
                Finding("The access package was delivered.", Tone.GOOD),
            ),
        ),
    ),
    "packages": Sample(
        packages.card, packages.text, PackageList(PACKAGES, {package.id: LINK for package in PACKAGES[:2]})
    ),
    "guests": Sample(
        guests.card,
        guests.text,
        GuestList(
            (
                ANA,
                replace(ANA, name="Dan Kim", address="dan@northwindtraders.com", enabled=False),
                replace(ANA, name="Eva Lund", address="eva@adatum.com", deleted_at=NOW),
                replace(ANA, name="Carla Reyes", address="carla@northwindtraders.com", redemption=Redemption.PENDING),
            ),
            "all",
            {"all": 4, "pending": 1, "accepted": 2, "blocked": 1, "deleted": 1},
            4,
            ZONE,
        ),
    ),
    "application_users": Sample(
        application_users.card,
        application_users.text,
        ApplicationUsers(
            "App4Guest",
            (
                ApplicationUser(
                    ANA.id,
                    ANA.name,
                    ANA.address,
                    True,
                    package_name=WISH.package_name,
                    ends_at=after(days=14),
                    since=NOW,
                ),
                ApplicationUser("lee", "Lee Gu", "lee@contoso.com", via=Via.GROUP, group_name="Partner Readers"),
            ),
            ZONE,
            total=2,
            open_to_all=True,
        ),
    ),
    "delivery_log": Sample(
        delivery_log.card,
        delivery_log.text,
        DeliveryLog("ana@fabrikam.com", RECEIPTS[::-1], ZONE, (Press("Resend", "resend", {"invite": "inv-1"}),)),
    ),
    "help": Sample(
        help.card,
        help.text,
        Help(
            "Megan",
            (("invite <address>", "Opens the form"), ("status <address>", "Says where a guest stands")),
            (("assign <address>", "Takes the role Identity Governance Administrator"),),
            (Press("Show guests", "guests"),),
        ),
    ),
    "help_instead": Sample(
        help.card,
        help.text,
        Help("Ana", (("status", "Where you stand."),), (), (Press("My status", "status"),), "audit"),
    ),
    "guest_access": Sample(guest_access.card, guest_access.text, GUEST),
    "guest_access_delivered": Sample(guest_access.card, guest_access.text, GUEST_DELIVERED),
    "mentioned": Sample(mentioned.card, mentioned.text, Mentioned("29:1ana", "Ana Silva", "en")),
    "moved": Sample(moved.card, moved.text, Moved(Followed.ACCESS)),
    "paste_text": Sample(
        paste_text.card,
        paste_text.text,
        PasteText("ana@fabrikam.com", LINK, f"Hello Ana,\nyour link: {LINK}", ("The mail was refused.",), "inv-1"),
    ),
    "working": Sample(working.card, working.text, Working("Looking ana@fabrikam.com up")),
}
