"""The demo's custom extensions: what a catalog's packages may call at certain moments."""

from sandbox.entitlement.extensions import AT_REQUESTS, BEFORE_THE_END
from sandbox.seed.packages import GENERAL, PARTNERS
from sandbox.seed.tenant import BEGINNING, TENANT_ID
from sandbox.world import Entity, World

TICKET, PROJECT_LEAD, REMINDER = (f"cdcdcdcd-cdcd-4dcd-8dcd-cdcdcdcdcdc{number}" for number in range(1, 4))


def plant(world: World) -> None:
    """One in General, two in Partners: at the request, and before access ends."""
    _extension(world, GENERAL, TICKET, "Ticket for new access", AT_REQUESTS)
    _extension(world, PARTNERS, PROJECT_LEAD, "Ask the project lead", AT_REQUESTS)
    _extension(world, PARTNERS, REMINDER, "Remind before the end", BEFORE_THE_END)


def _extension(world: World, catalog: str, key: str, name: str, kind: str) -> Entity:
    workflow = name.lower().replace(" ", "-")
    return world.add(
        "customWorkflowExtensions",
        {
            "@odata.type": f"#microsoft.graph.{kind}",
            "id": key,
            "authenticationConfiguration": {"@odata.type": "#microsoft.graph.azureAdPopTokenAuthentication"},
            "callbackConfiguration": None,
            "clientConfiguration": None,
            "createdBy": "alex@contoso.com",
            "createdDateTime": BEGINNING,
            "description": f"Calls the workflow {workflow}.",
            "displayName": name,
            "endpointConfiguration": {
                "@odata.type": "#microsoft.graph.logicAppTriggerEndpointConfiguration",
                "logicAppWorkflowName": workflow,
                "resourceGroupName": "contoso-access",
                "subscriptionId": TENANT_ID,
                "url": None,
            },
            "lastModifiedBy": "alex@contoso.com",
            "lastModifiedDateTime": BEGINNING,
            "_catalogId": catalog,
        },
    )
