"""Every operation of the Sponsors port: how to call it, and the Graph request that decides how it goes."""

from __future__ import annotations

from typing import Any

from bot.graph.sign_ins import EntraSignIns
from bot.graph.sponsors import EntraSponsors
from tests.contracts.operations import Operation
from tests.contracts.tenant import ALEX, BEN, CARLA, LEE, MEGAN, PHOENIX


def _read(name: str, call: Any, path: str, **more: Any) -> Operation:
    return Operation(name, call, "GET", path, port="sponsors", **more)


async def _sponsored(sponsors: EntraSponsors) -> Any:
    return [one async for page in sponsors.sponsored() for one in page]


async def _sleepers(sign_ins: EntraSignIns) -> Any:
    return [one async for page in sign_ins.sleepers(with_sign_ins=True) for one in page]


class _Anything:
    """Equal to whatever is returned, but not to an error's name."""

    def __eq__(self, other: object) -> bool:
        return not isinstance(other, str)

    __hash__ = None  # type: ignore[assignment]


READS = [
    _read("of", lambda s: s.of([BEN, CARLA]), r"^/users\?"),
    _read("sponsored", _sponsored, r"^/users\?"),
    _read("guests_of", lambda s: s.guests_of(ALEX), r"^/users\?"),
    _read("managers_of", lambda s: s.managers_of([LEE, MEGAN]), r"^/users\?"),
    _read(
        "members_of",
        lambda s: s.members_of([PHOENIX]),
        "/transitiveMembers",
        missing={PHOENIX: ()},
        forbidden={PHOENIX: ()},
    ),
    _read("manager_of", lambda s: s.manager_of(LEE), "/manager", missing=None),
]
READS += [
    Operation(
        "sign-ins of",
        lambda s: s.of([BEN, CARLA], with_sign_ins=True),
        "GET",
        f"^/users/{BEN}",
        port="sign_ins",
        missing=_Anything(),
        permissions=("AuditLog.Read.All",),
    ),
    Operation("sleepers", _sleepers, "GET", r"^/users\?", port="sign_ins", permissions=("AuditLog.Read.All",)),
    Operation(
        "role_holders",
        lambda s: s.role_holders([BEN, CARLA]),
        "GET",
        "directoryRole",
        port="sign_ins",
        missing=_Anything(),
        forbidden=_Anything(),
    ),
]
WRITES = [
    Operation(
        "give",
        lambda s: s.give(BEN, MEGAN),
        "POST",
        r"/sponsors/\$ref",
        writes=True,
        retried=False,
        conflict=None,
        port="sponsors",
    ),
]
REPEATED = [
    Operation(
        "take",
        lambda s: s.take(BEN, ALEX),
        "DELETE",
        r"/sponsors/.*/\$ref",
        writes=True,
        missing=None,
        port="sponsors",
    ),
]
