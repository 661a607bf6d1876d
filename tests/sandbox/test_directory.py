"""Membership, roles, applications, groups and the tenant's own facts."""

import pytest

from sandbox.seed.applications import APP4GUEST
from sandbox.seed.groups import PHOENIX, READERS
from sandbox.seed.people import ADELE, ALEX, BEN, EVA, GLOBAL_ADMINISTRATOR, GUEST_INVITER, LEE, MEGAN, give_role

EVENTUAL = {"ConsistencyLevel": "eventual"}


async def test_member_checks_accept_role_template_ids_and_groups(tenant):
    asked = [GLOBAL_ADMINISTRATOR, GUEST_INVITER, PHOENIX, READERS]

    answer = await tenant.post(f"/users/{MEGAN}/checkMemberObjects", {"ids": asked})

    assert answer.body["value"] == [GUEST_INVITER, PHOENIX]


async def test_member_checks_take_twenty_ids_and_no_more(tenant):
    taken = await tenant.post(f"/users/{MEGAN}/checkMemberGroups", {"groupIds": [PHOENIX] * 20})
    refused = await tenant.post(f"/users/{MEGAN}/checkMemberGroups", {"groupIds": [PHOENIX] * 21})
    malformed = await tenant.post(f"/users/{MEGAN}/checkMemberGroups", {"groupIds": "x"})

    assert (taken.status, refused.status, malformed.status) == (200, 400, 400)


async def test_roles_held_through_a_nested_group_count_transitively_only(tenant):
    world = tenant.world
    world.tables["groups"][PHOENIX]["_members"].append(READERS)
    world.tables["groups"][READERS]["_members"].append(LEE)
    give_role(world, PHOENIX, GUEST_INVITER)
    path = "graph.directoryRole?$count=true"

    direct = await tenant.get(f"/users/{LEE}/memberOf/{path}", **EVENTUAL)
    through = await tenant.get(f"/users/{LEE}/transitiveMemberOf/microsoft.{path}", **EVENTUAL)
    checked = await tenant.post(f"/users/{LEE}/checkMemberObjects", {"ids": [GUEST_INVITER]})

    assert direct.ids == []
    assert [row["roleTemplateId"] for row in through.body["value"]] == [GUEST_INVITER]
    assert checked.body["value"] == [GUEST_INVITER]


async def test_a_cast_needs_the_consistency_level(tenant):
    assert (await tenant.get(f"/users/{LEE}/memberOf/graph.directoryRole")).code == "Request_UnsupportedQuery"


async def test_groups_that_contain_each_other_are_walked_once(tenant):
    world = tenant.world
    world.tables["groups"][PHOENIX]["_members"].append(READERS)
    world.tables["groups"][READERS]["_members"].append(PHOENIX)

    members = await tenant.get(f"/groups/{READERS}/transitiveMembers?$select=id")
    held = await tenant.get(f"/users/{MEGAN}/transitiveMemberOf")

    assert set(members.ids) == {PHOENIX, READERS, MEGAN}
    assert {PHOENIX, READERS} <= set(held.ids)


async def test_member_ids_are_told_with_and_without_roles(tenant):
    groups = await tenant.post(f"/users/{MEGAN}/getMemberGroups", {"securityEnabledOnly": False})
    objects = await tenant.post(f"/users/{MEGAN}/getMemberObjects", {"securityEnabledOnly": False})

    assert groups.body["value"] == [PHOENIX]
    assert GUEST_INVITER in objects.body["value"]


async def test_directory_roles_have_members_and_assignments(tenant):
    roles = await tenant.get("/directoryRoles?$filter=roleTemplateId eq '62e90394-69f5-4237-9190-012177145e10'")
    members = await tenant.get(f"/directoryRoles/{roles.ids[0]}/members")
    assigned = await tenant.get(
        f"/roleManagement/directory/roleAssignments?$filter=principalId eq '{MEGAN}'&$expand=roleDefinition,principal"
    )

    assert members.ids == [ALEX]
    assert assigned.body["value"][0]["roleDefinition"]["displayName"] == "Guest Inviter"
    assert assigned.body["value"][0]["principal"]["displayName"] == "Megan Bowen"


async def test_schedule_instances_show_assignments_through_groups(tenant):
    give_role(tenant.world, PHOENIX, GLOBAL_ADMINISTRATOR)

    answer = await tenant.get(
        f"/roleManagement/directory/roleAssignmentScheduleInstances?$filter=principalId eq '{MEGAN}'"
    )

    assert {row["memberType"] for row in answer.body["value"]} == {"Direct", "Group"}


async def test_role_definitions_are_found_by_name(tenant):
    answer = await tenant.get("/roleManagement/directory/roleDefinitions?$filter=displayName eq 'User Administrator'")

    assert answer.ids == ["fe930be7-5e62-47db-91af-98c3a49a38b1"]


async def test_an_application_is_found_by_name_and_by_application_id(tenant):
    listed = await tenant.get("/servicePrincipals?$filter=startswith(displayName,'app4')&$select=id,appId,appRoles")
    single = await tenant.get(f"/servicePrincipals(appId='{listed.body['value'][0]['appId']}')")
    unknown = await tenant.get("/servicePrincipals(appId='00000000-0000-4000-8000-000000000000')")

    assert listed.ids == [APP4GUEST]
    assert single.body["appRoleAssignmentRequired"] is True
    assert unknown.status == 404


async def test_who_is_assigned_to_an_application(tenant):
    path = f"/servicePrincipals/{APP4GUEST}/appRoleAssignedTo"
    body = {"principalId": LEE, "resourceId": APP4GUEST, "appRoleId": "00000000-0000-0000-0000-000000000000"}

    seeded = await tenant.get(path)
    made = await tenant.post(path, body)
    again = await tenant.post(path, body)
    of_lee = await tenant.get(f"/users/{LEE}/appRoleAssignments")
    ended = await tenant.call("DELETE", f"{path}/{made.body['id']}")

    assert [row["principalId"] for row in seeded.body["value"]] == [BEN]
    assert (made.status, again.status, ended.status) == (201, 400, 204)
    assert of_lee.ids == [made.body["id"]]
    assert len((await tenant.get(path)).ids) == 1


async def test_group_members_are_added_once_and_removed(tenant):
    path = f"/groups/{READERS}/members"
    body = {"@odata.id": f"{tenant.url}/v1.0/directoryObjects/{LEE}"}

    added = await tenant.post(f"{path}/$ref", body)
    again = await tenant.post(f"{path}/$ref", body)
    listed = await tenant.get(path)
    removed = await tenant.call("DELETE", f"{path}/{LEE}/$ref")
    absent = await tenant.call("DELETE", f"{path}/{LEE}/$ref")

    assert (added.status, again.status, removed.status, absent.status) == (204, 400, 204, 404)
    assert listed.ids == [LEE]


async def test_a_group_has_owners_and_is_found_by_name(tenant):
    found = await tenant.get("/groups?$filter=displayName eq 'Partner Readers'")
    owners = await tenant.get(f"/groups/{READERS}/owners?$select=id,displayName")

    assert found.ids == [READERS]
    assert (await tenant.get(f"/groups/{READERS}")).body["securityEnabled"] is True
    assert owners.body["value"][0]["displayName"] == "Adele Vance"
    assert owners.ids == [ADELE]


async def test_the_tenant_tells_its_name_domains_and_licences(tenant):
    organization = await tenant.get("/organization")
    domains = await tenant.get("/domains")
    licences = await tenant.get("/subscribedSkus")

    assert organization.body["value"][0]["displayName"] == "Contoso"
    assert {row["id"]: row["isInitial"] for row in domains.body["value"]} == {
        "contoso.onmicrosoft.com": True,
        "contoso.com": False,
    }
    plans = [plan["servicePlanName"] for row in licences.body["value"] for plan in row["servicePlans"]]
    assert "AAD_PREMIUM_P2" in plans


async def test_without_the_licence_the_premium_plan_is_gone(tenant):
    await tenant.control("reset", {"licence": False})

    licences = await tenant.get("/subscribedSkus")

    assert [row["skuPartNumber"] for row in licences.body["value"]] == ["AAD_PREMIUM"]


async def test_cross_tenant_settings_are_readable(tenant):
    default = await tenant.get("/policies/crossTenantAccessPolicy/default")
    partners = await tenant.get("/policies/crossTenantAccessPolicy/partners")

    assert default.body["isServiceDefault"] is True
    assert partners.body["value"] == []


async def test_objects_are_looked_up_by_id_and_unknown_ones_left_out(tenant):
    everyone = await tenant.post("/directoryObjects/getByIds", {"ids": [ALEX, READERS, EVA]})
    groups = await tenant.post("/directoryObjects/getByIds", {"ids": [ALEX, READERS], "types": ["group"]})

    assert everyone.ids == [ALEX, READERS]
    assert groups.ids == [READERS]


async def test_the_audit_logs_need_their_permission(tenant):
    await tenant.control("options", {"withoutPermissions": ["AuditLog.Read.All"]})

    assert (await tenant.get("/auditLogs/directoryAudits")).status == 403
    assert (await tenant.get("/auditLogs/signIns")).status == 403


@pytest.mark.parametrize(
    ("permission", "method", "path"),
    [
        ("User.Read.All", "GET", "/users"),
        ("User.ReadWrite.All", "PATCH", f"/users/{BEN}"),
        ("Application.Read.All", "GET", f"/servicePrincipals/{APP4GUEST}/appRoleAssignedTo"),
        ("RoleManagement.Read.Directory", "GET", "/directoryRoles"),
        ("GroupMember.Read.All", "GET", f"/groups/{READERS}/members"),
        ("Organization.Read.All", "GET", "/organization"),
        ("Policy.Read.All", "GET", "/policies/authorizationPolicy"),
        ("Mail.Send", "POST", f"/users/{ALEX}/sendMail"),
        ("AppCatalog.Read.All", "GET", "/appCatalogs/teamsApps"),
    ],
)
async def test_each_area_is_refused_without_its_permission(tenant, permission, method, path):
    await tenant.control("options", {"withoutPermissions": [permission]})

    answer = await tenant.call(method, path, {} if method != "GET" else None)

    assert (answer.status, answer.code) == (403, "Authorization_RequestDenied")


async def test_with_only_the_permissions_named_a_write_permission_covers_reading(tenant):
    await tenant.control("options", {"onlyPermissions": ["User.ReadWrite.All"]})

    assert (await tenant.get("/users")).status == 200
    assert (await tenant.get("/groups")).status == 403
