"""Make, change and delete assignment policies. A policy can only be replaced whole, so a change reads it first."""

from __future__ import annotations

from dataclasses import fields, replace

from bot.domain.building.terms import Terms
from bot.errors import Ambiguous, Conflict, NotFound
from bot.graph.client import Graph
from bot.graph.policies import POLICIES
from bot.graph.policy_bodies import merged, policy_body, replacement
from bot.graph.policy_changes import differs
from bot.graph.policy_terms import terms_of
from bot.graph.wire import Json, path

POLICY = f"{POLICIES}/{{}}"
#: Questions and extension stages are navigations: a plain GET leaves them out, and a PUT would then lose them.
WHOLE = {"$expand": "accessPackage,customExtensionStageSettings($expand=customExtension),questions"}
SETTINGS = tuple(field.name for field in fields(Terms) if field.name not in ("id", "modified_at"))


async def create_policy(graph: Graph, package_id: str, terms: Terms) -> str:
    """An assignment policy is made; its id.

    https://learn.microsoft.com/graph/api/entitlementmanagement-post-assignmentpolicies
    """
    made = await graph.wire.post(POLICIES, policy_body(terms, package_id))
    if not made.get("id"):
        raise Ambiguous("the new policy's answer has no id", code="UnreadableAnswer")
    return str(made["id"])


async def change_policy(graph: Graph, package_id: str, before: Terms, after: Terms) -> Terms:
    """The policy differs from `before` as `after` does and in nothing else; as it is now.

    https://learn.microsoft.com/graph/api/accesspackageassignmentpolicy-update
    """
    row = await graph.wire.get(path(POLICY, before.id), WHOLE)
    found = terms_of(row)
    wanted = replace(found, **{name: getattr(after, name) for name in SETTINGS if differs(before, after, name)})
    if not differs(found, wanted, *SETTINGS):
        return found
    if found.modified_at != before.modified_at:
        raise Conflict("the policy was changed meanwhile", code="PolicyChanged")
    body = merged(row, found, wanted)
    answer = await graph.wire.put(path(POLICY, before.id), replacement(body, package_id))
    # Nothing else of the answer counts: its questions and extensions may be missing although they are kept.
    return await _now(graph, {**body, "modifiedDateTime": answer.get("modifiedDateTime")}, wanted)


async def delete_policy(graph: Graph, policy_id: str) -> None:
    """The policy is gone; being gone already is success.

    https://learn.microsoft.com/graph/api/accesspackageassignmentpolicy-delete
    """
    try:
        await graph.wire.delete(path(POLICY, policy_id))
    except NotFound:
        return


async def _now(graph: Graph, row: Json, wanted: Terms) -> Terms:
    """The terms as written; questions that are new, or a time that was not told, are read back."""
    if row["modifiedDateTime"] and all(question.get("id") for question in row.get("questions") or []):
        # A new extension was written by id alone, so its name is known from what was wanted only.
        return replace(terms_of(row), extensions=wanted.extensions)
    return terms_of(await graph.wire.get(path(POLICY, str(row["id"])), WHOLE))
