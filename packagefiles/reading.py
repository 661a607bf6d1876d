"""Read a file of access packages: plain YAML to drafts, everything that is wrong with its place."""

from __future__ import annotations

from dataclasses import fields as fields_of
from typing import Any

from bot.domain.building.drafts import PackageDraft, PolicyWish, ResourceWish
from bot.domain.building.filed import FiledPackage, FileReading, Spot
from packagefiles import words
from packagefiles.nodes import Fields, Items, Node
from packagefiles.parsing import NotReadable, parse
from packagefiles.policies import policy
from packagefiles.taking import Taking

MOST_PACKAGES = 100
_START = Spot(1, 1)


def read(text: str) -> FileReading:
    """The packages of a file. Never raises, whatever the text is."""
    try:
        root = parse(text)
    except NotReadable as refused:
        return FileReading(problems=(refused.problem,))
    taking = Taking(text)
    top = _top(taking, root) if root else Fields(_START)
    packages = taking.each(top, "packages", lambda node, _: _package(taking, node))[:MOST_PACKAGES]
    if not packages and not taking.problems:
        taking.note(_START, "There is no access package in this file. It begins with “packages:” and a list of them.")
    _refuse_twins(taking, packages)
    zone = taking.name(top, "time-zone", "")
    problems = sorted(taking.problems, key=lambda one: (one.spot.line, one.spot.column) if one.spot else (0, 0))
    return FileReading(packages, tuple(problems), zone)


def _top(taking: Taking, root: Node) -> Fields:
    """The outermost fields; a bare list is that of the packages, a bare package the only one."""
    if isinstance(root, Items):
        return Fields(root.spot, {"packages": root}, {"packages": root.spot})
    if isinstance(root, Fields) and {words.folded(key) for key in root.keys} & {"name", "policies"}:
        return Fields(root.spot, {"packages": Items(root.spot, [root])}, {"packages": root.spot})
    top = taking.fields(root, words.ROOT, "The file")
    version = taking.text(top, "usher", "")
    if version not in ("", words.VERSION):
        taking.note(
            top.values["usher"].spot, f"This Usher reads version {words.VERSION} of the format, not “{version[:20]}”."
        )
    return top


def _package(taking: Taking, node: Node) -> FiledPackage:
    """One package; its places are those that were taken since it began."""
    begun = len(taking.places)
    fields = taking.fields(node, words.PACKAGE, "An access package")
    name = taking.name(fields, "name", "name")
    if not name and isinstance(node, Fields):
        taking.note(node.spot, "An access package needs a name.")
    own_id = taking.name(fields, "id", "name")
    resources, removed = _resources(taking, fields)
    policies, removed_policies = _policies(taking, fields)
    incompatible = _incompatible(taking, fields)
    first: dict[str, Any] = (
        {one.name: getattr(policies[0], one.name) for one in fields_of(PolicyWish)} if policies else {}
    )
    draft = PackageDraft(
        name=name,
        description=taking.text(fields, "description", "description"),
        catalog=taking.name(fields, "catalog", "catalog"),
        hidden=taking.yes_no(fields, "hidden", "hidden"),
        resources=resources,
        incompatible_packages=taking.texts(incompatible, "packages", "incompatible_packages"),
        incompatible_groups=taking.texts(incompatible, "groups", "incompatible_groups"),
        others=policies[1:],
        **first,
    )
    places = tuple(taking.places[begun:])
    return FiledPackage(draft, own_id, removed, removed_policies, places)


def _resources(taking: Taking, fields: Fields) -> tuple[tuple[ResourceWish, ...], tuple[ResourceWish, ...]]:
    """Those to have, and those to take out."""

    def read(node: Node, number: int) -> tuple[ResourceWish, bool] | None:
        path = f"resources.{number}"
        one = taking.fields(node, words.RESOURCE, "A resource")
        named = [kind for kind in words.KINDS if kind in one.values]
        if len(named) != 1:
            taking.note(node.spot, "A resource is one app, group or site: “- app: App4Guest”.")
            return None
        wish = ResourceWish(named[0], taking.name(one, named[0], path), taking.name(one, "role", path))
        return wish, taking.yes_no(one, "remove", path) == "yes"

    given = taking.each(fields, "resources", read)
    return tuple(one for one, out in given if not out), tuple(one for one, out in given if out)


def _policies(taking: Taking, fields: Fields) -> tuple[tuple[PolicyWish, ...], tuple[str, ...]]:
    """Those to have, and the names of those to take out."""
    kept: list[PolicyWish] = []
    removed: list[str] = []
    node = fields.values.get("policies")
    entries = [] if node is None else taking.items(node, "policies")
    for entry in entries:
        given = taking.fields(entry, words.POLICY, "A policy")
        if taking.yes_no(given, "remove", "policy") == "yes":
            removed.append(taking.name(given, "name", "policy"))
            continue
        wish = policy(taking, given, f"others.{len(kept) - 1}." if kept else "")
        if len(entries) > 1 and not wish.policy:
            taking.note(entry.spot, "Where there are several policies, each needs its name.")
        elif wish.policy.casefold() in {one.policy.casefold() for one in kept}:
            taking.note(entry.spot, f"Two policies here are called “{wish.policy[:80]}”.")
        kept.append(wish)
    return tuple(kept), tuple(removed)


def _incompatible(taking: Taking, fields: Fields) -> Fields:
    node = fields.values.get("incompatible")
    if node is None:
        return Fields(fields.spot)
    return taking.fields(node, words.INCOMPATIBLE, "“incompatible”")


def _refuse_twins(taking: Taking, packages: tuple[FiledPackage, ...]) -> None:
    """One package twice would be changed by both."""
    seen: set[tuple[str, str, str]] = set()
    for one in packages:
        key = (one.id, one.draft.catalog.casefold(), one.draft.name.casefold())
        spot = one.spot("name")
        if key in seen and spot:
            taking.note(spot, f"“{one.draft.name[:80]}” is in this file twice.")
        seen.add(key)
