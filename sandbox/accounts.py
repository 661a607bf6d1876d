"""New accounts: members and guests with every property Graph would return."""

from sandbox.world import Entity, World

NEVER = None


def blank(user_id: str, created: str) -> Entity:
    """An account with every simulated property present and empty."""
    return {
        "id": user_id,
        "deletedDateTime": None,
        "accountEnabled": True,
        "businessPhones": [],
        "companyName": None,
        "country": None,
        "createdDateTime": created,
        "creationType": None,
        "department": None,
        "displayName": "",
        "externalUserState": None,
        "externalUserStateChangeDateTime": None,
        "givenName": None,
        "identities": [],
        "jobTitle": None,
        "mail": None,
        "mailNickname": None,
        "mobilePhone": None,
        "officeLocation": None,
        "onPremisesSyncEnabled": None,
        "otherMails": [],
        "preferredLanguage": None,
        "proxyAddresses": [],
        "signInActivity": NEVER,
        "surname": None,
        "usageLocation": None,
        "userPrincipalName": "",
        "userType": "Member",
        "_sponsors": [],
        "_manager": None,
    }


def new_member(world: World, user_id: str, name: str, mail: str, created: str) -> Entity:
    """A member of the tenant, stored and visible at once."""
    given, _, surname = name.partition(" ")
    member = blank(user_id, created) | {
        "displayName": name,
        "givenName": given,
        "surname": surname or None,
        "mail": mail,
        "mailNickname": mail.split("@", maxsplit=1)[0],
        "userPrincipalName": mail,
        "proxyAddresses": [f"SMTP:{mail}"],
        "usageLocation": "PT",
    }
    return world.add("users", member)


def new_guest(world: World, email: str, name: str = "") -> Entity:
    """A guest who has been invited and has not accepted, stored; it is visible once it has replicated."""
    local, _, domain = email.partition("@")
    now = world.clock.text()
    guest = blank(world.new_id(email), now) | {
        "displayName": name or local,
        "mail": email,
        "mailNickname": f"{local}_{domain}#EXT#",
        "otherMails": [email],
        "proxyAddresses": [f"SMTP:{email}"],
        "userPrincipalName": f"{local}_{domain}#EXT#@{world.tenant['domain']}",
        "userType": "Guest",
        "creationType": "Invitation",
        "externalUserState": "PendingAcceptance",
        "externalUserStateChangeDateTime": now,
    }
    return world.add("users", world.hide(guest))


def accept(world: World, guest: Entity) -> None:
    """The guest has redeemed the invitation: they can sign in from now on, and just did."""
    now = world.clock.text()
    guest["externalUserState"] = "Accepted"
    guest["externalUserStateChangeDateTime"] = now
    guest["signInActivity"] = signed_in(now)


def signed_in(moment: str) -> Entity:
    """Sign-in activity with everything at `moment`."""
    request = "00000000-0000-4000-8000-000000000000"
    kinds = ("lastSignIn", "lastNonInteractiveSignIn", "lastSuccessfulSignIn")
    return {
        f"{kind}{part}": moment if part == "DateTime" else request
        for kind in kinds
        for part in ("DateTime", "RequestId")
    }
