"""Bring a person into the directory whom an admin assigned by address only."""

from __future__ import annotations

from sandbox.accounts import new_guest
from sandbox.entitlement.records import subject_of
from sandbox.world import Entity, World


def bring_in(world: World, request: Entity) -> None:
    """The request's target is an account, invited without an e-mail where needed; an unreachable one stays unknown.

    Guests whom entitlement management invites itself are governed: they leave when their last assignment ends.
    """
    email = request["_email"]
    if request["_targetId"] is not None or not email:
        return
    if blocked(world, email):
        return
    guest = new_guest(world, email)
    request["_targetId"] = guest["id"]
    subject_of(world, guest["id"])["subjectLifecycle"] = "governed"


def blocked(world: World, email: str) -> bool:
    """True when the tenant's deny list or the address itself keeps the invitation from arriving."""
    domain = email.rpartition("@")[2].casefold()
    return domain in {*world.tenant.get("_deniedDomains", ()), "unreachable.example"}
