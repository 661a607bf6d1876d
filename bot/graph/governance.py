"""What Entra does with a guest's account when the last package ends."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.people import AccountEnding
from bot.errors import Forbidden, NotFound, NotLicensed, Rejected
from bot.graph.client import Graph
from bot.graph.packages import EM
from bot.graph.times import duration
from bot.graph.wire import Json, path

SETTINGS = f"{EM}/settings"


async def govern(graph: Graph, person_id: str) -> bool:
    """Whether the guest is governed now.

    A guest invited through /invitations is not governed by itself, so Entra would never remove the account.
    False when the tenant does not allow the change or entitlement management does not know the guest.
    https://learn.microsoft.com/graph/api/accesspackagesubject-update
    """
    try:
        await graph.wire.patch(path(f"{EM}/subjects(objectId='{{}}')", person_id), {"subjectLifecycle": "governed"})
    except (Forbidden, NotFound, NotLicensed, Rejected):
        return False
    return True


async def ending(graph: Graph) -> tuple[AccountEnding, timedelta]:
    """What happens to governed guests at the end, and how long after blocking they are deleted.

    https://learn.microsoft.com/graph/api/entitlementmanagementsettings-get
    """
    settings = await graph.wire.get(SETTINGS)
    after = duration(settings.get("durationUntilExternalUserDeletedAfterBlocked"))
    return _ending(settings), timedelta() if after is None else after


async def set_ending(graph: Graph, ending: AccountEnding, *, delete_after: timedelta) -> None:
    """That is what happens from now on; the delay, in whole days, is written only where it means something.

    https://learn.microsoft.com/graph/api/entitlementmanagementsettings-update
    """
    body: Json = {"externalUserLifecycleAction": ending.value}
    if ending is AccountEnding.DELETE:
        body["durationUntilExternalUserDeletedAfterBlocked"] = f"P{delete_after.days}D"
    await graph.wire.patch(SETTINGS, body)


def _ending(settings: Json) -> AccountEnding:
    action = settings.get("externalUserLifecycleAction")
    return AccountEnding(action) if action in set(AccountEnding) else AccountEnding.NOTHING
