"""The tenant itself: domains, organisation, licences, role definitions and policies."""

from sandbox.world import Entity, World

TENANT_ID = "11111111-1111-4111-8111-111111111111"
DOMAIN = "contoso.onmicrosoft.com"
BEGINNING = "2026-01-05T09:00:00Z"
ROLES = {
    "62e90394-69f5-4237-9190-012177145e10": "Global Administrator",
    "fe930be7-5e62-47db-91af-98c3a49a38b1": "User Administrator",
    "45d8d3c5-c802-45c6-b32a-1d70b5e1e86e": "Identity Governance Administrator",
    "95e79109-95c0-4d8e-aee3-d01accf2d47b": "Guest Inviter",
    "f2ef992c-3afb-46b9-b7cf-a126ee74c451": "Global Reader",
    "729827e3-9c14-49f7-bb1b-9608f156bbb8": "Helpdesk Administrator",
    "e8611ab8-c189-46e8-94e1-60213ab1f814": "Privileged Role Administrator",
    "88d8e3e3-8f55-4a1e-953a-9b9898b8876b": "Directory Readers",
}
GOVERNANCE_PLAN = "eec0eb4f-6444-4f95-aba0-50c24d67f998"  # AAD_PREMIUM_P2, which carries entitlement management


def plant(world: World) -> None:
    """The tenant answers for its organisation, domains, licences, roles and policies."""
    world.tenant = {"id": TENANT_ID, "domain": DOMAIN, "_deniedDomains": ["blocked.example"]}
    _domains(world)
    world.add("organization", _organization())
    for template, name in ROLES.items():
        world.add("roleDefinitions", _definition(template, name))
        world.add("directoryRoles", _role(template, name))
    reflect(world)
    world.add("crossTenantDefaults", _cross_tenant())


def reflect(world: World) -> None:
    """The licence and the authorization policy are as the options say."""
    world.tables["subscribedSkus"].clear()
    world.add("subscribedSkus", _sku(bool(world.options["licence"])))
    world.add("authorizationPolicies", _authorization(world))


def _domains(world: World) -> None:
    for name, initial in ((DOMAIN, True), ("contoso.com", False)):
        world.add(
            "domains",
            {
                "id": name,
                "authenticationType": "Managed",
                "availabilityStatus": None,
                "isAdminManaged": True,
                "isDefault": initial,
                "isInitial": initial,
                "isRoot": True,
                "isVerified": True,
                "supportedServices": ["Email", "OfficeCommunicationsOnline"],
                "passwordNotificationWindowInDays": None,
                "passwordValidityPeriodInDays": None,
            },
        )


def _organization() -> Entity:
    return {
        "id": TENANT_ID,
        "deletedDateTime": None,
        "displayName": "Contoso",
        "businessPhones": [],
        "city": "Lisbon",
        "country": None,
        "countryLetterCode": "PT",
        "createdDateTime": BEGINNING,
        "preferredLanguage": "en",
        "tenantType": "AAD",
        "technicalNotificationMails": ["alex@contoso.com"],
        "verifiedDomains": [
            _verified(DOMAIN, True),
            _verified("contoso.com", False),
        ],
    }


def _verified(name: str, initial: bool) -> Entity:
    return {
        "capabilities": "Email, OfficeCommunicationsOnline",
        "isDefault": initial,
        "isInitial": initial,
        "name": name,
        "type": "Managed",
    }


def _sku(licensed: bool) -> Entity:
    plans = [("AAD_PREMIUM", "41781fb2-bc02-4b7c-bd55-b576c07bb09d")]
    if licensed:
        plans.append(("AAD_PREMIUM_P2", GOVERNANCE_PLAN))
    sku = "84a661c4-e949-4bd2-a560-ed7766fcaf2b" if licensed else "078d2b04-f1bd-4111-bbd4-b4b1b354cef4"
    return {
        "id": f"{TENANT_ID}_{sku}",
        "accountId": TENANT_ID,
        "accountName": "contoso",
        "appliesTo": "User",
        "capabilityStatus": "Enabled",
        "consumedUnits": 4,
        "prepaidUnits": {"enabled": 25, "lockedOut": 0, "suspended": 0, "warning": 0},
        "servicePlans": [
            {
                "appliesTo": "User",
                "provisioningStatus": "Success",
                "servicePlanId": plan,
                "servicePlanName": name,
            }
            for name, plan in plans
        ],
        "skuId": sku,
        "skuPartNumber": "AAD_PREMIUM_P2" if licensed else "AAD_PREMIUM",
        "subscriptionIds": [],
    }


def _definition(template: str, name: str) -> Entity:
    return {
        "id": template,
        "description": f"The directory role {name}.",
        "displayName": name,
        "isBuiltIn": True,
        "isEnabled": True,
        "resourceScopes": ["/"],
        "rolePermissions": [],
        "templateId": template,
        "version": "1",
    }


def _role(template: str, name: str) -> Entity:
    return {
        "@odata.type": "#microsoft.graph.directoryRole",
        "id": f"d{template[1:]}",
        "deletedDateTime": None,
        "description": f"The directory role {name}.",
        "displayName": name,
        "roleTemplateId": template,
    }


def _authorization(world: World) -> Entity:
    return {
        "id": "authorizationPolicy",
        "deletedDateTime": None,
        "description": "Used to manage authorization related settings across the company.",
        "displayName": "Authorization Policy",
        "allowInvitesFrom": world.options["allowInvitesFrom"],
        "allowedToSignUpEmailBasedSubscriptions": True,
        "allowedToUseSSPR": True,
        "allowEmailVerifiedUsersToJoinOrganization": False,
        "allowUserConsentForRiskyApps": None,
        "blockMsolPowerShell": False,
        "guestUserRoleId": "10dae51f-b6af-4016-8d66-8c2a99b929b3",
        "defaultUserRolePermissions": {
            "allowedToCreateApps": True,
            "allowedToCreateSecurityGroups": True,
            "allowedToCreateTenants": True,
            "allowedToReadBitlockerKeysForOwnedDevice": True,
            "allowedToReadOtherUsers": True,
            "permissionGrantPoliciesAssigned": [],
        },
    }


def _cross_tenant() -> Entity:
    everyone = {"accessType": "allowed", "targets": [{"target": "AllUsers", "targetType": "user"}]}
    everything = {"accessType": "allowed", "targets": [{"target": "AllApplications", "targetType": "application"}]}
    collaboration = {"usersAndGroups": everyone, "applications": everything}
    return {
        "id": "default",
        "isServiceDefault": True,
        "inboundTrust": {
            "isMfaAccepted": False,
            "isCompliantDeviceAccepted": False,
            "isHybridAzureADJoinedDeviceAccepted": False,
        },
        "b2bCollaborationInbound": collaboration,
        "b2bCollaborationOutbound": collaboration,
        "b2bDirectConnectInbound": None,
        "b2bDirectConnectOutbound": None,
    }
