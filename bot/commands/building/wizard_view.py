"""What a person is shown of their draft: a page of the wizard, prefilled, or the review of all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.commands.building.understanding import Understood
from bot.commands.command import Ask
from bot.domain.building import wording
from bot.domain.building.blueprints import Blueprint, Named
from bot.domain.building.builds import Build
from bot.domain.building.describing import KINDS
from bot.domain.building.drafts import PackageDraft, ResourceWish
from bot.domain.building.filling import MOMENTS
from bot.domain.building.lint import lint
from bot.domain.building.pages import Page, page_stored, page_with
from bot.domain.building.refs import standard
from bot.domain.building.resources import DEFAULT_ACCESS, ResourceCandidate, System
from bot.domain.building.steps import steps
from bot.domain.outcomes import Ambiguous, Choice, PackageReview, ResourceRow, WizardPage
from bot.domain.roles import Act

_ADDED = "will be added to the catalog"
_ON_NO_PAGE = ("policy", "others")
"""Fields of a draft that stand on no page: what is wrong with them is said above the page they belong to."""


def page(
    build: Build,
    understood: Understood,
    ask: Ask,
    *,
    sent: bool = False,
    notes: tuple[str, ...] = (),
    editing: int | None = None,
) -> WizardPage:
    """The page the draft stands on. What is missing is a problem only once the page was `sent`."""
    here = page_stored(build.page)
    draft = understood.draft
    if not draft.catalog and understood.catalog:
        draft = replace(draft, catalog=understood.catalog.id)
    problems = {
        field: said
        for field, said in understood.problems.items()
        if page_with(field) is here and (sent or _is_given(draft, field))
    }
    resolution = understood.resolution
    return WizardPage(
        build.id,
        build.stamp,
        here,
        draft,
        choices=_choices(understood, ask) if here is not Page.REVIEW else {},
        rows=tuple(_row(one, understood) for one in draft.resources) if here is Page.RESOURCES else (),
        ambiguous=tuple(
            Ambiguous(field, ref, resolution.choices[field])
            for field, ref in resolution.ambiguous.items()
            if field in problems
        ),
        names=_names(understood),
        problems=problems,
        notes=(*notes, *(problems[field] for field in _ON_NO_PAGE if field in problems)),
        editing=editing if editing is not None and editing < len(draft.questions) else None,
        changing=build.changes,
    )


async def review(build: Build, blueprint: Blueprint, ask: Ask, notes: tuple[str, ...]) -> PackageReview:
    """Everything in plain words, the writes in order, and what gives pause."""
    facts = await ask.deps.governance.facts([blueprint])
    return PackageReview(
        build.id,
        build.stamp,
        blueprint.name,
        tuple((one.title, one.lines) for one in wording.sections(blueprint, zone=ask.zone)),
        tuple(one.title for one in steps(blueprint, None)),
        lint(blueprint, facts, now=ask.now),
        notes,
    )


def _is_given(draft: PackageDraft, field: str) -> bool:
    return getattr(draft, field, "") != PackageDraft.__dataclass_fields__[field].default


def _choices(understood: Understood, ask: Ask) -> dict[str, tuple[Choice, ...]]:
    offers = understood.offers
    catalogs = tuple(Choice(one.name, one.id) for one in offers.catalogs if ask.may(Act.BUILD, one.id))
    resources = {"app": offers.applications, "group": offers.groups, "site": offers.sites}
    extensions = {
        f"extension.{at}": tuple(
            Choice(one.name, one.id) for one in understood.found.extensions if moment in one.moments
        )
        for at, moment in enumerate(MOMENTS)
    }
    return {
        "catalog": catalogs,
        **{kind: tuple(_offered(named, understood, ask)) for kind, named in resources.items()},
        **{name: offered for name, offered in extensions.items() if offered},
    }


def _offered(named: Iterable[Named], understood: Understood, ask: Ask) -> Iterable[Choice]:
    """Those in the catalog first; the others only to who may add some, since an owner adds what they own."""
    there = understood.offers.catalog_resources
    chosen = {one.ref for one in understood.draft.resources}
    catalog = understood.catalog.id if understood.catalog else ""
    adds = ask.may(Act.CHANGE_CATALOG, catalog)
    left = [one for one in named if one.id not in chosen]
    for one in left:
        if one.id in there:
            yield Choice(one.name, one.id)
    for one in left:
        if one.id not in there and adds:
            yield Choice(f"{one.name} ({_ADDED})", one.id)


def _row(wish: ResourceWish, understood: Understood) -> ResourceRow:
    several = understood.found.resources.get((KINDS[wish.kind], wish.ref.strip()), ()) if wish.kind in KINDS else ()
    if len(several) != 1:
        return ResourceRow(wish.ref, wish.kind, wish.role)
    candidate = several[0]
    roles = tuple(Choice(role.name, role.id) for role in candidate.roles)
    if not roles and candidate.resource.system is System.APPLICATION:
        roles = (Choice("Default Access", DEFAULT_ACCESS),)
    note = "" if candidate.resource.catalog_resource_id else f"{_ADDED[0].upper()}{_ADDED[1:]}"
    return ResourceRow(candidate.resource.name, wish.kind, wish.role or _usual(candidate, roles), roles, note)


def _usual(candidate: ResourceCandidate, roles: tuple[Choice, ...]) -> str:
    """The role that is taken when nobody chooses."""
    if candidate.resource.system is System.GROUP:
        return next((one.value for one in roles if one.title.casefold() == "member"), "")
    if len(roles) == 1:
        return roles[0].value
    return next((one.value for one in roles if one.value == DEFAULT_ACCESS), "")


def _names(understood: Understood) -> dict[str, str]:
    """What people read for ids and addresses of people, groups, organizations and packages."""
    found = understood.found
    named = {one.id: one.name for one in found.organizations} | {one.id: one.name for one in found.packages}
    draft = understood.draft
    refs = [*draft.targets, *draft.incompatible_groups, *draft.review.reviewers]
    for stage in draft.stages:
        refs += [*stage.approvers, *stage.fallbacks, *stage.alternates]
    for ref in refs:
        several = found.subjects.get(standard(ref), ())
        if len(several) == 1:
            named[ref] = several[0].subject.name
    used = {*refs, *draft.incompatible_packages}
    return {ref: name for ref, name in named.items() if ref in used}
