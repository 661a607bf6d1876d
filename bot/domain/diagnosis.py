"""What stands between a guest and the application: findings in plain words, each with its button."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.access import AccessRequest, Assignment, AssignmentState, RequestState
from bot.domain.belongings import Fate
from bot.domain.delivery import Delivery, Receipt, Rung
from bot.domain.ends import Ends
from bot.domain.fate_words import in_words
from bot.domain.invites import Invite
from bot.domain.outcomes import Diagnosis, Finding, Press, Style, Tone
from bot.domain.packages import AccessPackage
from bot.domain.people import InvitesFrom, Person
from bot.domain.sponsors import Sponsor
from bot.domain.wording import day

_ORDER = [Tone.BAD, Tone.WARNING, Tone.WORKING, Tone.INFO, Tone.GOOD]


@dataclass(frozen=True, slots=True)
class Patient:
    """Everything known of one guest. `people`: all accounts behind the address; `fate`: what becomes of the one that counts."""

    address: str
    people: Sequence[Person]
    invites: Sequence[Invite]
    held: Sequence[Assignment]
    asked: Sequence[AccessRequest]
    packages: Sequence[AccessPackage]
    receipts: Sequence[Receipt]
    sponsors: Sequence[Sponsor]
    invites_from: InvitesFrom
    licensed: bool | None
    now: datetime
    zone: ZoneInfo
    fate: Fate | None = None

    @property
    def person(self) -> Person | None:
        """The account that counts: a usable one before a deleted one."""
        return min(self.people, key=lambda one: (one.is_deleted, not one.is_guest), default=None)


def diagnose(patient: Patient) -> Diagnosis:
    """One sentence on top, then the findings, problems first."""
    found = [*_tenant(patient), *_account(patient), *_access(patient), *_sponsors(patient), *_told(patient)]
    found.sort(key=lambda one: _ORDER.index(one.tone))
    return Diagnosis(patient.address, _summary(found), tuple(found))


def _summary(found: Sequence[Finding]) -> str:
    bad = sum(one.tone is Tone.BAD for one in found)
    open_ = sum(one.tone is Tone.WARNING for one in found)
    if bad:
        return "Something stands in the way: " + found[0].text
    if open_:
        return "Something is still to be done: " + found[0].text
    return "Nothing stands in the way."


def _tenant(patient: Patient) -> Iterator[Finding]:
    if patient.licensed is False:
        yield Finding(
            "This tenant has no licence for access packages (Entra ID P2 or Entra ID Governance).",
            Tone.BAD,
            code="licence",
        )
    if patient.invites_from is InvitesFrom.NOBODY and not patient.people:
        text = "Invitations are switched off for the whole tenant (External collaboration settings)."
        yield Finding(text, Tone.BAD, code="invitations_off")


def _account(patient: Patient) -> Iterator[Finding]:
    person = patient.person
    if person is None:
        press = Press("Invite", "invite", {"addresses": patient.address}, style=Style.PRIMARY)
        yield Finding("Nobody with this address is in the directory.", Tone.BAD, (press,), "nobody")
        return
    if sum(not one.is_deleted for one in patient.people) > 1:
        yield Finding("Several accounts carry this address; Entra may pick another one.", Tone.BAD, code="several")
    if person.is_deleted:
        press = Press("Restore", "restore", {"person": person.id, "address": patient.address}, style=Style.PRIMARY)
        yield Finding("The account is deleted. It can be restored for 30 days.", Tone.BAD, (press,), "deleted")
    elif not person.enabled:
        press = Press("Unblock", "unblock", {"person": person.id, "address": patient.address}, style=Style.PRIMARY)
        yield Finding("Sign-in is blocked for this account.", Tone.BAD, (press,), "blocked")
    elif not person.is_guest:
        yield Finding("This is a member of the organisation, not a guest.", Tone.INFO, code="member")
    elif not person.has_redeemed:
        yield _not_redeemed(patient, person)
    else:
        yield Finding("The invitation is accepted and sign-in is allowed.", Tone.GOOD, code="account")
    if patient.fate:
        yield Finding(in_words(patient.fate, patient.zone), Tone.INFO, code="account_end")


def _not_redeemed(patient: Patient, person: Person) -> Finding:
    since = f" since {day(person.created_at, patient.zone)}" if person.created_at else ""
    presses = (
        Press("Resend the invitation", "resend", {"address": patient.address}, style=Style.PRIMARY),
        Press("Reset redemption", "reset", {"person": person.id, "address": patient.address}),
    )
    return Finding(f"The guest has not accepted the invitation{since}.", Tone.WARNING, presses, "pending")


def _access(patient: Patient) -> Iterator[Finding]:
    wanted = {one.wish.package_id: one.wish.package_name for one in patient.invites if one.wish.package_id}
    wanted |= {one.package_id: one.package_name for one in patient.held}
    wanted |= {one.package_id: one.package_name for one in patient.asked if one.is_open}
    if not wanted and patient.person and patient.person.is_guest:
        press = Press("Give an access package", "assign", {"addresses": patient.address})
        yield Finding("The guest has no access package, so no application opens.", Tone.WARNING, (press,), "none")
    for package_id, name in wanted.items():
        yield from _package(patient, package_id, name)


def _package(patient: Patient, package_id: str, name: str) -> Iterator[Finding]:
    live = next((one for one in patient.held if one.package_id == package_id and one.is_live), None)
    asked = [one for one in patient.asked if one.package_id == package_id and one.gives_access]
    latest = max(asked, key=lambda one: one.created_at or patient.now, default=None)
    invite = next((one for one in reversed(patient.invites) if one.wish.package_id == package_id), None)
    # A deleted account is a finding of its own, and trying again would not bring it back.
    if invite and invite.open and invite.failure and invite.failure.step not in ("delivery", "guest"):
        press = Press("Try again", "retry", {"invite": invite.id}, style=Style.PRIMARY)
        yield Finding(f"“{name}”: {invite.failure.text}", Tone.BAD, (press,), "failed")
    if live:
        yield _held(patient, live, invite)
    elif latest and (latest.is_open or latest.state is RequestState.DENIED):
        yield _asked(name, latest)
    elif patient.person:
        yield from _not_asked(patient, package_id, name, invite)


def _held(patient: Patient, one: Assignment, invite: Invite | None) -> Finding:
    name = f"“{one.package_name}”"
    if one.state in (AssignmentState.DELIVERY_FAILED, AssignmentState.PARTIALLY_DELIVERED):
        data = {"invite": invite.id} if invite else {"assignment": one.id}
        press = Press("Try again", "retry", data, style=Style.PRIMARY)
        return Finding(f"{name} could not be delivered ({one.status}).", Tone.BAD, (press,), "delivery")
    if one.state is AssignmentState.DELIVERING:
        return Finding(f"{name} is being delivered; that can take some minutes.", Tone.WORKING, code="delivering")
    until = f" until {day(one.ends_at, patient.zone)}" if one.ends_at else ", without an end date"
    return Finding(f"{name} is delivered: the guest has access{until}.", Tone.GOOD, code="delivered")


def _asked(name: str, request: AccessRequest) -> Finding:
    if request.state is RequestState.PENDING_APPROVAL:
        return Finding(f"“{name}” waits for an approver's yes.", Tone.WARNING, code="approval")
    if request.state is RequestState.DENIED:
        return Finding(f"The request for “{name}” was denied.", Tone.BAD, code="denied")
    if request.state is RequestState.SCHEDULED:
        return Finding(f"“{name}” starts later, as asked.", Tone.WORKING, code="scheduled")
    return Finding(f"“{name}” is being delivered; that can take some minutes.", Tone.WORKING, code="delivering")


def _not_asked(patient: Patient, package_id: str, name: str, invite: Invite | None) -> Iterator[Finding]:
    package = next((one for one in patient.packages if one.id == package_id), None)
    again = {"addresses": patient.address, "package": package_id, "way": "assign"}
    asked_end = invite.wish.ends if invite and invite.open else Ends()
    assign = Press("Assign now", "assign.submit", {**again, **_end(asked_end)})
    over = any(one.package_id == package_id for one in patient.held)
    if over:
        yield Finding(f"Access through “{name}” has ended.", Tone.WARNING, (assign,), "ended")
        return
    if patient.packages and package is None:
        yield Finding(f"The access package “{name}” does not exist any more.", Tone.BAD, code="package_gone")
        return
    if package and not package.request_policy:
        yield Finding(f"“{name}” cannot be requested by guests.", Tone.BAD, (assign,), "not_for_guests")
    elif package and not (package.catalog.published and package.catalog.external):
        text = f"The catalog “{package.catalog.name}” of “{name}” is not open to guests."
        yield Finding(text, Tone.BAD, (assign,), "catalog")
    if package and package.hidden:
        yield Finding(f"“{name}” is hidden: only the link leads there.", Tone.INFO, code="hidden")
    resend = Press("Resend the link", "resend", {"address": patient.address, "package": package_id})
    yield Finding(f"The guest has not requested “{name}” yet.", Tone.WARNING, (resend, assign), "not_requested")


def _end(ends: Ends) -> dict[str, str]:
    """The end as a draft's fields, so that giving the access another way keeps what was asked for."""
    if ends.days is not None:
        return {"ends": "days", "days": str(ends.days)}
    return {"ends": "date", "until": ends.on.isoformat()} if ends.on else {}


def _sponsors(patient: Patient) -> Iterator[Finding]:
    person = patient.person
    if person is None or not person.is_guest or person.is_deleted:
        return
    usable = [one for one in patient.sponsors if one.enabled]
    if not usable:
        yield Finding("Nobody here answers for this guest: there is no active sponsor.", Tone.INFO, code="sponsor")
    if any(one.governed is False for one in patient.invites):
        text = "Entra will not remove this account when the last access package ends (not governed)."
        yield Finding(text, Tone.INFO, code="not_governed")


def _told(patient: Patient) -> Iterator[Finding]:
    """Whether the guest knows; of no interest once the access is there."""
    tried = [one for one in patient.receipts if one.state is not Delivery.SKIPPED]
    if not tried or any(one.state is AssignmentState.DELIVERED for one in patient.held):
        return
    reached = [one for one in tried if one.state in (Delivery.SENT, Delivery.SENDING)]
    if any(one.rung is not Rung.INVITER for one in reached):
        return
    press = Press("Show every try", "delivery", {"address": patient.address})
    codes = ", ".join(sorted({one.code for one in tried if one.code}))
    detail = f" ({codes})" if codes else ""
    if reached:
        text = f"Usher could not reach the guest{detail}; the inviter has the link and a text to send."
        yield Finding(text, Tone.WARNING, (press,), "delivery_by_inviter")
    else:
        yield Finding(f"No message has reached the guest{detail}.", Tone.BAD, (press,), "delivery_of_mail")
