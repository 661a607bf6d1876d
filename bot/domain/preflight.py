"""What stands in the way of an invite, found before anything is written, each with the next step as a button."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.access import AccessRequest, Assignment
from bot.domain.choosing import NO_PACKAGE, Chosen
from bot.domain.drafts import InviteDraft
from bot.domain.invites import Way
from bot.domain.lookalike import lookalike
from bot.domain.outcomes import Finding, Press, Style, Tone
from bot.domain.packages import AccessPackage
from bot.domain.people import InvitesFrom, Person
from bot.domain.survey import Survey


@dataclass(frozen=True, slots=True)
class Case:
    """One address about to be invited. `draft` holds this address only, so its buttons can repeat the wish."""

    address: str
    draft: InviteDraft
    chosen: Chosen
    survey: Survey
    verb: str = "invite.submit"
    held: Sequence[Assignment] = ()
    asked: Sequence[AccessRequest] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        """Whom the directory knows under this address."""
        return self.survey.people.get(self.address, ())

    @property
    def guest(self) -> Person | None:
        """The one usable guest account behind the address."""
        return next((one for one in self.people if one.is_guest and not one.is_deleted), None)

    def sure(self, code: str) -> bool:
        """Whether the person has already said yes to this finding."""
        return code in self.draft.sure.split(",")

    def again(self, title: str, *, sure: str = "", style: Style = Style.PLAIN, **changes: str) -> Press:
        """A button that repeats the wish with some fields changed and, perhaps, one finding agreed to."""
        agreed = ",".join(filter(None, [self.draft.sure, sure]))
        draft = replace(self.draft, sure=agreed, **changes)
        return Press(title, self.verb, {**draft.to_json()}, style=style)


def findings(case: Case) -> tuple[Finding, ...]:
    """Everything that stands in the way, the gravest first; () means: go ahead."""
    account = (*_account(case),)
    if any(one.tone is Tone.BAD for one in account):
        return account
    # What the guest has already is not offered anew.
    return (*_already(case),) or account or (*_address(case), *_tenant(case), *_package(case))


def _address(case: Case) -> Iterator[Finding]:
    ours = case.survey.caller.address.rpartition("@")[2] if case.survey.caller else ""
    better = "" if case.people else lookalike(case.address, filter(None, [ours]))
    if better and not case.sure("lookalike"):
        yield Finding(
            f"{case.address} looks like a slip of the pen for {better}.",
            Tone.WARNING,
            (
                case.again(f"Use {better}", addresses=better, style=Style.PRIMARY),
                case.again(f"{case.address} is right", sure="lookalike"),
            ),
            "lookalike",
        )


def _account(case: Case) -> Iterator[Finding]:
    usable = [one for one in case.people if not one.is_deleted]
    if len(usable) > 1:
        names = ", ".join(f"{one.name} ({one.upn})" for one in usable[:4])
        yield Finding(
            f"Several accounts carry the address {case.address}: {names}. Remove it from all but one.",
            Tone.BAD,
            code="several",
        )
    elif usable and not usable[0].is_guest:
        yield _member(case, usable[0])
    elif usable and not usable[0].enabled:
        yield _blocked(case, usable[0])
    elif not usable and (deleted := next((one for one in case.people if one.is_guest), None)):
        yield _deleted(case, deleted)
    elif usable and case.verb == "invite.submit" and not case.sure("guest"):
        yield _guest(case, usable[0])


def _member(case: Case, person: Person) -> Finding:
    presses = [Press("Show access packages", "packages")]
    if case.chosen.package:
        presses.insert(0, Press("Copy the request link", "link", {"package": case.chosen.package.id}))
    text = (
        f"{person.name} ({case.address}) is a member of this organisation, not a guest, and needs no "
        "invitation. Members ask for an access package through its request link."
    )
    return Finding(text, Tone.BAD, tuple(presses), "member")


def _blocked(case: Case, person: Person) -> Finding:
    press = Press("Unblock", "unblock", {"person": person.id, **_then(case)}, style=Style.PRIMARY)
    text = f"{person.name} ({case.address}) is a guest here, but sign-in is blocked."
    return Finding(text, Tone.BAD, (press, Press("Why?", "why", {"address": case.address})), "blocked")


def _deleted(case: Case, person: Person) -> Finding:
    press = Press("Restore", "restore", {"person": person.id, **_then(case)}, style=Style.PRIMARY)
    text = (
        f"{person.name} ({case.address}) was a guest here and was deleted. Entra keeps deleted accounts for "
        "30 days; inviting anew before that makes a second account."
    )
    return Finding(text, Tone.BAD, (press,), "deleted")


def _then(case: Case) -> dict[str, str]:
    """What to go on with once the account is usable: the same wish."""
    return {**case.draft.to_json(), "then": case.verb}


def _guest(case: Case, person: Person) -> Finding:
    state = "has accepted the invitation" if person.has_redeemed else "has not accepted the invitation yet"
    presses = [
        Press("Resend the invitation", "resend", {"address": case.address}),
        Press("Reset redemption", "reset", {"person": person.id, "address": case.address}),
        Press("Status", "status", {"address": case.address}),
    ]
    if case.chosen.package:
        title = f"Give “{case.chosen.package.name}”"
        presses.insert(0, case.again(title, sure="guest", style=Style.PRIMARY))
    text = f"{person.name} ({case.address}) is already a guest here and {state}."
    return Finding(text, Tone.WARNING, tuple(presses), "guest")


def _tenant(case: Case) -> Iterator[Finding]:
    if case.survey.invites_from is InvitesFrom.NOBODY and not case.guest:
        yield Finding(
            "Invitations are switched off for this whole tenant (External collaboration settings). "
            "A Global Administrator can allow them; the change takes up to an hour.",
            Tone.BAD,
            (case.again("Try again"),),
            "invitations_off",
        )
    if case.survey.licensed is False and not case.chosen.only_invite:
        yield Finding(
            "This tenant has no licence for access packages (Microsoft Entra ID P2 or Entra ID Governance). "
            "A plain invitation still works.",
            Tone.BAD,
            (case.again("Invite without a package", package=NO_PACKAGE, style=Style.PRIMARY),),
            "licence",
        )


def _package(case: Case) -> Iterator[Finding]:
    package = case.chosen.package
    if package is None:
        return
    if case.chosen.way is Way.ASSIGN:
        yield from _assign_now(case, package)
    else:
        yield from _by_link(case, package)


def _assign_now(case: Case, package: AccessPackage) -> Iterator[Finding]:
    if package.direct_policy or case.sure("policy"):
        return
    needs = " and questions" if any(policy.question_count for policy in package.policies) else ""
    yield Finding(
        f"“{package.name}” has no assignment policy through which an administrator can assign a guest at once "
        f"(approval{needs} or its scope stand in the way). I can add one for direct assignment without approval.",
        Tone.WARNING,
        (
            case.again("Add the policy and assign", sure="policy", style=Style.PRIMARY),
            case.again("Send the request link instead", way="link") if package.request_policy else _another(case),
        ),
        "policy",
    )


def _by_link(case: Case, package: AccessPackage) -> Iterator[Finding]:
    other = (case.again("Assign now instead", way="assign", style=Style.PRIMARY), _another(case))
    policy = package.request_policy
    if not any(one.can_request for one in package.policies):
        yield Finding(f"“{package.name}” is closed: nobody can request it.", Tone.BAD, other, "closed")
    elif policy is None:
        text = f"“{package.name}” is not for guests: its policies let only other people request it."
        yield Finding(text, Tone.BAD, other, "not_for_guests")
    elif not package.catalog.published or not package.catalog.external:
        text = f"“{package.name}” lies in the catalog “{package.catalog.name}”, which is not open to guests."
        yield Finding(text, Tone.BAD, other, "catalog")
    elif policy.needs_approval and not case.sure("approval"):
        yield Finding(
            f"“{package.name}” needs approval: after the guest's request somebody must say yes first.",
            Tone.WARNING,
            (case.again("Invite, approval comes later", sure="approval", style=Style.PRIMARY), other[0]),
            "approval",
        )
    if package.hidden and policy and not case.sure("hidden"):
        yield Finding(
            f"“{package.name}” is hidden: guests do not see it in My Access, only the link leads there.",
            Tone.WARNING,
            (case.again("Invite with the link", sure="hidden", style=Style.PRIMARY), _another(case)),
            "hidden",
        )


def _another(case: Case) -> Press:
    return Press("Choose another package", "invite", {**replace(case.draft, package="").to_json()})


def _already(case: Case) -> Iterator[Finding]:
    package = case.chosen.package
    if package is None:
        return
    held = next((one for one in case.held if one.package_id == package.id and one.is_live), None)
    asked = next((one for one in case.asked if one.package_id == package.id and one.is_open), None)
    if held is None and asked is None:
        return
    until = f" until {held.ends_at:%Y-%m-%d}" if held and held.ends_at else ""
    said = f"has “{package.name}” already{until}" if held else f"has already asked for “{package.name}”"
    data = {"address": case.address, "package": package.id}
    presses = (
        Press("Status", "status", {"address": case.address}),
        Press("Resend", "resend", data),
        Press("Revoke", "revoke", data, style=Style.DANGER),
    )
    yield Finding(f"{case.address} {said}.", Tone.WARNING, presses, "already")
