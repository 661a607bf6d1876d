"""What is likely wrong with a package although Entra takes it: each finding in plain words, with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.building import policy_lint
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.facts import Facts, Standing
from bot.domain.building.resources import System
from bot.domain.outcomes.parts import Finding, Tone
from bot.domain.packages import GUEST_SCOPES, Scope

_GRAVITY = (Tone.BAD, Tone.WARNING, Tone.INFO)


def lint(blueprint: Blueprint, facts: Facts, *, now: datetime) -> tuple[Finding, ...]:
    """Everything found, the gravest first; () when all is well. Each has a `code`, none a button.

    BAD: it cannot work as it is. WARNING: it works, but hardly as meant. INFO: worth knowing.
    """
    found = [
        *_requests(blueprint),
        *_catalog(blueprint),
        *_resources(blueprint, facts),
        *_separation(blueprint, facts),
    ]
    for terms in blueprint.policies:
        found += policy_lint.findings(terms, facts, now=now, alone=len(blueprint.policies) == 1)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: _GRAVITY.index(one.tone)))


def _requests(blueprint: Blueprint) -> Iterator[Finding]:
    policies = blueprint.policies
    if not policies:
        text = "There is no assignment policy, so nobody can get this package. Add one."
        yield Finding(text, Tone.BAD, code="no_policy")
        return
    asked = [terms for terms in policies if terms.scope is not Scope.DIRECT_ONLY]
    open_now = [terms for terms in asked if terms.accepts_requests]
    if asked and not open_now:
        text = "Closed: no policy takes new requests. Open one, or leave it so and assign people yourself."
        yield Finding(text, Tone.WARNING, code="closed")
    if open_now and not any(terms.scope in GUEST_SCOPES for terms in open_now):
        text = "Guests cannot ask for this package: its policies are for others. Choose all users to let them."
        yield Finding(text, Tone.WARNING, code="guests_shut_out")
    direct = (Scope.DIRECT_ONLY, Scope.ALL_USERS)
    if not any(terms.scope in direct and not terms.stages and not terms.questions for terms in policies):
        text = (
            "An administrator cannot assign a guest at once: that takes a policy for all users or for direct assignment "
            "that asks for no approval and no answers. Usher can add one when it is first needed."
        )
        yield Finding(text, Tone.INFO, code="no_direct_policy")


def _catalog(blueprint: Blueprint) -> Iterator[Finding]:
    catalog = blueprint.catalog
    open_now = [terms for terms in blueprint.policies if terms.accepts_requests]
    if not catalog.published:
        text = f"The catalog “{catalog.name}” is switched off, so nobody can ask for its packages. Publish it."
        yield Finding(text, Tone.BAD, code="catalog_unpublished")
    elif not catalog.external and any(terms.scope in GUEST_SCOPES for terms in open_now):
        text = f"Guests cannot see the catalog “{catalog.name}”. Make it visible outside, or choose another."
        yield Finding(text, Tone.WARNING, code="catalog_not_external")


def _resources(blueprint: Blueprint, facts: Facts) -> Iterator[Finding]:
    if not blueprint.roles:
        text = "The package opens nothing yet. Add an application, a group or team, or a site."
        yield Finding(text, Tone.WARNING, code="no_resources")
    for role in blueprint.roles:
        resource = role.resource
        standing = facts.standings.get(resource.origin_id)
        kind = "group" if resource.system is System.GROUP else "application"
        if standing is Standing.DELETED:
            text = f"The {kind} “{resource.name}” was deleted. Restore it, or take it out of the package."
            yield Finding(text, Tone.BAD, code=f"{kind}_deleted")
        elif standing is Standing.DISABLED:
            text = f"The {kind} “{resource.name}” is switched off: nobody can sign in to it. Switch it on in Entra."
            yield Finding(text, Tone.WARNING, code=f"{kind}_disabled")
        elif standing is Standing.DYNAMIC:
            text = f"The members of “{resource.name}” follow a rule, so the package cannot add anybody. Take it out."
            yield Finding(text, Tone.BAD, code="group_dynamic")


def _separation(blueprint: Blueprint, facts: Facts) -> Iterator[Finding]:
    for group in blueprint.incompatible_groups:
        if facts.standings.get(group.id) is Standing.DELETED:
            text = f"The incompatible group “{group.name}” was deleted and keeps nobody out. Take it off the list."
            yield Finding(text, Tone.WARNING, code="incompatible_deleted")
