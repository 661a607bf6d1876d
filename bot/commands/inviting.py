"""What `invite` and `assign` share: survey the tenant, check the draft, ask for what is missing, claim, start the job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.commands import views
from bot.commands.command import Ask, text_of
from bot.domain import preflight, upcoming
from bot.domain.access import AccessRequest, Assignment
from bot.domain.addresses import Address, read
from bot.domain.choosing import MOST_ADDRESSES, NO_PACKAGE, Chosen, choose, sponsor_to_find
from bot.domain.drafts import LANGUAGES, InviteDraft
from bot.domain.invites import Invite, Milestone, Way, Wish
from bot.domain.outcomes import (
    Choice,
    Diagnosis,
    Finding,
    InviteForm,
    Outcome,
    Said,
    Several,
)
from bot.domain.people import InvitesFrom, Person
from bot.domain.roles import Act, Refusal, refusal
from bot.domain.survey import Survey


@dataclass(frozen=True, slots=True)
class Inviting:
    """A wish as far as it was given. `verb` "invite.submit" or "assign.submit"; `notes` go on top of the form.

    `check` True shows the form even when nothing is missing, because words were not understood.
    """

    draft: InviteDraft
    verb: str = "invite.submit"
    notes: tuple[str, ...] = ()
    check: bool = False


async def run(wanted: Inviting, ask: Ask) -> Outcome:
    """One live card per guest and package, or the form, or what stands in the way. Writes only through claims."""
    wanted = replace(wanted, draft=_anchored(wanted.draft, ask))
    addresses = [one.address for one in read(wanted.draft.addresses) if not one.problem][:MOST_ADDRESSES]
    sponsor = sponsor_to_find(wanted.draft)
    survey = await ask.deps.directory.survey(ask.person.id, addresses, [sponsor] if sponsor else [])
    missing = _door(survey, wanted.verb)
    if missing:
        return await ask.say_no(missing)
    chosen = choose(wanted.draft, survey, now=ask.now, zone=ask.zone)
    if chosen.problems or wanted.check:
        return _form(wanted, chosen, survey, sent=text_of(ask.turn.value, "verb") == wanted.verb)
    missing = _rights(chosen, survey, wanted)
    if missing:
        return await ask.say_no(missing)
    held = await _held(survey, ask)
    outcomes = [await _one(address, wanted, chosen, survey, held, ask) for address in chosen.addresses]
    return outcomes[0] if len(outcomes) == 1 else Several(tuple(outcomes))


def _anchored(draft: InviteDraft, ask: Ask) -> InviteDraft:
    """The draft with a date for "next friday", and without "me": the sponsor is the asker unless somebody is named."""
    day = upcoming.read(draft.until, ask.today)
    mine = draft.sponsor.strip().casefold() in ("me", "myself")
    return replace(draft, until=day.isoformat() if day else draft.until, sponsor="" if mine else draft.sponsor)


def _door(survey: Survey, verb: str) -> Refusal | None:
    """Who may neither invite nor assign anywhere is told so before anything is asked."""
    assigning = refusal(Act.ASSIGN, survey.roles, catalog_id=None)
    inviting = refusal(Act.INVITE, survey.roles, invites_from=_opened(survey.invites_from))
    return (assigning if verb == "assign.submit" else inviting) if assigning and inviting else None


def _opened(invites_from: InvitesFrom) -> InvitesFrom:
    """Invitations switched off for everybody are told as a finding with a way on, not as a missing role."""
    return InvitesFrom.ADMINS if invites_from is InvitesFrom.NOBODY else invites_from


def _rights(chosen: Chosen, survey: Survey, wanted: Inviting) -> Refusal | None:
    """What this wish needs: inviting for people who are new or get a link, assigning in the package's catalog."""
    catalog = chosen.package.catalog.id if chosen.package else ""
    new = any(not _guest(survey, one) for one in chosen.addresses)
    if chosen.way is Way.LINK or new:
        missing = refusal(Act.INVITE, survey.roles, invites_from=_opened(survey.invites_from))
        if missing:
            return missing
    if chosen.way is Way.ASSIGN and chosen.package:
        adds = not chosen.package.direct_policy and "policy" in wanted.draft.sure.split(",")
        act = Act.ADD_POLICY if adds else Act.ASSIGN
        return refusal(act, survey.roles, catalog_id=catalog)
    return None


def _guest(survey: Survey, address: Address) -> Person | None:
    found = survey.people.get(address.address, ())
    return next((one for one in found if one.is_guest and not one.is_deleted), None)


Held = dict[str, tuple[Sequence[Assignment], Sequence[AccessRequest]]]


async def _held(survey: Survey, ask: Ask) -> Held:
    """What the guests among the addresses hold or asked for already; no round trip when all are new."""
    guests = [one.id for people in survey.people.values() for one in people if one.is_guest and not one.is_deleted]
    if not guests or not survey.packages:
        return {}
    access = await ask.deps.directory.access_of(guests)
    return {person_id: (assignments, requests) for person_id, (_, assignments, requests) in access.items()}


async def _one(address: Address, wanted: Inviting, chosen: Chosen, survey: Survey, held: Held, ask: Ask) -> Outcome:
    named = f"{address.name} <{address.address}>" if address.name else address.address
    guest = _guest(survey, address)
    holds, asked = held.get(guest.id, ((), ())) if guest else ((), ())
    case = preflight.Case(
        address.address, replace(wanted.draft, addresses=named), chosen, survey, wanted.verb, holds, asked
    )
    found = () if await _under_way(case, ask) else preflight.findings(case)
    if found:
        return _stop(case, found)
    invite = await _claim(_wish(address, chosen, wanted.draft, survey, ask), ask)
    return await views.live(invite, ask.deps, ask.turn.caller.time_zone)


async def _under_way(case: preflight.Case, ask: Ask) -> bool:
    """The same wish is being fulfilled already, perhaps for another admin: its live card is the answer.

    To assign where only the link was sent is another wish.
    """
    ways = {case.chosen.way, Way.ASSIGN}
    package_id = case.chosen.package.id if case.chosen.package else ""
    found = await ask.deps.ledger.invites(address=case.address)
    usable = not any(one.is_deleted or not one.enabled or not one.is_guest for one in case.people)
    return usable and any(
        one.open and one.wish.package_id == package_id and one.wish.way in ways and not one.has(Milestone.DENIED)
        for one in found
    )


def _stop(case: preflight.Case, found: tuple[Finding, ...]) -> Outcome:
    if len(found) > 1:
        return Diagnosis(case.address, "Nothing was written yet. Please decide:", found)
    act = "give access to" if case.verb == "assign.submit" else "invite"
    return Said(f"Before I {act} {case.address}", found[0].text, found[0].tone, presses=found[0].presses)


def _wish(address: Address, chosen: Chosen, draft: InviteDraft, survey: Survey, ask: Ask) -> Wish:
    sponsor = chosen.sponsor or ask.person
    guest = _guest(survey, address)
    direct = chosen.package.direct_policy if chosen.package and chosen.way is Way.ASSIGN else None
    return Wish(
        address=address.address,
        package_id=chosen.package.id if chosen.package else "",
        package_name=chosen.package.name if chosen.package else "",
        way=chosen.way if chosen.package else Way.LINK,
        ends=chosen.ends,
        sponsor_id=sponsor.id,
        sponsor_name=sponsor.name,
        language=chosen.language,
        message=draft.message,
        justification=draft.justification,
        guest_name=address.name or (guest.name if guest else ""),
        time_zone=str(ask.zone),
        guest_id=guest.id if guest else "",
        policy_id=direct.id if direct else "",
    )


async def _claim(wish: Wish, ask: Ask) -> Invite:
    """The one invite for this guest and package; the durable job that fulfils it is under way."""
    ledger = ask.deps.ledger
    for one in await ledger.invites(address=wish.address):
        if one.open and one.wish.package_id == wish.package_id and one.has(Milestone.DENIED):
            # A new wish after a denial is a new invite; the denied one is followed no longer.
            await ledger.amend(one.id, lambda old: replace(old, open=False))
    invite, made = await ledger.claim(wish, asked_by=ask.person.id, asked_by_name=ask.person.name, now=ask.now)
    # Before the job begins: what it records names the message that asked for it.
    await ask.record(
        "invite" if wish.way is Way.LINK else "assign",
        wish.address,
        result="claimed" if made else "found",
        detail=wish.package_name,
        package=wish.package_id,
        key=invite.id,
    )
    if invite.assigning(wish) != invite:
        invite = await ledger.amend(invite.id, lambda one: one.assigning(wish))
        await ask.deps.jobs.run_again("fulfil", invite.id, {"invite": invite.id})
    else:
        await ask.deps.jobs.start("fulfil", invite.id, {"invite": invite.id})
    return invite


def _form(wanted: Inviting, chosen: Chosen, survey: Survey, *, sent: bool) -> InviteForm:
    """The draft as a form, defaults filled in, what is wrong beside its field; only packages the asker may give.

    An empty field is wrong only once the form was `sent`; before that it is what the form asks for.
    """
    draft, problems = wanted.draft, dict(chosen.problems)
    may_invite = refusal(Act.INVITE, survey.roles, invites_from=_opened(survey.invites_from)) is None
    if not draft.package and not sent:
        problems.pop("package", None)
    if not draft.addresses and not sent:
        problems.pop("addresses", None)
    filled = replace(
        draft,
        package=chosen.package.id if chosen.package else (NO_PACKAGE if chosen.only_invite else ""),
        way=draft.way or ("assign" if wanted.verb == "assign.submit" or not may_invite else chosen.way.value),
        ends=draft.ends or ("date" if draft.until else "days" if draft.days else "policy"),
        sponsor=draft.sponsor or (survey.caller.address if survey.caller else ""),
        language=draft.language if draft.language in LANGUAGES else "en",
        sure="",
    )
    packages = [
        Choice(one.name, one.id)
        for one in sorted(survey.packages, key=lambda one: one.name)
        if may_invite or refusal(Act.ASSIGN, survey.roles, catalog_id=one.catalog.id) is None
    ]
    assigning = wanted.verb == "assign.submit"
    return InviteForm(
        draft=filled,
        packages=(*packages, *([Choice("None, only invite", NO_PACKAGE)] if may_invite and not assigning else [])),
        languages=tuple(Choice(name, tag) for tag, name in LANGUAGES.items()),
        problems=problems,
        notes=wanted.notes + (("No access packages can be read here: is there a licence?",) if not packages else ()),
        verb=wanted.verb,
        title="Assign an access package" if assigning else "Invite a guest",
        submit="Assign" if assigning else "Invite",
    )
