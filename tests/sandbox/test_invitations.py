"""Invitations: who is let in, who is refused, and what a second invitation does."""

import pytest

from sandbox.seed.people import ADELE, ALEX, ANA, BEN, CARLA, LEE, MEGAN


async def test_an_invited_address_becomes_a_pending_guest(tenant):
    answer = await tenant.invite("ana@fabrikam.com", invitedUserDisplayName="Ana Silva")

    guest = await tenant.get(
        f"/users/{ANA}?$select=displayName,userType,externalUserState,userPrincipalName,creationType"
    )
    assert answer.status == 201
    assert answer.body["invitedUser"] == {"id": ANA}
    assert answer.body["status"] == "PendingAcceptance"
    assert answer.body["inviteRedeemUrl"].startswith(tenant.url)
    assert guest.body["displayName"] == "Ana Silva"
    assert (guest.body["userType"], guest.body["externalUserState"]) == ("Guest", "PendingAcceptance")
    assert guest.body["userPrincipalName"] == "ana_fabrikam.com#EXT#@contoso.onmicrosoft.com"


async def test_a_new_guest_is_unknown_until_the_directory_has_replicated(tenant):
    await tenant.control("options", {"replicationSeconds": 60})
    await tenant.invite("ana@fabrikam.com")

    early = [
        await tenant.get(f"/users/{ANA}"),
        await tenant.call("PATCH", f"/users/{ANA}", {"companyName": "F"}),
        await tenant.post(f"/users/{ANA}/sponsors/$ref", {"@odata.id": f"{tenant.url}/v1.0/users/{ALEX}"}),
    ]
    listed = await tenant.get("/users?$filter=mail eq 'ana@fabrikam.com'")
    await tenant.control("clock", {"advance": "PT1M"})

    assert [answer.status for answer in early] == [404, 404, 404]
    assert listed.ids == []
    assert (await tenant.get(f"/users/{ANA}")).status == 200


async def test_a_second_invitation_returns_the_same_guest(tenant):
    first = await tenant.invite("new@fabrikam.com")
    second = await tenant.invite("NEW@fabrikam.com")

    assert first.body["invitedUser"] == second.body["invitedUser"]
    assert first.body["id"] != second.body["id"]


async def test_a_member_is_not_invited(tenant):
    answer = await tenant.invite("lee@contoso.com")

    assert answer.status == 400
    assert answer.body["error"]["message"] == f"The invited user already exists in the directory as object ID {LEE}."


@pytest.mark.parametrize(
    "address",
    [
        "ana",
        "ana@",
        "@x.com",
        "a na@x.com",
        "ana+b@x.com",
        "ana@x",
        "a'b\"@x.com",
        "ána@x.com",
        "a@b@x.com",
        "a#b@x.com",
    ],
)
async def test_an_address_graph_would_not_take_is_refused(tenant, address):
    assert (await tenant.invite(address)).status == 400


@pytest.mark.parametrize("missing", ["invitedUserEmailAddress", "inviteRedirectUrl"])
async def test_a_missing_field_is_named(tenant, missing):
    body = {"invitedUserEmailAddress": "a@x.com", "inviteRedirectUrl": "https://x.example"}
    del body[missing]

    answer = await tenant.post("/invitations", body)

    assert answer.status == 400
    assert missing in answer.body["error"]["message"]


async def test_an_unknown_field_is_refused(tenant):
    assert (await tenant.invite("a@x.com", colour="red")).status == 400


async def test_a_denied_domain_and_an_unreachable_one_are_refused(tenant):
    denied = await tenant.invite("a@blocked.example")
    unreachable = await tenant.invite("a@unreachable.example")

    assert denied.status == 400
    assert (unreachable.status, unreachable.body["error"]["message"]) == (500, "Unable to find target address")
    assert not tenant.world.tables["invitations"]


@pytest.mark.parametrize(
    ("setting", "allowed"),
    [
        ("none", set()),
        ("adminsAndGuestInviters", {"app", ALEX, MEGAN}),
        ("adminsGuestInvitersAndAllMembers", {"app", ALEX, MEGAN, LEE}),
        ("everyone", {"app", ALEX, MEGAN, LEE, BEN}),
    ],
)
async def test_the_invitation_setting_decides_who_invites(tenant, setting, allowed):
    await tenant.control("reset", {"allowInvitesFrom": setting, "replicationSeconds": 0})

    able = set()
    for number, user in enumerate(["", ALEX, MEGAN, LEE, BEN]):
        body = {"invitedUserEmailAddress": f"g{number}@x.com", "inviteRedirectUrl": "https://x.example"}
        if (await tenant.post("/invitations", body, user=user)).status == 201:
            able.add(user or "app")

    assert able == allowed
    assert (await tenant.get("/policies/authorizationPolicy")).body["allowInvitesFrom"] == setting


async def test_without_the_permission_nobody_is_invited(tenant):
    await tenant.control("options", {"withoutPermissions": ["User.Invite.All"]})

    answer = await tenant.invite("ana@fabrikam.com")

    assert (answer.status, answer.code) == (403, "Authorization_RequestDenied")
    assert ANA not in tenant.world.tables["users"]


async def test_too_many_invitations_are_blocked_as_suspicious(tenant):
    await tenant.control("options", {"abuseLimit": 2})

    statuses = [(await tenant.invite(f"g{number}@x.com")).status for number in range(3)]

    assert statuses == [201, 201, 403]


async def test_a_suspended_tenant_says_why(tenant):
    await tenant.control("options", {"invitesSuspended": True})

    answer = await tenant.invite("g@x.com")

    assert answer.code == "Forbidden"
    assert "suspicious activity" in answer.body["error"]["message"]


async def test_reset_redemption_needs_the_user_and_makes_them_pending_again(tenant):
    unnamed = await tenant.invite("ben@fabrikam.com", resetRedemption=True)
    named = await tenant.invite("ben@fabrikam.com", resetRedemption=True, invitedUser={"id": BEN})

    assert unnamed.status == 400
    assert named.body["invitedUser"] == {"id": BEN}
    assert tenant.world.tables["users"][BEN]["externalUserState"] == "PendingAcceptance"


async def test_reset_redemption_to_an_address_the_user_does_not_have_is_refused(tenant):
    assert (await tenant.invite("b@else.com", resetRedemption=True, invitedUser={"id": BEN})).status == 400


async def test_sponsors_of_the_invitation_become_the_guests(tenant):
    answer = await tenant.invite(
        "ana@fabrikam.com", invitedUserSponsors=[{"@odata.type": "#microsoft.graph.user", "id": ADELE}]
    )

    sponsors = await tenant.get(f"/users/{answer.body['invitedUser']['id']}/sponsors")
    assert sponsors.ids == [ADELE]


async def test_the_inviter_is_the_sponsor_of_whom_a_person_invites(tenant):
    body = {"invitedUserEmailAddress": "ana@fabrikam.com", "inviteRedirectUrl": "https://x.example"}

    await tenant.post("/invitations", body, user=MEGAN)

    assert tenant.world.tables["users"][ANA]["_sponsors"] == [MEGAN]


async def test_graphs_own_mail_drops_an_apps_message(tenant):
    message = {"customizedMessageBody": "Welcome aboard"}

    await tenant.invite("ana@fabrikam.com", sendInvitationMessage=True, invitedUserMessageInfo=message)

    mails = await tenant.control("mailbox")
    assert mails[0]["message"]["toRecipients"][0]["emailAddress"]["address"] == "ana@fabrikam.com"
    assert "Welcome aboard" not in mails[0]["message"]["body"]["content"]


async def test_sponsors_are_added_once_up_to_five_and_removed(tenant):
    path = f"/users/{CARLA}/sponsors"

    added = await tenant.post(f"{path}/$ref", {"@odata.id": f"{tenant.url}/v1.0/users/{ADELE}"})
    again = await tenant.post(f"{path}/$ref", {"@odata.id": f"https://graph.microsoft.com/v1.0/users/{ADELE}"})
    removed = await tenant.call("DELETE", f"{path}/{ALEX}/$ref")
    absent = await tenant.call("DELETE", f"{path}/{ALEX}/$ref")

    assert (added.status, again.status, removed.status, absent.status) == (204, 400, 204, 404)
    assert (await tenant.get(path)).ids == [ADELE]


async def test_a_sponsor_is_named_by_a_url_of_this_graph(tenant):
    wrong = [
        {"@odata.id": ADELE},
        {"@odata.id": f"https://evil.example/v1.0/users/{ADELE}"},
        {"id": ADELE},
        {"@odata.id": f"{tenant.url}/v1.0/users/{ADELE}", "x": 1},
    ]

    answers = [await tenant.post(f"/users/{CARLA}/sponsors/$ref", body) for body in wrong]

    assert {answer.status for answer in answers} == {400}
