"""The demo's applications and the bot's app in the Teams catalog."""

from sandbox.seed.tenant import TENANT_ID
from sandbox.world import Entity, World

APP4GUEST = "66666666-6666-4666-8666-666666666661"
ORDER_DESK = "66666666-6666-4666-8666-666666666662"
TEAMS_APP = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaa1"
BOT_APP_ID = "22222222-2222-4222-8222-222222222222"


def plant(world: World) -> None:
    """App4Guest, Order Desk and the bot's app in the Teams catalog."""
    world.add("servicePrincipals", service_principal(APP4GUEST, "App4Guest", "66666666-6666-4666-8666-66666666666a"))
    desk = service_principal(ORDER_DESK, "Order Desk", "66666666-6666-4666-8666-66666666666b")
    desk["appRoles"] = [
        _role(1, "Viewer", "Sees orders.", "User"),
        _role(2, "Editor", "Places and changes orders.", "User"),
        _role(3, "Orders.Import", "Lets other applications import orders.", "Application"),
    ]
    world.add("servicePrincipals", desk)
    world.add(
        "teamsApps",
        {"id": TEAMS_APP, "externalId": BOT_APP_ID, "displayName": "Usher", "distributionMethod": "organization"},
    )


def service_principal(object_id: str, name: str, app_id: str) -> Entity:
    """An enterprise application that requires assignment and has no roles of its own (Default Access only)."""
    return {
        "id": object_id,
        "deletedDateTime": None,
        "accountEnabled": True,
        "appDisplayName": name,
        "appId": app_id,
        "appOwnerOrganizationId": TENANT_ID,
        "appRoleAssignmentRequired": True,
        "appRoles": [],
        "description": None,
        "displayName": name,
        "homepage": f"https://{name.lower().replace(' ', '')}.contoso.com/",
        "loginUrl": None,
        "servicePrincipalNames": [app_id],
        "servicePrincipalType": "Application",
        "signInAudience": "AzureADMyOrg",
        "tags": ["WindowsAzureActiveDirectoryIntegratedApp"],
        "_owners": [],
    }


def _role(number: int, name: str, description: str, for_whom: str) -> Entity:
    return {
        "id": f"66666666-6666-4666-a666-66666666666{number}",
        "allowedMemberTypes": [for_whom],
        "description": description,
        "displayName": name,
        "isEnabled": True,
        "origin": "Application",
        "value": name,
    }
