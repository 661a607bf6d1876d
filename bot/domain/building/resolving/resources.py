"""Which roles in which resources a draft means."""

from __future__ import annotations

from bot.domain.building.describing import KINDS
from bot.domain.building.drafts import NONE, ResourceWish
from bot.domain.building.resolving.inquiry import Inquiry
from bot.domain.building.resources import DEFAULT_ACCESS, ResourceCandidate, ResourceRole, Role, System
from bot.domain.building.rows import listed
from bot.domain.outcomes.parts import Choice

MOST_RESOURCES = 200
_FIELD = "resources"
_DEFAULT = Role(DEFAULT_ACCESS, "Default Access")
_WORDS = {System.APPLICATION: "application", System.GROUP: "group or team", System.SITE: "site"}


def resource_roles(
    inquiry: Inquiry, wishes: tuple[ResourceWish, ...], earlier: dict[ResourceWish, ResourceRole]
) -> tuple[ResourceRole, ...]:
    """Each role once. `earlier`: what the package already has, by how a draft says it."""
    if wishes == (ResourceWish("", NONE),):
        return ()
    if len(wishes) > MOST_RESOURCES:
        inquiry.problem(_FIELD, f"At most {MOST_RESOURCES} resources in one package; these are {len(wishes)}.")
        return ()
    there = {role.key: role for role in earlier.values()}
    roles: dict[object, ResourceRole] = {}
    for wish in wishes:
        role = earlier.get(wish) or _role(inquiry, wish)
        if role is not None:
            roles.setdefault(role.key, there.get(role.key, role))
    return tuple(roles.values())


def _role(inquiry: Inquiry, wish: ResourceWish) -> ResourceRole | None:
    if wish.kind not in KINDS:
        inquiry.problem(_FIELD, f"A resource is an app, a group or a site, not “{wish.kind[:40]}”.")
        return None
    candidate = _candidate(inquiry, KINDS[wish.kind], wish.ref.strip())
    if candidate is None or not _usable(inquiry, candidate):
        return None
    role = _usual(inquiry, candidate) if not wish.role else _named(inquiry, candidate, wish.role)
    return ResourceRole(candidate.resource, role) if role else None


def _candidate(inquiry: Inquiry, system: System, ref: str) -> ResourceCandidate | None:
    if not ref:
        inquiry.problem(_FIELD, f"Say which {_WORDS[system]}.")
        return None
    candidates = inquiry.found.resources.get((system, ref), ())
    exact = [one for one in candidates if one.resource.origin_id.casefold() == ref.casefold()]
    exact = exact or [one for one in candidates if one.resource.name.casefold() == ref.casefold()] or list(candidates)
    if len(exact) == 1:
        return exact[0]
    if not exact:
        inquiry.problem(_FIELD, f"There is no {_WORDS[system]} “{ref[:80]}”.")
        return None
    choices = [Choice(f"{one.resource.name} ({one.resource.origin_id})", one.resource.origin_id) for one in exact]
    inquiry.choose(_FIELD, ref, choices, f"Several things of this kind are called “{ref[:80]}”. Choose one.")
    return None


def _usable(inquiry: Inquiry, candidate: ResourceCandidate) -> bool:
    name = candidate.resource.name
    if candidate.is_dynamic:
        inquiry.problem(
            _FIELD, f"The members of “{name}” follow a rule, so a package cannot add anybody. Choose another group."
        )
    elif candidate.is_synced:
        inquiry.problem(
            _FIELD, f"“{name}” is kept on premises, so a package cannot add anybody. Choose a group made in the cloud."
        )
    return not (candidate.is_dynamic or candidate.is_synced)


def _usual(inquiry: Inquiry, candidate: ResourceCandidate) -> Role | None:
    resource, roles = candidate.resource, candidate.roles
    if resource.system is System.GROUP:
        member = next((role for role in roles if role.name.casefold() == "member"), None)
        return member or Role(f"Member_{resource.origin_id}", "Member")
    if len(roles) == 1:
        return roles[0]
    if resource.system is System.APPLICATION:
        if not roles:
            return _DEFAULT
        if default := next((role for role in roles if role.id == DEFAULT_ACCESS), None):
            return default
    if roles:
        named = listed([role.name for role in roles], last="or")
        inquiry.problem(_FIELD, f"Choose the role in “{resource.name}”: {named}.")
    else:
        inquiry.problem(_FIELD, f"“{resource.name}” offers no roles that a package could give.")
    return None


def _named(inquiry: Inquiry, candidate: ResourceCandidate, wanted: str) -> Role | None:
    resource = candidate.resource
    roles = candidate.roles
    if resource.system is System.APPLICATION and not roles:
        roles = (_DEFAULT,)
    bare = " ".join(wanted.split()).casefold()
    fitting = [role for role in roles if role.id.casefold() == bare]
    fitting = fitting or [role for role in roles if " ".join(role.name.split()).casefold() == bare]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        choices = [Choice(f"{role.name} ({role.id})", role.id) for role in fitting]
        text = f"“{resource.name}” has several roles called “{wanted[:80]}”. Choose one."
        inquiry.choose(_FIELD, wanted, choices, text)
        return None
    named = listed([role.name for role in roles]) or "none that a package could give"
    inquiry.problem(_FIELD, f"“{resource.name}” has no role “{wanted[:80]}”. Its roles: {named}.")
    return None
