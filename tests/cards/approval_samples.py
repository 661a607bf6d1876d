"""Requests that wait for approval, in each of their states, as approver and requestor see them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.approvals import ApprovalCase, Decision, Fate
from bot.domain.outcomes import ApprovalList, ApprovalShown, RequestDecided
from bot.domain.panels import Approver, Because
from cards import approval, approvals, request_decided
from tests.cards.sample import Sample

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LINK = "https://myaccess.microsoft.com/@contoso.onmicrosoft.com#/request-approval"
ADELE = Approver("44444444-4444-4444-8444-444444444442", "Adele Vance", "adele@contoso.com")
LEE = replace(ADELE, id="lee", name="Lee Gu", because=Because.GROUP, of="Partner approvers", alternate=True)
CASE = ApprovalCase(
    id="eeeeeeee-eeee-4eee-8eee-eeeeeeeeeee2",
    kind="userAdd",
    package_id="99999999-9999-4999-8999-999999999992",
    package_name="Partner project",
    person_id="55555555-5555-4555-8555-555555555552",
    person_name="Ben Ortiz",
    person_address="ben@fabrikam.com",
    asked_at=NOW,
    begun_at=NOW,
    deadline=NOW + timedelta(days=14),
    looked_at=NOW,
    requestor_id="55555555-5555-4555-8555-555555555552",
    requestor_name="Ben Ortiz",
    is_guest=True,
    justification="Phoenix needs *me* until spring",
    answers=(("Which project are you working on?", "Phoenix"), ("In which team?", "Design")),
    sponsors=("Alex Wilber",),
    lasts=timedelta(days=90),
    asked=(ADELE, LEE),
)
APPROVED = Decision(1, True, ADELE.id, "Adele Vance", "Welcome on board", NOW + timedelta(hours=2))
DENIED = replace(APPROVED, approve=False, reason="The project ended last week")
TWO = replace(CASE, stages=2)
STATES = {
    "waiting": ApprovalShown(CASE, ADELE, LINK),
    "alternate": ApprovalShown(CASE, LEE, LINK),
    "reminder": ApprovalShown(CASE, ADELE, LINK, reminder=True, time_zone="Europe/Berlin"),
    "problem": ApprovalShown(CASE, ADELE, LINK, problem="Say why you deny it: Ben Ortiz is told.", reason=" "),
    "elsewhere": ApprovalShown(CASE, ADELE, LINK, can_decide=False),
    "approved": ApprovalShown(CASE.decided(APPROVED), ADELE, LINK),
    "denied": ApprovalShown(CASE.decided(DENIED), ADELE, LINK, note="Already denied by Adele Vance."),
    "next-stage": ApprovalShown(TWO.decided(APPROVED), ADELE, LINK),
    "expired": ApprovalShown(CASE.settled(Fate.EXPIRED, NOW), ADELE, LINK),
    "withdrawn": ApprovalShown(CASE.settled(Fate.WITHDRAWN, NOW), ADELE, LINK),
    "gone": ApprovalShown(CASE.settled(Fate.GONE, NOW), ADELE, LINK),
    "outside": ApprovalShown(CASE.settled(Fate.APPROVED, NOW), ADELE, LINK),
    "not-asked": ApprovalShown(CASE, None, LINK),
}
MANY = tuple(
    replace(CASE, id=f"r{number}", person_name=f"Guest {number}", deadline=NOW + timedelta(days=number))
    for number in range(1, 9)
)
TOLD = RequestDecided("Ben Ortiz", "Contoso", "Partner project", Fate.APPROVED, "Adele Vance", "Welcome", LINK)
SAMPLES = {f"approval-{name}": Sample(approval.card, approval.text, shown) for name, shown in STATES.items()} | {
    "approvals": Sample(approvals.card, approvals.text, ApprovalList(MANY, NOW, LINK)),
    "approvals-none": Sample(approvals.card, approvals.text, ApprovalList((), NOW, LINK)),
    "approvals-elsewhere": Sample(approvals.card, approvals.text, ApprovalList(MANY[:1], NOW, LINK, can_decide=False)),
    "request-approved": Sample(request_decided.card, request_decided.text, TOLD),
    "request-denied": Sample(request_decided.card, request_decided.text, replace(TOLD, fate=Fate.DENIED)),
    "request-expired": Sample(
        request_decided.card, request_decided.text, replace(TOLD, fate=Fate.EXPIRED, by="", reason="")
    ),
}
