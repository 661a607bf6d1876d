"""Catalog roles, connected organizations and settings: what Entra would take, and what it would not."""

from typing import Any

import pytest

from tests.sandbox.entitlement.tenant import ADELE, BEN, CLOSED, GENERAL, PARTNERS, READERS, Tenant

ROLES = "/roleManagement/entitlementManagement/roleAssignments"
OWNER, CREATOR = "ae79f266-94d4-4dab-b730-feca7e132178", "ba92d953-d8e0-4e39-a797-0cbedb0a89e8"
NOBODY = "aaaaaaaa-0000-4000-8000-000000000000"
DOMAIN = "#microsoft.graph.domainIdentitySource"


def role(principal: str, definition: str = OWNER, catalog: str = PARTNERS) -> dict[str, Any]:
    scope = f"/AccessPackageCatalog/{catalog}" if catalog else "/"
    return {"principalId": principal, "roleDefinitionId": definition, "appScopeId": scope}


def organization(domain: str) -> dict[str, Any]:
    return {"displayName": domain, "identitySources": [{"@odata.type": DOMAIN, "domainName": domain}]}


def test_role_given_is_seen_after_a_moment_and_only_in_its_catalog(tenant: Tenant):
    tenant.reset(replicationSeconds=60)
    scope = f"appScopeId eq '/AccessPackageCatalog/{PARTNERS}'"
    before = tenant.get(ROLES, filter=scope)["value"]

    tenant.post(ROLES, role(READERS))
    at_once = tenant.get(ROLES, filter=scope)["value"]
    tenant.pass_time("PT60S")
    later = tenant.get(ROLES, filter=scope, expand="principal")["value"]

    assert len(before) == len(at_once)
    assert [one["principal"]["displayName"] for one in later] == ["Adele Vance", "Partner Readers"]
    assert tenant.get(ROLES, filter=f"appScopeId eq '/AccessPackageCatalog/{GENERAL}'")["value"] == []


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        (role(NOBODY), (404, "Request_ResourceNotFound")),
        (role(ADELE, catalog=NOBODY), (404, "Request_ResourceNotFound")),
        (role(ADELE, CREATOR), (400, "InvalidModel")),
        (role(ADELE, catalog=""), (400, "InvalidModel")),
        (role(ADELE, NOBODY), (400, "InvalidModel")),
    ],
    ids=["nobody", "no catalog", "a creator in one catalog", "an owner everywhere", "no role"],
)
def test_role_that_cannot_be_is_refused(tenant: Tenant, body: dict[str, Any], refused: tuple[int, str]):
    assert tenant.error("POST", ROLES, json=body) == refused


def test_same_role_twice_is_refused(tenant: Tenant):
    tenant.post(ROLES, role(BEN))

    assert tenant.error("POST", ROLES, json=role(BEN)) == (400, "RoleAssignmentExists")


def test_catalog_takes_its_roles_along_and_the_built_in_one_stays(tenant: Tenant):
    catalog = tenant.post("/catalogs", {"displayName": "Short-lived"})["id"]
    tenant.post(ROLES, role(ADELE, catalog=catalog))
    tenant.pass_time("PT1S")

    gone = tenant.call("DELETE", f"/catalogs/{catalog}")

    assert gone.status_code == 204
    assert tenant.get(ROLES, filter=f"appScopeId eq '/AccessPackageCatalog/{catalog}'")["value"] == []
    assert tenant.error("DELETE", f"/catalogs/{GENERAL}") == (400, "InvalidDeleteBuiltInCatalog")


def test_partner_is_connected_once_and_never_ourselves(tenant: Tenant):
    tenant.post("/connectedOrganizations", organization("fabrikam.com"))

    assert tenant.error("POST", "/connectedOrganizations", json=organization("FABRIKAM.com"))[0] == 400
    assert tenant.error("POST", "/connectedOrganizations", json=organization("contoso.com"))[0] == 400
    assert tenant.error("POST", "/connectedOrganizations", json=organization(""))[0] == 400


def test_partner_that_a_policy_names_stays(tenant: Tenant):
    made = tenant.post("/connectedOrganizations", organization("fabrikam.com"))["id"]
    target = {"@odata.type": "#microsoft.graph.connectedOrganizationMembers", "connectedOrganizationId": made}
    policy = {
        "displayName": "Fabrikam",
        "allowedTargetScope": "specificConnectedOrganizationUsers",
        "specificAllowedTargets": [target],
        "accessPackage": {"id": CLOSED},
    }
    policy_id = tenant.post("/assignmentPolicies", policy)["id"]
    tenant.pass_time("PT1S")

    refused = tenant.error("DELETE", f"/connectedOrganizations/{made}")
    tenant.call("DELETE", f"/assignmentPolicies/{policy_id}")

    assert refused == (400, "ConnectedOrganizationInUse")
    assert tenant.call("DELETE", f"/connectedOrganizations/{made}").status_code == 204


def test_sponsor_is_of_the_right_side_and_named_once(tenant: Tenant):
    made = tenant.post("/connectedOrganizations", organization("fabrikam.com"))["id"]
    inside, outside = (f"/connectedOrganizations/{made}/{kind}Sponsors/$ref" for kind in ("internal", "external"))
    adele, ben = ({"@odata.id": f"https://graph.microsoft.com/v1.0/users/{one}"} for one in (ADELE, BEN))

    tenant.call("POST", inside, json=adele)

    assert tenant.error("POST", inside, json=adele) == (400, "SponsorExists")
    assert tenant.error("POST", inside, json=ben) == (400, "InvalidModel")
    assert tenant.error("POST", outside, json=adele) == (400, "InvalidModel")
    assert tenant.call("POST", outside, json=ben).status_code == 204


@pytest.mark.parametrize("delay", ["30 days, 0:00:00", "PT12H", "30", "P"])
def test_delay_that_is_not_in_days_is_refused(tenant: Tenant, delay: str):
    body = {
        "externalUserLifecycleAction": "blockSignInAndDelete",
        "durationUntilExternalUserDeletedAfterBlocked": delay,
    }

    assert tenant.error("PATCH", "/settings", json=body) == (400, "InvalidModel")
