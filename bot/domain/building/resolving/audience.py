"""Who may ask through a policy."""

from __future__ import annotations

import re

from bot.domain.building.drafts import AUDIENCES, NONE, PolicyWish
from bot.domain.building.organizations import ConnectedOrganization
from bot.domain.building.resolving.inquiry import Inquiry
from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.packages import Scope

_FIELD = "audience"
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}", re.IGNORECASE)
_NAMING = {Scope.SOME_USERS: "people or groups", Scope.SOME_ORGANISATIONS: "connected organizations"}
_ASK = (
    "Say who may ask: members, all users (guests included), certain people or groups, connected organizations, "
    "anyone outside, or only administrators."
)


def audience(inquiry: Inquiry, wish: PolicyWish, earlier: PolicyWish) -> tuple[Scope, tuple[Subject, ...]]:
    """The scope, and whom it names where it is a specific one; names left over from such a one do not count elsewhere."""
    said = wish.audience or (_usual(earlier) if wish.targets else "")
    if said not in AUDIENCES:
        text = f"Usher cannot make a policy for “{said[:60]}”. " if said else ""
        inquiry.problem(_FIELD, text + _ASK)
        return Scope.UNKNOWN, ()
    scope = Scope(AUDIENCES[said])
    if scope not in _NAMING:
        return scope, ()
    refs = [ref.strip() for ref in wish.targets if ref.strip() not in ("", NONE)]
    if not refs:
        inquiry.problem("targets", f"Name the {_NAMING[scope]} who may ask.")
    read = _organization if scope is Scope.SOME_ORGANISATIONS else _subject
    named = [read(inquiry, ref) for ref in refs]
    return scope, tuple(dict.fromkeys(one for one in named if one is not None))


def _usual(earlier: PolicyWish) -> str:
    """Whom names alone mean: people, or organizations where these may ask already."""
    return earlier.audience if earlier.audience == "specific-organizations" else "specific"


def _subject(inquiry: Inquiry, ref: str) -> Subject | None:
    """A person or group; who names a partner instead is told how partners are named."""
    if ref in inquiry.found.subjects or ref in inquiry.known:
        return inquiry.subject("targets", ref, job="")
    partner = _with_domain(inquiry, ref) or next(
        (one for one in inquiry.found.organizations if one.name.casefold() == ref.casefold()), None
    )
    shown = f'"{ref[:80]}"' if " " in ref else ref[:80]
    if partner:
        text = f"“{partner.name}” is a connected organization, not a person or group. Say org:{shown}."
        inquiry.problem("targets", text)
        return None
    if _DOMAIN.fullmatch(ref.removeprefix("@")):
        inquiry.problem("targets", f"For the people of a connected organization say org:{shown}.")
    return inquiry.subject("targets", ref, job="")


def _with_domain(inquiry: Inquiry, ref: str) -> ConnectedOrganization | None:
    """The only organization whose people sign in with this domain."""
    domain = ref.casefold().removeprefix("@")
    known = inquiry.found.organizations
    found = [one for one in known if domain in {source.domain.casefold() for source in one.sources if source.domain}]
    return found[0] if len(found) == 1 else None


def _organization(inquiry: Inquiry, ref: str) -> Subject | None:
    """By id, name, or a domain its people sign in with."""
    partner = _with_domain(inquiry, ref)
    if partner:
        return Subject(SubjectKind.ORGANIZATION, partner.id, partner.name)
    add = (
        f"Type org add {ref.removeprefix('@')}"
        if _DOMAIN.fullmatch(ref.removeprefix("@"))
        else "Type org add and its domain"
    )
    if not inquiry.found.organizations:
        inquiry.problem("targets", f"No organization is connected yet. {add} to connect it first.")
        return None
    found = inquiry.one(
        "targets",
        ref,
        inquiry.found.organizations,
        called=lambda one: one.name,
        key=lambda one: one.id,
        what="connected organization",
    )
    if found is None and ref not in inquiry.ambiguous.values():
        inquiry.problem("targets", f"{add} to connect it.")
    return Subject(SubjectKind.ORGANIZATION, found.id, found.name) if found else None
