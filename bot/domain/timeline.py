"""One guest's history over all access packages, from Usher's memory and from what Entra shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.access import AccessRequest, Assignment, AssignmentState
from bot.domain.belongings import Fate, FateKind
from bot.domain.delivery import Delivery, Receipt, Rung
from bot.domain.invites import Invite, Milestone
from bot.domain.outcomes import Entry, Tone
from bot.domain.people import Person
from bot.domain.wording import ASSIGNMENT_WORDS, MILESTONE_WORDS, REQUEST_WORDS, day

_ORDER = tuple(Milestone)
_BAD = frozenset({Milestone.DENIED})
_GOOD = frozenset({Milestone.DELIVERED, Milestone.REDEEMED, Milestone.APPROVED})
_RUNGS = {
    Rung.CARD: "card in Teams",
    Rung.MENTION: "mention in a team",
    Rung.MAIL: "e-mail",
    Rung.INVITER: "text for the inviter to send",
}
_DELIVERIES = {
    Delivery.SENDING: "on its way",
    Delivery.SENT: "sent",
    Delivery.FAILED: "not delivered",
    Delivery.SKIPPED: "not possible",
    Delivery.UNKNOWN: "unclear whether it went out",
}


def states(
    invites: Iterable[Invite], held: Sequence[Assignment], asked: Sequence[AccessRequest], zone: ZoneInfo
) -> tuple[tuple[str, str], ...]:
    """(package name, where it stands) for every package that plays a part, the live ones by what Entra says."""
    found: dict[str, tuple[str, str]] = {}
    for invite in invites:
        last = max(invite.milestones, key=_ORDER.index, default=None)
        words = invite.failure.text if invite.failure else MILESTONE_WORDS.get(last, "being prepared") if last else ""
        name = invite.wish.package_name or "Invitation only"
        found[invite.wish.package_id] = (name, words or "being prepared")
    for request in sorted(asked, key=lambda one: (one.created_at is not None, one.created_at or 0)):
        if request.is_open:
            name = request.package_name or found.get(request.package_id, ("Access package", ""))[0]
            found[request.package_id] = (name, REQUEST_WORDS[request.state])
    for one in sorted(held, key=lambda one: one.is_live):
        words = ASSIGNMENT_WORDS[one.state]
        if one.state is AssignmentState.DELIVERED:
            words += f" until {day(one.ends_at, zone)}" if one.ends_at else ", no end date"
        found[one.package_id] = (one.package_name, words)
    return tuple(found.values())


def entries(
    person: Person | None,
    invites: Iterable[Invite],
    held: Iterable[Assignment],
    asked: Iterable[AccessRequest],
    receipts: Iterable[Receipt],
) -> tuple[Entry, ...]:
    """Everything with a time, oldest first, then what is still expected; nothing is told twice."""
    found: list[Entry] = [*_account(person)]
    told: set[str] = set()
    for invite in invites:
        found += _invite(invite)
        told |= {invite.request_id, invite.assignment_id}
    found += [entry for one in asked if one.id not in told for entry in _request(one)]
    found += [entry for one in held if one.id not in told for entry in _assignment(one)]
    found += [_receipt(one) for one in receipts if one.state is not Delivery.SKIPPED]
    dated = sorted((one for one in found if one.at), key=lambda one: (one.at is None, one.at))
    return (*dated, *(one for one in found if one.at is None))


def parted(found: Sequence[Entry], now: datetime) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """What has happened by `now`, and what is so for now or comes later."""
    happened = tuple(one for one in found if one.at is not None and one.at <= now)
    return happened, tuple(one for one in found if one.at is None or one.at > now)


def of_account(fate: Fate | None, now: datetime) -> Iterable[Entry]:
    """What will become of the account by itself, if anything is to be said of it."""
    if fate is None:
        return
    if fate.kind is FateKind.UNGOVERNED:
        yield Entry(None, "Entra does not govern this account: it stays when the last access ends")
    if fate.kind in (FateKind.DELETED, FateKind.BLOCKED) and fate.ends_at > now:
        yield Entry(fate.ends_at, "Entra blocks the account with the last access", Tone.WARNING)
    if fate.deleted_at and fate.deleted_at > now:
        yield Entry(fate.deleted_at, "Entra deletes the account", Tone.WARNING)


def _account(person: Person | None) -> Iterable[Entry]:
    if person is None:
        return
    if person.created_at:
        yield Entry(person.created_at, "Account made in this organisation")
    if person.redeemed_at and person.has_redeemed and person.is_guest:
        yield Entry(person.redeemed_at, "Invitation accepted", Tone.GOOD)
    if person.deleted_at:
        yield Entry(person.deleted_at, "Account deleted", Tone.BAD)
    if not person.enabled and not person.is_deleted:
        yield Entry(None, "Sign-in is blocked", Tone.BAD)
    if person.is_guest and not person.has_redeemed and not person.is_deleted:
        yield Entry(None, "Waiting: the guest has not accepted the invitation", Tone.WARNING)


def _invite(invite: Invite) -> Iterable[Entry]:
    name = f"“{invite.wish.package_name}”" if invite.wish.package_name else "invitation"
    yield Entry(invite.created_at, f"{invite.asked_by_name} asked for {name}")
    for milestone, at in invite.milestones.items():
        if milestone is Milestone.REDEEMED:
            continue
        tone = Tone.GOOD if milestone in _GOOD else Tone.BAD if milestone in _BAD else Tone.INFO
        yield Entry(at, f"{name}: {MILESTONE_WORDS[milestone]}", tone)
    if invite.failure:
        yield Entry(invite.failure.at, f"{name}: {invite.failure.text}", Tone.BAD)
    if invite.open and invite.ends_at:
        yield Entry(invite.ends_at, f"{name}: access ends", Tone.WARNING)


def _request(request: AccessRequest) -> Iterable[Entry]:
    name = f"“{request.package_name}”" if request.package_name else "access package"
    yield Entry(request.created_at, f"{name}: {REQUEST_WORDS[request.state]}")


def _assignment(one: Assignment) -> Iterable[Entry]:
    if one.starts_at:
        yield Entry(one.starts_at, f"“{one.package_name}”: access given", Tone.GOOD)
    if one.expired_at:
        yield Entry(one.expired_at, f"“{one.package_name}”: access ended")
    elif one.ends_at and one.is_live:
        yield Entry(one.ends_at, f"“{one.package_name}”: access ends", Tone.WARNING)


def _receipt(one: Receipt) -> Entry:
    tone = Tone.BAD if one.state in (Delivery.FAILED, Delivery.UNKNOWN) else Tone.INFO
    code = f" ({one.code})" if one.code else ""
    return Entry(one.at, f"Told by {_RUNGS[one.rung]}: {_DELIVERIES[one.state]}{code}", tone)
