"""Who may ask through a policy."""

from __future__ import annotations

from bot.domain.building.drafts import AUDIENCES, NONE, PolicyWish
from bot.domain.building.resolving.inquiry import Inquiry
from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.packages import Scope

_FIELD = "audience"
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
    return inquiry.subject("targets", ref, job="")


def _organization(inquiry: Inquiry, ref: str) -> Subject | None:
    """By id, name, or a domain its people sign in with."""
    domain = ref.casefold().removeprefix("@")
    by_domain = [
        one
        for one in inquiry.found.organizations
        if any(domain == source.domain.casefold() for source in one.sources if source.domain)
    ]
    if len(by_domain) == 1:
        return Subject(SubjectKind.ORGANIZATION, by_domain[0].id, by_domain[0].name)
    found = inquiry.one(
        "targets",
        ref,
        inquiry.found.organizations,
        called=lambda one: one.name,
        key=lambda one: one.id,
        what="connected organization",
    )
    return Subject(SubjectKind.ORGANIZATION, found.id, found.name) if found else None
