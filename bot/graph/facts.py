"""Whether the people and groups that packages name still work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.facts import Facts, Standing
from bot.domain.building.resources import System
from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.building.terms import Terms
from bot.domain.packages import Scope
from bot.graph.batch import Ask, send_all
from bot.graph.client import Graph
from bot.graph.organizations import ORGANIZATIONS, organization_of
from bot.graph.people import asks_by_id, is_object_id, person_of
from bot.graph.subject_names import asks_groups
from bot.graph.wire import Json

_ORGANIZATIONS = "organizations"
_FOR_PARTNERS = (Scope.ALL_ORGANISATIONS, Scope.SOME_ORGANISATIONS)


async def facts(graph: Graph, blueprints: Sequence[Blueprint]) -> Facts:
    """How everybody the packages name is doing; one round trip for some hundred people and groups.

    Connected organizations are looked up only where a policy is for them.

    https://learn.microsoft.com/graph/api/user-list, https://learn.microsoft.com/graph/api/group-list
    """
    named = [subject for blueprint in blueprints for terms in blueprint.policies for subject in subjects_in(terms)]
    users = _ids(one.id for one in named if one.kind is SubjectKind.USER)
    groups = _ids([*(one.id for one in named if one.kind is SubjectKind.GROUP), *_groups(blueprints)])
    organizations = (
        [Ask(_ORGANIZATIONS, ORGANIZATIONS, {"$select": "id,displayName,state"})] if _partners(blueprints) else []
    )
    asks = [
        *organizations,
        *asks_by_id("users", users),
        *asks_groups(groups, "id,displayName,groupTypes", expand="members($select=id)"),
    ]
    if not asks:
        return Facts()
    answers = await send_all(graph.wire, asks)
    listed = {ask.id: await graph.wire.rest(answers[ask.id]) for ask in asks}
    known = tuple(map(organization_of, listed.pop(_ORGANIZATIONS))) if organizations else None
    rows = {str(row["id"]).lower(): row for several in listed.values() for row in several}
    standings = {one: _person(rows.get(one.lower())) for one in users}
    return Facts({**standings, **{one: _group(rows.get(one.lower())) for one in groups}}, known)


def subjects_in(terms: Terms) -> Iterator[Subject]:
    """Everybody a policy names, wherever."""
    yield from terms.targets
    for stage in terms.stages:
        yield from (*stage.approvers, *stage.fallbacks, *stage.alternates, *stage.alternate_fallbacks)
    if terms.review is not None:
        yield from (*terms.review.reviewers, *terms.review.fallbacks)


def _partners(blueprints: Sequence[Blueprint]) -> bool:
    """Whether a policy is for connected organizations."""
    return any(terms.scope in _FOR_PARTNERS for blueprint in blueprints for terms in blueprint.policies)


def _groups(blueprints: Sequence[Blueprint]) -> Iterator[str]:
    for blueprint in blueprints:
        yield from (one.resource.origin_id for one in blueprint.roles if one.resource.system is System.GROUP)
        yield from (one.id for one in blueprint.incompatible_groups)


def _ids(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(one for one in ids if is_object_id(one)))


def _person(row: Json | None) -> Standing:
    if row is None:
        return Standing.DELETED
    person = person_of(row)
    if not person.enabled:
        return Standing.DISABLED
    return Standing.GUEST if person.is_guest else Standing.FINE


def _group(row: Json | None) -> Standing:
    if row is None:
        return Standing.DELETED
    if "DynamicMembership" in (row.get("groupTypes") or []):
        return Standing.DYNAMIC
    return Standing.FINE if row.get("members") else Standing.EMPTY
