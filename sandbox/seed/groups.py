"""The demo's groups: two security groups, a Team, and one whose members follow a rule."""

from sandbox.seed.people import ADELE, BEN, CARLA, DAN, LEE, MEGAN
from sandbox.seed.tenant import BEGINNING
from sandbox.world import Entity, World

READERS, PHOENIX, DESIGN, ALL_GUESTS = (f"77777777-7777-4777-8777-77777777777{number}" for number in range(1, 5))


def plant(world: World) -> None:
    """Partner Readers, Project Phoenix, Design Team and All Guests."""
    world.add("groups", group(READERS, "Partner Readers", "May read the partner site.", []) | {"_owners": [ADELE]})
    world.add("groups", group(PHOENIX, "Project Phoenix", "The Phoenix project team.", [MEGAN]))
    world.add("groups", _team(group(DESIGN, "Design Team", "Designers and those they work with.", [LEE])))
    guests = group(ALL_GUESTS, "All Guests", "Every guest there is.", [BEN, CARLA, DAN])
    rule = {"membershipRule": '(user.userType -eq "Guest")', "membershipRuleProcessingState": "On"}
    world.add("groups", guests | rule | {"groupTypes": ["DynamicMembership"]})


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
        "membershipRuleProcessingState": None,
        "onPremisesSyncEnabled": None,
        "proxyAddresses": [],
        "resourceProvisioningOptions": [],
        "securityEnabled": True,
        "visibility": None,
        "_members": list(members),
        "_owners": [],
    }


def _team(plain: Entity) -> Entity:
    """The group as a Microsoft 365 group with a Team."""
    mail = f"{plain['mailNickname']}@contoso.onmicrosoft.com"
    return plain | {
        "groupTypes": ["Unified"],
        "mail": mail,
        "mailEnabled": True,
        "proxyAddresses": [f"SMTP:{mail}"],
        "resourceProvisioningOptions": ["Team"],
        "securityEnabled": False,
        "visibility": "Private",
        "_owners": [ADELE],
    }
