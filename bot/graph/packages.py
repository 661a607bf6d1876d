"""Access packages with their catalog and assignment policies."""

from __future__ import annotations

from bot.domain.packages import AccessPackage, Catalog, Expiration, Policy, Scope
from bot.graph.batch import Ask
from bot.graph.client import Graph
from bot.graph.times import duration, moment
from bot.graph.wire import Json

EM = "/identityGovernance/entitlementManagement"
PACKAGES = f"{EM}/accessPackages"
#: A policy's questions are a navigation: without the expansion they look as if there were none.
WITH_POLICIES = {"$expand": "catalog,assignmentPolicies($expand=questions)"}


def ask(name: str) -> Ask:
    """Asks for every package, for a batch."""
    return Ask(name, PACKAGES, WITH_POLICIES)


async def packages(graph: Graph) -> tuple[AccessPackage, ...]:
    """All access packages, by name.

    https://learn.microsoft.com/graph/api/entitlementmanagement-list-accesspackages
    """
    return packages_of(await graph.wire.all(PACKAGES, WITH_POLICIES))


def packages_of(rows: list[Json]) -> tuple[AccessPackage, ...]:
    """The packages Graph described, by name."""
    found = [package_of(row) for row in rows]
    return tuple(sorted(found, key=lambda package: (package.name.casefold(), package.id)))


def package_of(row: Json) -> AccessPackage:
    """One package; a catalog that did not come along counts as closed to guests."""
    catalog = row.get("catalog") or {}
    return AccessPackage(
        id=str(row["id"]),
        name=str(row.get("displayName") or row["id"]),
        catalog=Catalog(
            id=str(catalog.get("id") or ""),
            name=str(catalog.get("displayName") or ""),
            published=catalog.get("state") == "published",
            external=catalog.get("isExternallyVisible") is True,
        ),
        description=str(row.get("description") or ""),
        hidden=row.get("isHidden") is True,
        policies=tuple(policy_of(policy) for policy in row.get("assignmentPolicies") or []),
    )


def policy_of(row: Json) -> Policy:
    """One assignment policy. https://learn.microsoft.com/graph/api/resources/accesspackageassignmentpolicy"""
    asking = row.get("requestorSettings") or {}
    approval = row.get("requestApprovalSettings") or {}
    scope = row.get("allowedTargetScope")
    return Policy(
        id=str(row["id"]),
        name=str(row.get("displayName") or ""),
        scope=Scope(scope) if scope in set(Scope) else Scope.UNKNOWN,
        can_request=asking.get("enableTargetsToSelfAddAccess") is True,
        needs_approval=approval.get("isApprovalRequiredForAdd") is True,
        question_count=len(row.get("questions") or []),
        expiration=expiration_of(row.get("expiration") or {}),
        needs_justification=approval.get("isRequestorJustificationRequired") is True,
        extendable=asking.get("enableTargetsToSelfUpdateAccess") is True,
    )


def expiration_of(row: Json) -> Expiration:
    """When access ends; `noExpiration`, `notSpecified` and anything unknown mean never."""
    match row.get("type"):
        case "afterDuration":
            return Expiration(after=duration(row.get("duration")))
        case "afterDateTime":
            return Expiration(on=moment(row.get("endDateTime")))
        case _:
            return Expiration()
