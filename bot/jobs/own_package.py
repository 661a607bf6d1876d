"""Find the package that an interrupted build made, and tell it from those of others."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.builds import Build
from bot.jobs.build_waits import given
from bot.ports import Deps

_CLOCKS = timedelta(minutes=2)
"""How far Entra's clock and ours may be apart."""


async def find(build: Build, deps: Deps) -> str:
    """The id of a package with the build's name, made since Create was pressed, that no other build made; "" for none.

    From here on it is this build's.
    """
    wanted = given(build.wanted)
    for one in await deps.governance.find_packages(wanted.name, wanted.catalog.id):
        if _fits(one, build) and await deps.ledger.made_by(one.id, build.id) == build.id:
            return one.id
    return ""


def _fits(one: Blueprint, build: Build) -> bool:
    wanted, since = given(build.wanted), build.begun_at or build.created_at
    made_at = one.created_at or one.modified_at
    return (
        made_at is not None
        and made_at >= since - _CLOCKS
        and (one.description, one.hidden) == (wanted.description, wanted.hidden)
    )
