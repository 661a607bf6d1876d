"""Catalogs, resources and packages: what can be built, what is refused, what may be taken apart."""

from typing import Any

from tests.sandbox.entitlement.tenant import (
    ADELE,
    ALEX,
    APP4GUEST,
    BEN,
    CLOSED,
    GENERAL,
    HANDBOOK,
    HIDDEN,
    INVITED,
    PARTNERS,
    PROJECT,
    READERS,
    Tenant,
)

ROLES = "/roleManagement/entitlementManagement"


def onboard(tenant: Tenant, catalog: str, origin: str, system: str) -> dict[str, Any]:
    body = {
        "requestType": "adminAdd",
        "resource": {"originId": origin, "originSystem": system},
        "catalog": {"id": catalog},
    }
    request = tenant.post("/resourceRequests", body)
    tenant.pass_time("PT1S")
    return request


def role_scope(resource: dict[str, Any], role: dict[str, Any]) -> dict[str, Any]:
    owner = {"id": resource["id"], "originId": resource["originId"], "originSystem": resource["originSystem"]}
    scope = {"originId": resource["originId"], "originSystem": resource["originSystem"], "isRootScope": True}
    return {"role": {**role, "originSystem": resource["originSystem"], "resource": owner}, "scope": scope}


def test_package_is_built_from_nothing_and_opens_its_group(tenant: Tenant):
    catalog = tenant.post("/catalogs", {"displayName": "New", "state": "published", "isExternallyVisible": True})
    request = onboard(tenant, catalog["id"], READERS, "AadGroup")
    resources = tenant.get(f"/catalogs/{catalog['id']}/resources", expand="roles,scopes")["value"]
    package = tenant.post("/accessPackages", {"displayName": "Fresh", "catalog": {"id": catalog["id"]}})
    tenant.pass_time("PT1S")
    member = next(role for role in resources[0]["roles"] if role["displayName"] == "Member")

    body = role_scope(resources[0], {"displayName": "Member", "originId": member["originId"]})
    tenant.post(f"/accessPackages/{package['id']}/resourceRoleScopes", body)
    tenant.pass_time("PT1S")

    shown = tenant.get(
        f"/accessPackages/{package['id']}",
        expand="catalog,resourceRoleScopes($expand=role($expand=resource),scope),assignmentPolicies",
    )
    assert request["state"] == "delivered"
    assert shown["catalog"]["id"] == catalog["id"]
    assert shown["resourceRoleScopes"][0]["role"]["resource"]["originId"] == READERS
    assert shown["resourceRoleScopes"][0]["id"] == f"{member['id']}_{resources[0]['scopes'][0]['id']}"
    assert shown["assignmentPolicies"] == []


def test_new_resource_is_seen_after_a_moment(tenant: Tenant):
    tenant.reset(replicationSeconds=60)
    body = {
        "requestType": "adminAdd",
        "resource": {"originId": READERS, "originSystem": "AadGroup"},
        "catalog": {"id": GENERAL},
    }

    tenant.post("/resourceRequests", body)
    at_once = tenant.get(f"/catalogs/{GENERAL}/resources", filter=f"originId eq '{READERS}'")["value"]
    tenant.pass_time("PT60S")
    later = tenant.get(f"/catalogs/{GENERAL}/resources", filter=f"originId eq '{READERS}'")["value"]

    assert (len(at_once), len(later)) == (0, 1)


def test_second_onboarding_of_a_resource_is_refused(tenant: Tenant):
    body = {
        "requestType": "adminAdd",
        "resource": {"originId": APP4GUEST, "originSystem": "AadApplication"},
        "catalog": {"id": GENERAL},
    }

    assert tenant.error("POST", "/resourceRequests", json=body) == (400, "ResourceAlreadyOnboarded")


def test_app_without_rights_on_groups_does_not_own_them(tenant: Tenant):
    tenant.reset(withoutPermissions=["Group.ReadWrite.All"])
    body = {
        "requestType": "adminAdd",
        "resource": {"originId": READERS, "originSystem": "AadGroup"},
        "catalog": {"id": GENERAL},
    }

    assert tenant.error("POST", "/resourceRequests", json=body) == (400, "CallerNotResourceOwner")


def test_role_that_the_resource_does_not_have_is_not_found(tenant: Tenant):
    resource = tenant.get(f"/catalogs/{GENERAL}/resources", filter=f"originId eq '{APP4GUEST}'")["value"][0]
    body = role_scope(resource, {"originId": BEN})

    refused = tenant.error("POST", f"/accessPackages/{INVITED}/resourceRoleScopes", json=body)

    assert refused == (404, "RoleNotFound")


def test_removed_role_leaves_those_who_hold_the_package(tenant: Tenant):
    scope = tenant.get(f"/accessPackages/{INVITED}/resourceRoleScopes")["value"][0]

    answer = tenant.call("DELETE", f"/accessPackages/{INVITED}/resourceRoleScopes/{scope['id']}")

    assert answer.status_code == 204
    assert tenant.control("state")["appRoleAssignments"] == []


def test_resource_in_use_stays_in_its_catalog(tenant: Tenant):
    resource = tenant.get(f"/catalogs/{GENERAL}/resources", filter=f"originId eq '{APP4GUEST}'")["value"][0]
    body = {"requestType": "adminRemove", "resource": {"id": resource["id"]}, "catalog": {"id": GENERAL}}

    assert tenant.error("POST", "/resourceRequests", json=body) == (400, "InvalidDeleteResourceHasEntitlements")


def test_package_with_assignments_stays_and_an_unused_one_goes_with_its_policy(tenant: Tenant):
    policy = tenant.policy(CLOSED)

    refused = tenant.error("DELETE", f"/accessPackages/{INVITED}")
    answer = tenant.call("DELETE", f"/accessPackages/{CLOSED}")

    assert refused[0] == 400
    assert answer.status_code == 204
    assert tenant.error("GET", f"/assignmentPolicies/{policy}")[0] == 404


def test_filled_catalog_cannot_be_deleted_and_an_empty_one_can(tenant: Tenant):
    empty = tenant.post("/catalogs", {"displayName": "Empty"})

    refused = tenant.error("DELETE", f"/catalogs/{PARTNERS}")
    answer = tenant.call("DELETE", f"/catalogs/{empty['id']}")

    assert refused == (400, "InvalidDeleteCatalogNotEmpty")
    assert answer.status_code == 204


def test_packages_are_found_by_part_of_their_name_in_any_case(tenant: Tenant):
    found = tenant.get("/accessPackages", filter="contains(tolower(displayName),'invited')")["value"]

    assert [package["id"] for package in found] == [INVITED]


def test_unknown_properties_in_filters_are_refused(tenant: Tenant):
    assert tenant.error("GET", "/accessPackages", params={"$filter": "colour eq 'red'"})[0] == 400


def test_guest_is_offered_what_is_open_to_guests_and_not_hidden(tenant: Tenant):
    offered = tenant.get("/accessPackages/filterByCurrentUser(on='allowedRequestor')", user=BEN)["value"]

    assert {package["id"] for package in offered} == {INVITED, PROJECT}
    assert {HANDBOOK, CLOSED, HIDDEN}.isdisjoint(package["id"] for package in offered)


def test_guest_is_offered_nothing_from_a_catalog_closed_to_outsiders(tenant: Tenant):
    tenant.call("PATCH", f"/catalogs/{GENERAL}", json={"isExternallyVisible": False})

    offered = tenant.get("/accessPackages/filterByCurrentUser(on='allowedRequestor')", user=BEN)["value"]

    assert [package["id"] for package in offered] == [PROJECT]


def test_apps_have_no_packages_of_their_own(tenant: Tenant):
    assert tenant.error("GET", "/accessPackages/filterByCurrentUser(on='allowedRequestor')")[0] == 403


def test_catalog_role_is_found_given_and_taken(tenant: Tenant):
    known = tenant.get(f"{ROLES}/roleAssignments", filter=f"principalId eq '{ADELE}'", expand="roleDefinition")["value"]
    body = {
        "principalId": ALEX,
        "roleDefinitionId": known[0]["roleDefinitionId"],
        "appScopeId": f"/AccessPackageCatalog/{GENERAL}",
    }

    made = tenant.post(f"{ROLES}/roleAssignments", body)
    tenant.pass_time("PT1S")
    gone = tenant.call("DELETE", f"{ROLES}/roleAssignments/{made['id']}")

    assert known[0]["appScopeId"] == f"/AccessPackageCatalog/{PARTNERS}"
    assert known[0]["roleDefinition"]["displayName"] == "Access package manager"
    assert gone.status_code == 204
    assert tenant.error("GET", f"{ROLES}/roleAssignments/{made['id']}")[0] == 404


def test_connected_organization_lets_its_people_in(tenant: Tenant):
    source = {"@odata.type": "#microsoft.graph.domainIdentitySource", "domainName": "fabrikam.com"}
    body = {"displayName": "Fabrikam", "identitySources": [source], "state": "configured"}
    organization = tenant.post("/connectedOrganizations", body)
    target = {
        "@odata.type": "#microsoft.graph.connectedOrganizationMembers",
        "connectedOrganizationId": organization["id"],
    }
    policy = {
        "displayName": "Fabrikam",
        "allowedTargetScope": "specificConnectedOrganizationUsers",
        "specificAllowedTargets": [target],
        "requestorSettings": {"enableTargetsToSelfAddAccess": True},
        "accessPackage": {"id": CLOSED},
    }
    tenant.post("/assignmentPolicies", policy)

    offered = tenant.get("/accessPackages/filterByCurrentUser(on='allowedRequestor')", user=BEN)["value"]

    assert CLOSED in [package["id"] for package in offered]


def test_sponsors_of_a_connected_organization_come_and_go(tenant: Tenant):
    source = {"@odata.type": "#microsoft.graph.domainIdentitySource", "domainName": "fabrikam.com"}
    made = tenant.post("/connectedOrganizations", {"displayName": "Fabrikam", "identitySources": [source]})
    path = f"/connectedOrganizations/{made['id']}/internalSponsors"

    added = tenant.call("POST", f"{path}/$ref", json={"@odata.id": f"https://graph.microsoft.com/v1.0/users/{ADELE}"})
    sponsors = tenant.get(path)["value"]
    removed = tenant.call("DELETE", f"{path}/{ADELE}/$ref")

    assert (added.status_code, removed.status_code) == (204, 204)
    assert [sponsor["id"] for sponsor in sponsors] == [ADELE]
    assert tenant.get(path)["value"] == []


def test_settings_change_and_take_no_query(tenant: Tenant):
    answer = tenant.call("PATCH", "/settings", json={"externalUserLifecycleAction": "none"})

    assert answer.status_code == 204
    assert tenant.get("/settings")["externalUserLifecycleAction"] == "none"
    assert tenant.error("GET", "/settings", params={"$select": "id"})[0] == 400


def test_only_guests_can_be_governed(tenant: Tenant):
    body = {"subjectLifecycle": "governed"}

    assert tenant.error("PATCH", f"/subjects(objectId='{ALEX}')", json=body)[0] == 400
    assert tenant.call("PATCH", f"/subjects(objectId='{BEN}')", json=body).status_code == 204


def test_incompatible_package_keeps_its_holder_from_asking(tenant: Tenant):
    path = f"/accessPackages/{PROJECT}/incompatibleAccessPackages"
    reference = {"@odata.id": f"https://graph.microsoft.com/v1.0/identityGovernance/accessPackages/{INVITED}"}

    added = tenant.call("POST", f"{path}/$ref", json=reference)
    answer = tenant.http.post("/_control/act", json={"user": BEN, "action": "request", "accessPackageId": PROJECT})
    named = tenant.get(f"/accessPackages/{INVITED}/accessPackagesIncompatibleWith")["value"]
    removed = tenant.call("DELETE", f"{path}/{INVITED}/$ref")

    assert (added.status_code, removed.status_code) == (204, 204)
    assert "IncompatibleAccess" in answer.text
    assert [package["id"] for package in named] == [PROJECT]
    assert tenant.get(path)["value"] == []


def test_requirements_tell_the_person_what_will_be_asked(tenant: Tenant):
    path = f"/accessPackages/{PROJECT}/getApplicablePolicyRequirements"

    required = tenant.call("POST", path, user=BEN).json()["value"]

    assert required[0]["isApprovalRequiredForAdd"] is True
    assert [question["sequence"] for question in required[0]["questions"]] == [1, 2]
    assert tenant.error("POST", path)[0] == 403
    assert (
        tenant.call("POST", f"/accessPackages/{HANDBOOK}/getApplicablePolicyRequirements", user=BEN).json()["value"]
        == []
    )
