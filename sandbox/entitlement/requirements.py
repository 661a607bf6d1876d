"""Tell the signed-in person what a package's policies would ask of them."""

from __future__ import annotations

from sandbox.entitlement.access import READ, SUBJECT, operation
from sandbox.entitlement.records import find
from sandbox.entitlement.scope import requestable
from sandbox.entitlement.times import UNSPECIFIED
from sandbox.routes import Call, Reply
from sandbox.world import Entity


@operation(
    "POST",
    "/accessPackages/{id}/getApplicablePolicyRequirements",
    app=None,
    delegated=f"{SUBJECT}|{READ}",
    own=True,
)
def get_requirements(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accesspackage-getapplicablepolicyrequirements: takes no body."""
    package = find(call.world, "accessPackages", call.params["id"])
    user = find(call.world, "users", call.user())
    rows = [_requirements(policy) for policy in requestable(call.world, package, user)]
    kind = "Collection(microsoft.graph.accessPackageAssignmentRequestRequirements)"
    return Reply(200, {"@odata.context": f"{call.base_url}/$metadata#{kind}", "value": rows})


def _requirements(policy: Entity) -> Entity:
    approval = policy["requestApprovalSettings"]
    return {
        "policyId": policy["id"],
        "policyDisplayName": policy["displayName"],
        "policyDescription": policy["description"],
        "isApprovalRequiredForAdd": approval["isApprovalRequiredForAdd"],
        "isApprovalRequiredForUpdate": approval["isApprovalRequiredForUpdate"],
        "isRequestorJustificationRequired": approval["isRequestorJustificationRequired"],
        "allowCustomAssignmentSchedule": policy["requestorSettings"]["allowCustomAssignmentSchedule"],
        "schedule": UNSPECIFIED | {"expiration": policy["expiration"]},
        "questions": policy["_questions"],
    }
