"""Users as Graph answers for them."""

from sandbox.seed.applications import APP4GUEST
from sandbox.seed.people import ALEX, ANA, BEN, CARLA, DAN, EVA, LEE, MEGAN

EVENTUAL = {"ConsistencyLevel": "eventual"}


async def test_a_user_comes_with_the_default_properties_only(tenant):
    answer = await tenant.get(f"/users/{BEN}")

    assert answer.status == 200
    assert answer.body["mail"] == "ben@fabrikam.com"
    assert "externalUserState" not in answer.body


async def test_select_brings_the_properties_named_and_no_others(tenant):
    answer = await tenant.get(f"/users/{BEN}?$select=id,externalUserState,accountEnabled")

    assert {name for name in answer.body if "@" not in name} == {"id", "externalUserState", "accountEnabled"}


async def test_select_of_an_unknown_property_is_refused(tenant):
    answer = await tenant.get(f"/users/{BEN}?$select=shoeSize")

    assert (answer.status, answer.code) == (400, "BadRequest")


async def test_an_unknown_user_is_not_found(tenant):
    answer = await tenant.get(f"/users/{ANA}")

    assert (answer.status, answer.code) == (404, "Request_ResourceNotFound")


async def test_a_guest_is_found_by_the_principal_name_with_its_hash_encoded(tenant):
    answer = await tenant.get("/users/ben_fabrikam.com%23EXT%23@contoso.onmicrosoft.com")

    assert answer.body["id"] == BEN


async def test_a_guest_is_found_by_any_address(tenant):
    tenant.world.tables["users"][BEN]["otherMails"].append("b.ortiz@example.org")
    query = "mail eq '{0}' or otherMails/any(m:m eq '{0}') or proxyAddresses/any(p:p eq 'smtp:{0}')"

    by_mail = await tenant.get("/users?$filter=" + query.format("BEN@fabrikam.com"))
    by_other = await tenant.get("/users?$filter=" + query.format("b.ortiz@example.org"))
    by_none = await tenant.get("/users?$filter=" + query.format("nobody@fabrikam.com"))

    assert (by_mail.ids, by_other.ids, by_none.ids) == ([BEN], [BEN], [])


async def test_guests_are_listed_with_their_sponsors(tenant):
    answer = await tenant.get(
        "/users?$filter=userType eq 'Guest'&$select=id,externalUserState&$expand=sponsors($select=id,displayName)"
    )

    assert answer.ids == [BEN, CARLA, DAN]
    assert answer.body["value"][0]["sponsors"][0]["displayName"] == "Alex Wilber"
    assert "mail" not in answer.body["value"][0]["sponsors"][0]


async def test_guests_are_filtered_by_redemption_state(tenant):
    answer = await tenant.get("/users?$filter=externalUserState eq 'PendingAcceptance'")

    assert answer.ids == [CARLA]


async def test_not_equal_needs_the_consistency_level(tenant):
    path = "/users?$count=true&$filter=userType ne 'Guest'"

    without = await tenant.get(path)
    with_it = await tenant.get(path, **EVENTUAL)

    assert (without.status, without.code) == (400, "Request_UnsupportedQuery")
    assert ALEX in with_it.ids
    assert with_it.body["@odata.count"] == len(with_it.ids)


async def test_skip_is_refused(tenant):
    assert (await tenant.get("/users?$skip=2")).status == 400


async def test_pages_follow_each_other_until_all_have_come(tenant):
    first = await tenant.get("/users?$top=3&$select=id")
    second = await tenant.get(first.body["@odata.nextLink"].split("/v1.0")[1])
    third = await tenant.get(second.body["@odata.nextLink"].split("/v1.0")[1])

    assert len(set(first.ids + second.ids + third.ids)) == len(tenant.world.tables["users"])
    assert "@odata.nextLink" not in third.body


async def test_a_page_larger_than_the_largest_is_refused(tenant):
    assert (await tenant.get("/users?$top=1000")).status == 400


async def test_the_count_is_plain_text_and_needs_the_consistency_level(tenant):
    without = await tenant.get("/users/$count")
    counted = await tenant.get("/users/$count?$filter=userType eq 'Guest'", **EVENTUAL)

    assert without.status == 400
    assert counted.text == "3"
    assert counted.headers["Content-Type"].startswith("text/plain")


async def test_search_finds_people_by_the_beginning_of_a_word(tenant):
    answer = await tenant.get('/users?$search="displayName:wil"&$count=true', **EVENTUAL)

    assert answer.ids == [ALEX]


async def test_sign_in_activity_needs_its_permission_and_a_licence(tenant):
    path = f"/users/{BEN}?$select=signInActivity"

    granted = await tenant.get(path)
    await tenant.control("options", {"withoutPermissions": ["AuditLog.Read.All"]})
    withheld = await tenant.get(path)
    await tenant.control("options", {"withoutPermissions": [], "licence": False})
    unlicensed = await tenant.get(path)

    assert granted.body["signInActivity"]["lastSuccessfulSignInDateTime"].endswith("Z")
    assert withheld.status == 403
    assert unlicensed.code == "Authentication_RequestFromNonPremiumTenantOrB2CTenant"


async def test_sign_in_activity_is_not_filtered_beside_another_property(tenant):
    alone = await tenant.get("/users?$filter=signInActivity/lastSignInDateTime ge 2020-01-01T00:00:00Z")
    beside = await tenant.get(
        "/users?$filter=userType eq 'Guest' and signInActivity/lastSignInDateTime ge 2020-01-01T00:00:00Z"
    )

    assert BEN in alone.ids
    assert beside.status == 400


async def test_a_patch_changes_the_user(tenant):
    answer = await tenant.call("PATCH", f"/users/{DAN}", {"accountEnabled": True})

    assert answer.status == 204
    assert (await tenant.get(f"/users/{DAN}?$select=accountEnabled")).body["accountEnabled"] is True


async def test_a_patch_of_an_unknown_property_or_a_wrong_type_changes_nothing(tenant):
    unknown = await tenant.call("PATCH", f"/users/{DAN}", {"companyName": "X", "shoeSize": 44})
    wrong = await tenant.call("PATCH", f"/users/{DAN}", {"companyName": "X", "accountEnabled": "yes"})

    assert (unknown.status, wrong.status) == (400, 400)
    assert tenant.world.tables["users"][DAN]["companyName"] is None


async def test_an_app_does_not_change_someone_who_holds_a_role(tenant):
    answer = await tenant.call("PATCH", f"/users/{MEGAN}", {"accountEnabled": False})

    assert answer.code == "Authorization_RequestDenied"


async def test_a_person_without_a_role_changes_nobody(tenant):
    answer = await tenant.call("PATCH", f"/users/{DAN}", {"companyName": "X"}, user=LEE)

    assert answer.status == 403


async def test_a_deleted_user_can_be_restored(tenant):
    deleted = await tenant.call("DELETE", f"/users/{BEN}")
    gone = await tenant.get(f"/users/{BEN}")
    listed = await tenant.get("/directory/deletedItems/graph.user?$select=id,deletedDateTime")
    restored = await tenant.post(f"/directory/deletedItems/{BEN}/restore")

    assert (deleted.status, gone.status, restored.status) == (204, 404, 200)
    assert set(listed.ids) == {BEN, EVA}
    assert (await tenant.get(f"/users/{BEN}")).status == 200


async def test_a_deleted_user_is_purged_after_thirty_days(tenant):
    await tenant.call("DELETE", f"/users/{BEN}")

    await tenant.control("clock", {"advance": "P31D"})

    assert (await tenant.get(f"/directory/deletedItems/{BEN}")).status == 404


async def test_a_user_whose_address_was_taken_meanwhile_cannot_be_restored(tenant):
    await tenant.invite("eva@adatum.com")

    assert (await tenant.post(f"/directory/deletedItems/{EVA}/restore")).status == 400


async def test_a_new_invitation_of_a_deleted_guest_makes_another_account(tenant):
    answer = await tenant.invite("eva@adatum.com")

    assert answer.body["invitedUser"]["id"] != EVA
    assert EVA in tenant.world.tables["deletedUsers"]


async def test_a_deleted_user_is_no_longer_assigned_to_the_application_until_restored(tenant):
    path = f"/servicePrincipals/{APP4GUEST}/appRoleAssignedTo"

    await tenant.call("DELETE", f"/users/{BEN}")
    without = await tenant.get(path)
    await tenant.post(f"/directory/deletedItems/{BEN}/restore")

    assert without.ids == []
    assert [row["principalId"] for row in (await tenant.get(path)).body["value"]] == [BEN]


async def test_an_address_that_somebody_has_is_given_to_nobody_else(tenant):
    taken = await tenant.call("PATCH", f"/users/{BEN}", {"mail": "carla@northwindtraders.com"})
    own = await tenant.call("PATCH", f"/users/{BEN}", {"mail": "ben@fabrikam.com"})

    assert (taken.status, own.status) == (400, 204)


async def test_ids_are_found_in_any_case(tenant):
    tenant.world.tables["users"]["abcdef01-0000-4000-8000-000000000000"] = tenant.world.tables["users"][BEN]

    assert (await tenant.get("/users/ABCDEF01-0000-4000-8000-000000000000")).status == 200


async def test_the_manager_is_told_or_not_found(tenant):
    known = await tenant.get(f"/users/{MEGAN}/manager")
    none = await tenant.get(f"/users/{ALEX}/manager")

    assert known.body["displayName"] == "Adele Vance"
    assert none.status == 404


async def test_me_is_the_signed_in_person_and_nobody_for_an_app(tenant):
    person = await tenant.get("/me", user=LEE)
    app = await tenant.get("/me")

    assert person.body["displayName"] == "Lee Gu"
    assert app.status == 400
