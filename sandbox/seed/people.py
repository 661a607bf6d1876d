"""The people of the demo: four members with their roles, guests in every state, and who is expected to come."""

from datetime import timedelta

from sandbox.accounts import new_guest, new_member, signed_in
from sandbox.clock import stamp
from sandbox.seed.tenant import BEGINNING
from sandbox.world import Entity, World

ALEX = "33333333-3333-4333-8333-333333333333"
MEGAN = "44444444-4444-4444-8444-444444444441"
ADELE = "44444444-4444-4444-8444-444444444442"
LEE = "44444444-4444-4444-8444-444444444443"
ANA, BEN, CARLA, DAN, EVA = (f"55555555-5555-4555-8555-55555555555{number}" for number in range(1, 6))
GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
GUEST_INVITER = "95e79109-95c0-4d8e-aee3-d01accf2d47b"
MAILBOX = "usher@contoso.onmicrosoft.com"


def plant_administrator(world: World) -> None:
    """Alex, who holds Global Administrator."""
    new_member(world, ALEX, "Alex Wilber", "alex@contoso.com", BEGINNING)
    give_role(world, ALEX, GLOBAL_ADMINISTRATOR)


def plant(world: World) -> None:
    """Megan invites, Adele approves, Lee has no role; Ben, Carla, Dan and Eva are guests in four states."""
    new_member(world, MEGAN, "Megan Bowen", "megan@contoso.com", BEGINNING)
    new_member(world, ADELE, "Adele Vance", "adele@contoso.com", BEGINNING)
    new_member(world, LEE, "Lee Gu", "lee@contoso.com", BEGINNING)
    give_role(world, MEGAN, GUEST_INVITER)
    for user in (MEGAN, LEE):
        world.tables["users"][user]["_manager"] = ADELE
    mailbox = new_member(world, "44444444-4444-4444-8444-444444444449", "Usher", MAILBOX, BEGINNING)
    mailbox["accountEnabled"] = False
    world.reserved_ids["ana@fabrikam.com"] = ANA
    _guests(world)


def _guests(world: World) -> None:
    _guest(world, BEN, "Ben Ortiz", "ben@fabrikam.com", accepted_days_ago=4)
    _guest(world, CARLA, "Carla Reyes", "carla@northwindtraders.com")
    dan = _guest(world, DAN, "Dan Kim", "dan@northwindtraders.com", accepted_days_ago=120)
    dan["accountEnabled"] = False
    eva = _guest(world, EVA, "Eva Lund", "eva@adatum.com", accepted_days_ago=60)
    del world.tables["users"][EVA]
    world.add("deletedUsers", eva | {"deletedDateTime": ago(world, 2)})


def ago(world: World, days: float) -> str:
    """The moment that many days before the sandbox's present."""
    return stamp(world.clock.now() - timedelta(days=days))


def give_role(world: World, user: str, template: str, scope: str = "/") -> Entity:
    """The user (or group) holds a directory role from now on."""
    return world.add(
        "roleAssignments",
        {
            "id": f"sandbox-{template[:8]}-{user[-12:]}",
            "appScopeId": None,
            "condition": None,
            "directoryScopeId": scope,
            "principalId": user,
            "principalOrganizationId": world.tenant["id"],
            "roleDefinitionId": template,
        },
    )


def _guest(world: World, user: str, name: str, mail: str, accepted_days_ago: float | None = None) -> Entity:
    world.reserved_ids[mail] = user
    guest = new_guest(world, mail, name)
    del guest["_visibleAt"]
    # Who has not accepted yet was invited so lately that nobody has to be told of it.
    invited = ago(world, (accepted_days_ago or 1) + 1)
    guest["createdDateTime"] = guest["externalUserStateChangeDateTime"] = invited
    guest["_sponsors"] = [ALEX]
    if accepted_days_ago is not None:
        moment = ago(world, accepted_days_ago)
        guest |= {
            "externalUserState": "Accepted",
            "externalUserStateChangeDateTime": moment,
            "signInActivity": signed_in(moment),
        }
    return guest
