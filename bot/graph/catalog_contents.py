"""What a package can be made of in one catalog: resources with their roles, and custom extensions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.building.lookup import CustomExtension
from bot.domain.building.resources import ResourceCandidate, System
from bot.domain.building.terms import Moment
from bot.graph.batch import Answers, Ask
from bot.graph.catalog_records import CATALOG, RESOURCES, candidate_of
from bot.graph.people import is_object_id
from bot.graph.policy_bodies import ENDING_EXTENSION, ENDINGS
from bot.graph.wire import Json, Wire, path

SERVICE_DEFAULT = "serviceDefault"
REQUESTING = tuple(moment for moment in Moment if moment not in ENDINGS)


@dataclass(frozen=True, slots=True)
class Contents:
    """One catalog's resources and custom extensions."""

    resources: tuple[ResourceCandidate, ...] = ()
    extensions: tuple[CustomExtension, ...] = ()

    def known(self, candidate: ResourceCandidate) -> ResourceCandidate:
        """The candidate as this catalog has it (its own id and roles), or as it is when it is not in there."""
        key = _key(candidate)
        held = next((one for one in self.resources if _key(one) == key), None)
        return candidate if held is None else replace(candidate, resource=held.resource, roles=held.roles)

    def named(self, system: System, reference: str) -> tuple[ResourceCandidate, ...]:
        """The catalog's own resources with this name or origin."""
        wanted = reference.rstrip("/").casefold()
        return tuple(
            one
            for one in self.resources
            if one.resource.system is system and wanted in (one.resource.name.casefold(), _key(one)[1])
        )


def asks(catalog_id: str) -> list[Ask]:
    """Asks for the contents of a catalog, for a batch.

    https://learn.microsoft.com/graph/api/accesspackagecatalog-list-accesspackagecustomworkflowextensions
    """
    return [
        Ask("catalog resources", path(RESOURCES, catalog_id), {"$expand": "roles"}),
        Ask("catalog extensions", path(f"{CATALOG}/customWorkflowExtensions", catalog_id)),
    ]


async def read(wire: Wire, answers: Answers) -> Contents:
    """The contents that `asks` brought; a catalog that is not there has none."""
    resources = await wire.rest(answers.maybe("catalog resources") or {})
    extensions = await wire.rest(answers.maybe("catalog extensions") or {})
    return Contents(
        resources=tuple(candidate_of(row) for row in resources if row.get("originSystem") in set(System)),
        extensions=tuple(sorted(map(extension_of, extensions), key=lambda one: (one.name.casefold(), one.id))),
    )


def chosen(rows: Sequence[Json], reference: str) -> str:
    """The id of the catalog a reference names, by id or name; "" names the built-in one. "" when there is none."""
    if not reference:
        built_in = (row for row in rows if row.get("catalogType") == SERVICE_DEFAULT)
        return next((str(row["id"]) for row in built_in), "")
    if is_object_id(reference):
        return reference
    names = (row for row in rows if str(row.get("displayName") or "").casefold() == reference.casefold())
    return next((str(row["id"]) for row in names), "")


def extension_of(row: Json) -> CustomExtension:
    """A custom extension; its type decides when it may be called.

    https://learn.microsoft.com/graph/api/resources/customcalloutextension
    """
    ending = str(row.get("@odata.type") or "").endswith(ENDING_EXTENSION)
    moments = tuple(sorted(ENDINGS, key=list(Moment).index)) if ending else REQUESTING
    return CustomExtension(str(row["id"]), str(row.get("displayName") or row["id"]), moments)


def _key(candidate: ResourceCandidate) -> tuple[System, str]:
    return candidate.resource.system, candidate.resource.origin_id.rstrip("/").casefold()
