"""The demo's application, security groups and Teams app."""

from urllib.parse import urlsplit

from sandbox.seed.people import ADELE, MEGAN
from sandbox.seed.tenant import BEGINNING, TENANT_ID
from sandbox.world import Entity, World

APP4GUEST = "66666666-6666-4666-8666-666666666661"
READERS = "77777777-7777-4777-8777-777777777771"
PHOENIX = "77777777-7777-4777-8777-777777777772"
PARTNER_SITE = "https://contoso.sharepoint.com/sites/partners"
MARKETING_SITE = "https://contoso.sharepoint.com/sites/marketing"
SITES = {
    PARTNER_SITE: "Partners",
    MARKETING_SITE: "Marketing",
    "https://contoso-my.sharepoint.com/personal/adele_contoso_com": "Adele Vance",
}
TEAMS_APP = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaa1"
BOT_APP_ID = "22222222-2222-4222-8222-222222222222"


def plant(world: World) -> None:
    """App4Guest, two groups and the bot's app in the Teams catalog."""
    world.add("servicePrincipals", service_principal(APP4GUEST, "App4Guest", "66666666-6666-4666-8666-66666666666a"))
    world.add("groups", group(READERS, "Partner Readers", "May read the partner site.", []))
    world.add("groups", group(PHOENIX, "Project Phoenix", "The Phoenix project team.", [MEGAN]))
    world.tables["groups"][READERS]["_owners"] = [ADELE]
    for number, (url, name) in enumerate(SITES.items(), start=1):
        world.add("sites", site(number, url, name))
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
        "homepage": f"https://{name.lower()}.contoso.com/",
        "loginUrl": None,
        "servicePrincipalNames": [app_id],
        "servicePrincipalType": "Application",
        "signInAudience": "AzureADMyOrg",
        "tags": ["WindowsAzureActiveDirectoryIntegratedApp"],
        "_owners": [],
    }


def site(number: int, url: str, name: str) -> Entity:
    """A site collection; the personal ones (OneDrive) look like any other."""
    part = f"5171e5ed-5171-4517-8517-5171e5ed000{number}"
    host = urlsplit(url).hostname
    return {
        "id": f"{host},{part},{part}",
        "createdDateTime": BEGINNING,
        "description": "",
        "displayName": name,
        "lastModifiedDateTime": BEGINNING,
        "name": url.rpartition("/")[2],
        "root": {},
        "siteCollection": {"hostname": host},
        "webUrl": url,
    }


def group(object_id: str, name: str, description: str, members: list[str]) -> Entity:
    """A cloud security group."""
    return {
        "id": object_id,
        "deletedDateTime": None,
        "createdDateTime": BEGINNING,
        "description": description,
        "displayName": name,
        "groupTypes": [],
        "isAssignableToRole": None,
        "mail": None,
        "mailEnabled": False,
        "mailNickname": name.replace(" ", "").lower(),
        "membershipRule": None,
        "onPremisesSyncEnabled": None,
        "proxyAddresses": [],
        "securityEnabled": True,
        "visibility": None,
        "_members": list(members),
        "_owners": [],
    }
