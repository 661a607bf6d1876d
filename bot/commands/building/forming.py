"""Change a package page by page: the wizard, prefilled with what the package has."""

from __future__ import annotations

from dataclasses import fields, replace

from bot.commands.building import wizard
from bot.commands.command import Ask
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.builds import Build, BuildState
from bot.domain.building.describing import draft_of
from bot.domain.building.drafts import PackageDraft, PolicyWish
from bot.domain.building.pages import Page
from bot.domain.building.redrafting import redrafted
from bot.domain.building.resolving.policies import first_of
from bot.domain.outcomes import Outcome, Said, Tone
from bot.errors import NotFound


async def opened(
    before: Blueprint,
    ask: Ask,
    *,
    policy: str = "",
    wanted: Blueprint | None = None,
    page: Page = Page.BASICS,
    notes: tuple[str, ...] = (),
) -> Outcome:
    """A page of the wizard with everything `before` has, or `wanted` would have; of policies, the one so called."""
    draft = _about(draft_of(wanted or before, zone=ask.zone), policy)
    build = Build(
        f"edit-{ask.turn.key}",
        ask.person.id,
        ask.person.name,
        ask.now,
        draft=draft,
        page=page.value,
        before=before,
        updated_at=ask.now,
        turn=ask.turn.key,
    )
    return await wizard.present(await ask.deps.ledger.open_build(build), ask, notes=(*notes, *_others(draft)))


def _about(draft: PackageDraft, policy: str) -> PackageDraft:
    """The draft with the policy so called in front, where the pages show it."""
    wishes = (first_of(draft), *draft.others)
    chosen = next((one for one in wishes if one.policy.casefold() == policy.strip().casefold()), wishes[0])
    shown = {one.name: getattr(chosen, one.name) for one in fields(PolicyWish)}
    return replace(draft, others=tuple(one for one in wishes if one is not chosen and one != PolicyWish()), **shown)


def _others(draft: PackageDraft) -> tuple[str, ...]:
    if not draft.others:
        return ()
    named = ", ".join(f"“{one.policy}”" for one in draft.others[:4])
    return (f"These pages show the policy “{draft.policy}”. Others stay as they are: {named}.",)


async def again(build: Build, ask: Ask) -> Outcome:
    """The same change, on the package as it is now."""
    before = build.before
    if before is None:
        return await wizard.present(build, ask)
    try:
        now = await ask.deps.governance.blueprint(before.id)
    except NotFound:
        return Said("The package is gone", "Somebody deleted it meanwhile. Nothing was written.", Tone.WARNING)

    def fresh(found: Build) -> Build:
        if found.state is not BuildState.DRAFT or found.before is None:
            return found
        draft = redrafted(found.draft, found.before, now, zone=ask.zone)
        return replace(found, draft=draft, before=now, wanted=None, page=Page.REVIEW.value, updated_at=ask.now)

    return await wizard.present(await ask.deps.ledger.amend_build(build.id, fresh), ask)
