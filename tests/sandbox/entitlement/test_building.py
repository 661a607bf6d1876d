"""What stands in the way of someone who builds a package step by step: replication, roles, extensions."""

from typing import Any

import pytest

from sandbox.seed.applications import ORDER_DESK
from sandbox.seed.extensions import PROJECT_LEAD, REMINDER, TICKET
from sandbox.seed.groups import ALL_GUESTS, DESIGN
from sandbox.seed.sites import MARKETING_SITE
from tests.sandbox.entitlement.tenant import GENERAL, INVITED, PARTNERS, PROJECT, Tenant

AT_REQUESTS = "#microsoft.graph.accessPackageAssignmentRequestWorkflowExtension"


def add(tenant: Tenant, origin: str, system: str, catalog: str = GENERAL) -> dict[str, Any]:
    """The resource as the catalog shows it once it has replicated."""
    resource = {"originId": origin, "originSystem": system}
    tenant.post("/resourceRequests", {"requestType": "adminAdd", "resource": resource, "catalog": {"id": catalog}})
    tenant.pass_time("PT60S")
    found = tenant.get(f"/catalogs/{catalog}/resources", filter=f"originId eq '{origin}'", expand="roles")
    return dict(found["value"][0])


def role_scope(resource: dict[str, Any], role: str) -> dict[str, Any]:
    origin = {"originId": resource["originId"], "originSystem": resource["originSystem"]}
    return {
        "role": {
            "originId": role,
            "originSystem": origin["originSystem"],
            "resource": {"id": resource["id"], **origin},
        },
        "scope": {**origin, "isRootScope": True},
    }


def test_new_package_is_not_there_for_a_moment(tenant: Tenant):
    tenant.reset(replicationSeconds=60)

    made = tenant.post("/accessPackages", {"displayName": "Fresh", "catalog": {"id": GENERAL}})

    at_once = tenant.error("GET", f"/accessPackages/{made['id']}")
    unlisted = tenant.get("/accessPackages", filter="displayName eq 'Fresh'")["value"]
    policy = {"displayName": "P", "allowedTargetScope": "notSpecified", "accessPackage": {"id": made["id"]}}
    too_early = tenant.error("POST", "/assignmentPolicies", json=policy)
    tenant.pass_time("PT60S")
    assert (at_once[0], unlisted, too_early[0]) == (404, [], 404)
    assert tenant.get(f"/accessPackages/{made['id']}")["displayName"] == "Fresh"
    assert tenant.post("/assignmentPolicies", policy)["displayName"] == "P"


def test_role_of_a_resource_that_has_not_replicated_is_not_found(tenant: Tenant):
    tenant.reset(replicationSeconds=60)
    resource = {"originId": DESIGN, "originSystem": "AadGroup"}
    tenant.post("/resourceRequests", {"requestType": "adminAdd", "resource": resource, "catalog": {"id": GENERAL}})
    hidden = next(one for one in tenant.control("state")["catalogResources"] if one["originId"] == DESIGN)
    body = role_scope(hidden, f"Member_{DESIGN}")
    path = f"/accessPackages/{INVITED}/resourceRoleScopes"

    too_early = tenant.error("POST", path, json=body)
    tenant.pass_time("PT60S")
    added = tenant.call("POST", path, json=body)

    assert too_early == (404, "RoleNotFound")
    assert added.status_code == 201


def test_application_offers_the_roles_people_can_have_and_no_others(tenant: Tenant):
    resource = add(tenant, ORDER_DESK, "AadApplication")

    assert [role["displayName"] for role in resource["roles"]] == ["Viewer", "Editor"]


def test_site_offers_its_groups_by_number(tenant: Tenant):
    resource = add(tenant, MARKETING_SITE, "SharePointOnline")

    assert {role["originId"]: role["displayName"] for role in resource["roles"]} == {
        "3": "Marketing Owners",
        "4": "Marketing Visitors",
        "5": "Marketing Members",
    }


def test_site_nobody_knows_cannot_be_added(tenant: Tenant):
    resource = {"originId": "https://contoso.sharepoint.com/sites/none", "originSystem": "SharePointOnline"}
    body = {"requestType": "adminAdd", "resource": resource, "catalog": {"id": GENERAL}}

    assert tenant.error("POST", "/resourceRequests", json=body) == (400, "ResourceNotFoundInOriginSystem")


def test_dynamic_group_takes_no_members(tenant: Tenant):
    resource = add(tenant, ALL_GUESTS, "AadGroup")
    path = f"/accessPackages/{INVITED}/resourceRoleScopes"

    refused = tenant.error("POST", path, json=role_scope(resource, f"Member_{ALL_GUESTS}"))

    assert refused == (404, "RoleNotFound")
    assert tenant.call("POST", path, json=role_scope(resource, f"Owner_{ALL_GUESTS}")).status_code == 201


def test_catalog_shows_its_custom_extensions(tenant: Tenant):
    general = tenant.get(f"/catalogs/{GENERAL}/customWorkflowExtensions")["value"]
    partners = tenant.get(f"/catalogs/{PARTNERS}", expand="customWorkflowExtensions")["customWorkflowExtensions"]

    assert [one["id"] for one in general] == [TICKET]
    assert [one["id"] for one in partners] == [PROJECT_LEAD, REMINDER]


def policy(stage: str, extension: str) -> dict[str, Any]:
    setting = {"stage": stage, "customExtension": {"@odata.type": AT_REQUESTS, "id": extension}}
    return {
        "displayName": "P",
        "allowedTargetScope": "notSpecified",
        "accessPackage": {"id": PROJECT},
        "customExtensionStageSettings": [setting],
    }


def test_extension_of_a_policy_is_shown_only_when_expanded(tenant: Tenant):
    made = tenant.post("/assignmentPolicies", policy("assignmentRequestCreated", PROJECT_LEAD))

    plain = tenant.get(f"/assignmentPolicies/{made['id']}")
    expand = "customExtensionStageSettings($expand=customExtension)"
    (setting,) = tenant.get(f"/assignmentPolicies/{made['id']}", expand=expand)["customExtensionStageSettings"]

    assert "customExtensionStageSettings" not in plain
    assert (setting["stage"], setting["customExtension"]["displayName"]) == (
        "assignmentRequestCreated",
        "Ask the project lead",
    )


@pytest.mark.parametrize(
    ("stage", "extension"),
    [
        ("assignmentRequestCreated", TICKET),
        ("assignmentRequestCreated", REMINDER),
        ("assignmentOneDayBeforeExpiration", PROJECT_LEAD),
        ("whenever", PROJECT_LEAD),
    ],
    ids=["of another catalog", "of the other kind", "at the wrong moment", "at no moment"],
)
def test_extension_that_does_not_fit_is_refused(tenant: Tenant, stage: str, extension: str):
    assert tenant.error("POST", "/assignmentPolicies", json=policy(stage, extension)) == (400, "InvalidModel")
