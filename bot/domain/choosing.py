"""Check what a draft says, field by field, against the tenant: what was chosen, or what is wrong beside which field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain import addresses, spoken
from bot.domain.addresses import Address
from bot.domain.drafts import LANGUAGES, InviteDraft
from bot.domain.ends import Ends
from bot.domain.invites import Way
from bot.domain.matching import match
from bot.domain.packages import AccessPackage
from bot.domain.people import Person
from bot.domain.survey import Survey

_OBJECT_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_ADDRESSES = 20
NO_PACKAGE = "-"
"""The value of the form's choice "no access package, only invite"."""
MOST_MESSAGE = 1000
MOST_JUSTIFICATION = 500


@dataclass(slots=True)
class Chosen:
    """A draft's fields, understood. `problems`: field name -> plain words; empty when all is well."""

    addresses: tuple[Address, ...] = ()
    package: AccessPackage | None = None
    only_invite: bool = False
    way: Way = Way.LINK
    ends: Ends = Ends()
    sponsor: Person | None = None
    language: str = "en"
    problems: dict[str, str] = field(default_factory=dict)


def choose(draft: InviteDraft, survey: Survey, *, now: datetime, zone: ZoneInfo) -> Chosen:
    """Everything a draft says, checked; an empty field takes its default (sponsor: the caller)."""
    chosen = Chosen()
    _addresses(chosen, draft)
    _package(chosen, draft, survey)
    _way(chosen, draft)
    _ends(chosen, draft, now, zone)
    _sponsor(chosen, draft, survey)
    _rest(chosen, draft)
    return chosen


def _addresses(chosen: Chosen, draft: InviteDraft) -> None:
    chosen.addresses = addresses.read(draft.addresses)
    bad = [one for one in chosen.addresses if one.problem]
    if not chosen.addresses:
        chosen.problems["addresses"] = "Whom shall I invite? Type an e-mail address."
    elif bad:
        chosen.problems["addresses"] = " ".join(f"{one.address[:80]}: {one.problem}" for one in bad[:3])
    elif len(chosen.addresses) > MOST_ADDRESSES:
        chosen.problems["addresses"] = f"At most {MOST_ADDRESSES} addresses at once; these are {len(chosen.addresses)}."


def _package(chosen: Chosen, draft: InviteDraft, survey: Survey) -> None:
    if draft.package == NO_PACKAGE:
        chosen.only_invite = True
        return
    if not draft.package:
        chosen.problems["package"] = "Choose the access package."
        return
    if survey.licensed is False:
        # No package can be read; that the licence is missing is said in one finding, with a way on.
        return
    found = match(draft.package, survey.packages, name=lambda one: one.name, key=lambda one: one.id)
    chosen.package = found.one
    if found.several:
        named = ", ".join(f"{one.name} (in {one.catalog.name})" for one in found.several[:4])
        chosen.problems["package"] = f"Several access packages fit: {named}. Choose one."
    elif found.one is None:
        near = " or ".join(f"“{one.name}”" for one in found.near)
        hint = f" Did you mean {near}?" if near else ""
        chosen.problems["package"] = f"There is no access package “{draft.package[:80]}”.{hint}"


def _way(chosen: Chosen, draft: InviteDraft) -> None:
    if draft.way not in ("", "link", "assign"):
        chosen.problems["way"] = "Choose how access is given: send the request link, or assign now."
    elif draft.way:
        chosen.way = Way(draft.way)
    elif chosen.package and chosen.package.is_direct_only:
        chosen.way = Way.ASSIGN


def _ends(chosen: Chosen, draft: InviteDraft, now: datetime, zone: ZoneInfo) -> None:
    given = "date" if draft.until else "days" if draft.days else "policy"
    # Who typed a number and left the choice above it alone meant the number.
    kind = given if draft.ends in ("", "policy") else draft.ends
    if kind == "days":
        plain = draft.days.isascii() and draft.days.isdigit() and len(draft.days) <= 6
        if not plain:
            chosen.problems["days"] = "Give the number of days, for example 14."
            return
        chosen.ends = Ends(days=int(draft.days))
    elif kind == "date":
        day = spoken.read_date(draft.until)
        if day is None:
            chosen.problems["until"] = "Give a date like 2026-12-24."
            return
        chosen.ends = Ends(on=day)
    elif kind != "policy":
        chosen.problems["ends"] = "Choose how the end is given: as the policy says, in days, or on a date."
        return
    _limit(chosen, kind, now, zone)


def _limit(chosen: Chosen, kind: str, now: datetime, zone: ZoneInfo) -> None:
    package = chosen.package
    policy = None
    if package is not None:
        policy = package.direct_policy if chosen.way is Way.ASSIGN else package.request_policy
    problem = chosen.ends.problem(now, zone, policy)
    if problem:
        chosen.problems["days" if kind == "days" else "until"] = problem


def sponsor_to_find(draft: InviteDraft) -> str:
    """The sponsor's address (normalised) or object id to look up, "" when there is none: the caller, or no address."""
    named = addresses.read(draft.sponsor)
    if len(named) == 1 and not named[0].problem:
        return named[0].address
    bare = draft.sponsor.strip().casefold()
    return bare if _OBJECT_ID.fullmatch(bare) else ""


def _sponsor(chosen: Chosen, draft: InviteDraft, survey: Survey) -> None:
    if draft.sponsor.strip().casefold() in ("", "me", "myself"):
        chosen.sponsor = survey.caller
        return
    person = survey.sponsors.get(sponsor_to_find(draft))
    if person is None:
        chosen.problems["sponsor"] = f"Nobody here has the address {draft.sponsor[:80]}."
    elif person.is_guest:
        chosen.problems["sponsor"] = f"{person.name} is a guest. A sponsor must belong to the organisation."
    elif not person.enabled or person.is_deleted:
        chosen.problems["sponsor"] = f"{person.name}'s account is switched off. Name somebody else."
    else:
        chosen.sponsor = person


def _rest(chosen: Chosen, draft: InviteDraft) -> None:
    language = spoken.read_language(draft.language) if draft.language else "en"
    if not language:
        known = ", ".join(LANGUAGES.values())
        chosen.problems["language"] = f"I can write in {known}."
    chosen.language = language or "en"
    if len(draft.message) > MOST_MESSAGE:
        chosen.problems["message"] = f"Keep the message under {MOST_MESSAGE} characters."
    if len(draft.justification) > MOST_JUSTIFICATION:
        chosen.problems["justification"] = f"Keep the reason under {MOST_JUSTIFICATION} characters."
