"""What commands about access packages come to."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.outcomes.parts import Press
from bot.domain.packages import AccessPackage


@dataclass(frozen=True, slots=True)
class PackageList:
    """The tenant's access packages with the request link of each (by package id).

    `presses`: what leads on where there are none.
    """

    packages: tuple[AccessPackage, ...]
    links: dict[str, str]
    may_invite: bool = True
    presses: tuple[Press, ...] = ()
