"""Every operation of the Accounts port: how to call it, and the Graph request that decides how it goes."""

from __future__ import annotations

from typing import Any

from bot.graph.accounts import EntraAccounts
from tests.contracts.operations import GUEST_ADMIN, Operation
from tests.contracts.tenant import BEN, CARLA

ROLES = "^/roleManagement/directory/roleAssignments"


async def _groups(accounts: EntraAccounts) -> Any:
    return (await accounts.belongings(BEN)).groups


def _read(name: str, call: Any, path: str, **more: Any) -> Operation:
    return Operation(name, call, "GET", path, port="accounts", **more)


READS = [
    _read("account holders", lambda a: a.holders([GUEST_ADMIN]), ROLES),
    _read("belongings", _groups, "/transitiveMemberOf", forbidden=None),
    _read("governed", lambda a: a.governed([BEN]), r"/subjects\(", missing={BEN: None}, forbidden={BEN: None}),
    _read("blocked", lambda a: a.blocked(), r"^/users\?"),
]
REPEATED = [
    Operation(
        "delete account",
        lambda a: a.delete(CARLA),
        "DELETE",
        f"^/users/{CARLA}",
        writes=True,
        missing=None,
        port="accounts",
    )
]
