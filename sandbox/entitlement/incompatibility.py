"""Serve separation of duties: packages and groups that must not be held together with a package."""

from __future__ import annotations

from sandbox.entitlement import expansions
from sandbox.entitlement.access import READ, WRITE, operation
from sandbox.entitlement.model import invalid
from sandbox.entitlement.records import find
from sandbox.errors import not_found
from sandbox.odata import collection
from sandbox.routes import NO_CONTENT, Call, Reply

# Navigation → the package's private list and the table its ids are in.
_KINDS = {
    "incompatibleAccessPackages": ("_incompatiblePackages", "accessPackages"),
    "incompatibleGroups": ("_incompatibleGroups", "groups"),
}


@operation("GET", "/accessPackages/{id}/accessPackagesIncompatibleWith", app=READ, delegated=READ)
def list_incompatible_with(call: Call) -> Reply:
    """The packages that name this one as incompatible."""
    package = find(call.world, "accessPackages", call.params["id"])
    return collection(call, expansions.of_package(call.world)["accessPackagesIncompatibleWith"](package))


def _serve(navigation: str) -> None:
    """Registers list, add and remove for one kind of incompatibility."""
    key, table = _KINDS[navigation]
    path = f"/accessPackages/{{id}}/{navigation}"

    @operation("GET", path, app=READ, delegated=READ)
    def list_incompatible(call: Call) -> Reply:
        package = find(call.world, "accessPackages", call.params["id"])
        return collection(call, expansions.of_package(call.world)[navigation](package))

    @operation("POST", path + "/$ref", app=WRITE, delegated=WRITE)
    def add_incompatible(call: Call) -> Reply:
        package = find(call.world, "accessPackages", call.params["id"])
        other = str(call.object().get("@odata.id") or "").rstrip("/").rpartition("/")[2]
        if other == package["id"]:
            raise invalid("a package is always compatible with itself")
        held = package.setdefault(key, [])
        if find(call.world, table, other)["id"] not in held:
            held.append(other)
        return NO_CONTENT

    @operation("DELETE", path + "/{other}/$ref", app=WRITE, delegated=WRITE)
    def remove_incompatible(call: Call) -> Reply:
        held = find(call.world, "accessPackages", call.params["id"]).get(key) or []
        if call.params["other"] not in held:
            raise not_found(call.params["other"])
        held.remove(call.params["other"])
        return NO_CONTENT


for _navigation in _KINDS:
    _serve(_navigation)
