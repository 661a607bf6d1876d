"""A whole package from a draft: its basics here, its roles and policies with the others' help."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.building.blueprints import Blueprint, Named
from bot.domain.building.describing import draft_of
from bot.domain.building.drafts import NONE, PackageDraft
from bot.domain.building.lookup import Found
from bot.domain.building.resolving.inquiry import Inquiry, Resolution
from bot.domain.building.resolving.policies import first_of, policies
from bot.domain.building.resolving.resources import resource_roles
from bot.domain.building.resources import ResourceRole
from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.building.terms import Terms
from bot.domain.packages import Catalog

USUAL_CATALOG = "General"
MOST_NAME = 256
MOST_DESCRIPTION = 4000


def resolve(
    draft: PackageDraft,
    found: Found,
    *,
    base: Blueprint | None = None,
    whole: bool = False,
    now: datetime,
    zone: ZoneInfo,
) -> Resolution:
    """The package a draft means, or what is wrong with it, field by field.

    With `base` the draft changes that package: what it does not give, or gives as it was, stays. With `whole` as well
    the draft is all there shall be (a file): what it does not give goes, down to policies it does not name, but ids
    stay. Days are days in `zone`.
    """
    inquiry = Inquiry(found, now, zone, whole=whole, known=_known(base) if base else {})
    earlier = draft_of(base, zone=zone) if base else PackageDraft()
    reader = _Reader(inquiry, draft, base, earlier)
    catalog = reader.catalog()
    blueprint = Blueprint(
        name=reader.name(catalog),
        catalog=catalog or Catalog("", ""),
        description=reader.description(),
        hidden=reader.hidden(),
        roles=reader.roles(),
        policies=reader.policies(),
        incompatible_packages=reader.incompatible_packages(),
        incompatible_groups=reader.incompatible_groups(),
        id=base.id if base else "",
        modified_at=base.modified_at if base else None,
        created_at=base.created_at if base else None,
    )
    made = None if inquiry.problems else blueprint
    return Resolution(made, inquiry.problems, inquiry.choices, inquiry.ambiguous)


def _known(base: Blueprint) -> dict[str, Subject]:
    """Whom the package names already, by id."""
    known = {one.id: Subject(SubjectKind.GROUP, one.id, one.name) for one in base.incompatible_groups}
    for terms in base.policies:
        named = list(terms.targets)
        for stage in terms.stages:
            named += [*stage.approvers, *stage.fallbacks, *stage.alternates, *stage.alternate_fallbacks]
        if terms.review:
            named += [*terms.review.reviewers, *terms.review.fallbacks]
        known |= {one.id: one for one in named if one.id}
    return known


class _Reader:
    """Reads one draft field by field."""

    def __init__(self, inquiry: Inquiry, draft: PackageDraft, base: Blueprint | None, earlier: PackageDraft) -> None:
        self._inquiry = inquiry
        self._draft = draft
        self._base = base
        self._earlier = earlier

    def _kept(self, name: str) -> Blueprint | None:
        """The base when the draft leaves this field as it is there."""
        said, was = getattr(self._draft, name), getattr(self._earlier, name)
        same = said == was or (not said and not self._inquiry.whole)
        return self._base if same else None

    def catalog(self) -> Catalog | None:
        if base := self._kept("catalog"):
            return base.catalog
        ref = self._draft.catalog.strip()
        if not ref and self._base:
            return self._base.catalog
        catalogs = self._inquiry.found.catalogs
        if not ref and len(catalogs) == 1:
            return catalogs[0]
        found = self._inquiry.one(
            "catalog",
            ref or USUAL_CATALOG,
            catalogs,
            called=lambda one: one.name,
            key=lambda one: one.id,
            what="catalog",
        )
        if found and self._base and found.id != self._base.catalog.id:
            text = f"A package cannot move to another catalog; it is in “{self._base.catalog.name}”. Clone it there."
            self._inquiry.problem("catalog", text)
        return found

    def name(self, catalog: Catalog | None) -> str:
        if base := self._kept("name"):
            return base.name
        name = " ".join(self._draft.name.split())
        if not name:
            self._inquiry.problem("name", "Give the access package a name.")
        elif len(name) > MOST_NAME:
            self._inquiry.problem("name", f"Keep the name under {MOST_NAME} characters; it has {len(name)}.")
        elif catalog and self._taken(name, catalog):
            text = (
                f"The catalog “{catalog.name}” has a package “{name}” already. Choose another name, or edit that one."
            )
            self._inquiry.problem("name", text)
        return name

    def _taken(self, name: str, catalog: Catalog) -> bool:
        own = self._base.id if self._base else ""
        return any(
            one.name.casefold() == name.casefold() and one.catalog_id == catalog.id and one.id != own
            for one in self._inquiry.found.packages
        )

    def description(self) -> str:
        if base := self._kept("description"):
            return base.description
        text = self._draft.description.strip()
        if len(text) > MOST_DESCRIPTION:
            self._inquiry.problem("description", f"Keep the description under {MOST_DESCRIPTION} characters.")
        return "" if text == NONE else text

    def hidden(self) -> bool:
        if base := self._kept("hidden"):
            return base.hidden
        return self._inquiry.yes("hidden", self._draft.hidden, usual=False)

    def roles(self) -> tuple[ResourceRole, ...]:
        if base := self._kept("resources"):
            return base.roles
        had = self._base.roles if self._base else ()
        earlier = dict(zip(self._earlier.resources, had, strict=True))
        return resource_roles(self._inquiry, self._draft.resources, earlier)

    def policies(self) -> tuple[Terms, ...]:
        had = self._base.policies if self._base else None
        earlier = (first_of(self._earlier), *self._earlier.others) if had else ()
        return policies(self._inquiry, self._draft, had, earlier)

    def incompatible_packages(self) -> tuple[Named, ...]:
        if base := self._kept("incompatible_packages"):
            return base.incompatible_packages
        had = {one.id: one for one in self._base.incompatible_packages} if self._base else {}
        refs = self._draft.incompatible_packages
        named = [had.get(ref) or self._package(ref) for ref in refs if ref.strip() and refs != (NONE,)]
        return tuple(dict.fromkeys(one for one in named if one is not None))

    def _package(self, ref: str) -> Named | None:
        found = self._inquiry.one(
            "incompatible_packages",
            ref,
            self._inquiry.found.packages,
            called=lambda one: one.name,
            key=lambda one: one.id,
            what="access package",
        )
        if found and self._base and found.id == self._base.id:
            self._inquiry.problem("incompatible_packages", "A package cannot be incompatible with itself.")
        return Named(found.id, found.name) if found else None

    def incompatible_groups(self) -> tuple[Named, ...]:
        if base := self._kept("incompatible_groups"):
            return base.incompatible_groups
        had = {one.id: one for one in self._base.incompatible_groups} if self._base else {}
        refs = self._draft.incompatible_groups
        named = [had.get(ref) or self._group(ref) for ref in refs if ref.strip() and refs != (NONE,)]
        return tuple(dict.fromkeys(one for one in named if one is not None))

    def _group(self, ref: str) -> Named | None:
        found = self._inquiry.subject("incompatible_groups", ref, job="", kind=SubjectKind.GROUP)
        return Named(found.id, found.name) if found else None
