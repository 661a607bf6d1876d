"""Finding people in the tenant: by object id, user principal name or any of their addresses."""

from sandbox.errors import not_found
from sandbox.world import Entity, World


def find_person(world: World, key: str) -> Entity | None:
    """The user with this object id, principal name or address (replicated or not); None when there is none."""
    low = key.lower()
    if world.crowd is not None:
        world.crowd.meet(low)
    for user in world.tables["users"].values():
        if low in (user["id"].lower(), str(user.get("userPrincipalName")).lower()) or low in addresses(user):
            return user
    return None


def addresses(user: Entity) -> set[str]:
    """Every address of a user, lower case: mail, otherMails and proxy addresses."""
    proxies = {address.split(":", 1)[-1].lower() for address in user.get("proxyAddresses") or []}
    mails = {mail.lower() for mail in [user.get("mail"), *(user.get("otherMails") or [])] if mail}
    return proxies | mails


def visible_user(world: World, key: str) -> Entity:
    """The user with this object id or principal name; GraphError 404 until it has replicated."""
    user = world.get("users", key)
    if user is None:
        matches = [row for row in world.rows("users") if str(row.get("userPrincipalName")).lower() == key.lower()]
        if not matches:
            raise not_found(key)
        user = matches[0]
    return user
