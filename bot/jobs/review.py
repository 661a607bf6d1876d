"""Make a review that was asked for in Entra, once for each assignment policy, and hand it to its reviewers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.lag import SHOWS_WITHIN
from bot.domain.reviews.campaigns import Campaign, CampaignState, Kind
from bot.domain.reviews.facts import NewSeries
from bot.errors import Ambiguous, Forbidden, Rejected, Transient, UsherError
from bot.jobs import review_cards, review_gaps, review_watch
from bot.jobs.job import Again, soon
from bot.ports import Deps

NAME = "review"
SOON = 2.0
PATIENCE = timedelta(minutes=30)
"""How long Entra may take to begin a review it has accepted."""
GIVEN_UP = timedelta(days=1)
"""So long a review that Entra has accepted is waited for."""

_BY_POLICY = (
    "This tenant takes reviews of access packages only through the package's own policy. "
    'Switch those on: package edit "…" review:quarterly'
)
_LACKING = (
    "Usher lacks the permission AccessReview.ReadWrite.All. `python app.py check` says how to grant it. "
    "No review was started."
)
_LATE = "Entra accepted the review but has not begun it. Look in the portal, under Identity Governance, Access reviews."

_NEVER = (
    "Entra accepted the review a day ago and never began it. Look in the portal, under Identity Governance, Access "
    "reviews, and delete it there; then start another one here."
)


async def review(payload: dict[str, Any], deps: Deps) -> Again | None:
    """The review is under way in Entra and its reviewers have been told. `payload`: {"campaign": id}.

    Looks first, so that a run after a kill makes nothing twice.
    """
    campaign = await deps.campaigns.campaign(str(payload["campaign"]))
    if campaign is None or campaign.state is not CampaignState.BEGUN or campaign.kind is Kind.ENTRA:
        return None
    listed = {one.policy_id: one.id for one in await deps.reviews.series() if one.note == campaign.mark}
    # What was just made may not be listed for a while, and must not be made once more.
    made = dict(campaign.series) | listed
    refused: dict[str, UsherError] = {}
    settled = {*made, *(one.policy_id for one in campaign.gaps)}
    for policy_id in campaign.policies:
        if policy_id in settled:
            continue
        asked = f"review-asked:{campaign.id}:{policy_id}"
        if await _may_be_there(asked, deps):
            return Again(SOON)
        await deps.ledger.keep_slot(asked, deps.clock.now().isoformat())
        try:
            made[policy_id] = await deps.reviews.begin(_new(campaign, policy_id, deps))
        except Ambiguous:
            return Again(SOON)
        except Transient:
            await deps.ledger.keep_slot(asked, "")
            raise
        except UsherError as error:
            refused[policy_id] = error
            continue
        await _keep(campaign.id, made, deps)
    if refused and not made:
        await fail(payload, next(iter(refused.values())), deps)
        return None
    await _keep(campaign.id, made, deps)
    if refused:
        campaign = await review_gaps.found(campaign, {key: _gap(one) for key, one in refused.items()}, deps)
    return await _begun(campaign, list(made.values()), deps)


async def _may_be_there(asked: str, deps: Deps) -> bool:
    """Entra was asked for it so lately that it may have made it and not list it yet; nobody heard the answer."""
    at = await deps.ledger.slot(asked)
    return bool(at) and deps.clock.now() - datetime.fromisoformat(at) < SHOWS_WITHIN


async def _keep(campaign_id: str, made: Mapping[str, str], deps: Deps) -> None:
    """`made`: policy id -> the series that reviews those who hold the package through it."""
    series = tuple(made.items())
    await deps.campaigns.amend(campaign_id, lambda one: replace(one, series=series))


async def _begun(campaign: Campaign, series: list[str], deps: Deps) -> Again | None:
    """Remembered; and once people can decide, whoever follows reviews takes over."""
    rounds = [one for each in (await deps.reviews.rounds(series)).values() for one in each]
    now = deps.clock.now()
    waited = now - campaign.begun_at

    def made(one: Campaign) -> Campaign:
        refs = tuple(each.ref for each in rounds)
        # The looks that go on by themselves leave it to this job until then.
        following = now + timedelta(seconds=review_watch.LEASE_SECONDS)
        return replace(one, rounds=refs, next_look_at=following).seen(rounds, now)

    if len(rounds) < len(series):
        return await _wait(campaign.id, waited, deps)
    stored = await deps.campaigns.amend(campaign.id, made)
    if stored.state is CampaignState.BEGUN:
        return await _wait(campaign.id, waited, deps)
    await review_watch.look(stored, deps, handing=True)
    return None


async def _wait(campaign_id: str, waited: timedelta, deps: Deps) -> Again | None:
    """The card says when it takes long; a review that never begins keeps nobody from starting another."""
    now, over = deps.clock.now(), waited > GIVEN_UP
    if over:
        stored = await deps.campaigns.campaign(campaign_id)
        if stored is not None and not stored.is_over:
            await _failed(stored, "never begun", deps)
        await deps.campaigns.amend(campaign_id, lambda one: replace(one.failed(_NEVER, now), next_look_at=None))
    elif waited > PATIENCE:
        await deps.campaigns.amend(campaign_id, lambda one: replace(one, reason=_LATE))
    await review_cards.refresh(campaign_id, deps)
    return None if over else soon(waited)


def _new(campaign: Campaign, policy_id: str, deps: Deps) -> NewSeries:
    managers = campaign.kind is Kind.MANAGERS
    ids = tuple(one.id for one in campaign.people)
    return NewSeries(
        name=f"{campaign.package_name}, review started by {campaign.by_name}",
        note=campaign.mark,
        text=f"Does everybody still need “{campaign.package_name}”?",
        package_id=campaign.package_id,
        policy_id=policy_id,
        catalog_id=campaign.catalog_id,
        days=campaign.days,
        starts_at=deps.clock.now(),
        reviewers=() if managers else ids,
        by_manager=managers,
        fallback=(campaign.by_id,) if managers else (),
        unanswered=campaign.unanswered,
        reason_required=campaign.reason_required,
    )


async def fail(payload: dict[str, Any], error: UsherError, deps: Deps) -> None:
    """No review is under way, and the card says why."""
    now, reason = deps.clock.now(), _why(error)
    stored = await deps.campaigns.campaign(str(payload["campaign"]))
    if stored is None or stored.state is not CampaignState.BEGUN:
        return
    await _failed(stored, error.code or type(error).__name__, deps)
    await deps.campaigns.amend(stored.id, lambda one: replace(one.failed(reason, now), next_look_at=None))
    await review_cards.refresh(stored.id, deps)


async def _failed(campaign: Campaign, detail: str, deps: Deps) -> None:
    """The record says how the wish ended."""
    await deps.ledger.record(
        actor=campaign.by_id,
        act="start a review",
        target=campaign.package_id,
        result="failed",
        key=campaign.key,
        at=deps.clock.now(),
        detail=detail,
        package=campaign.package_id,
    )


def _gap(error: UsherError) -> str:
    """Why one policy has no review while others have."""
    if isinstance(error, Rejected) and "review settings" in error.detail.casefold():
        return _BY_POLICY
    return error.explanation


def _why(error: UsherError) -> str:
    if isinstance(error, Forbidden):
        return _LACKING
    if isinstance(error, Rejected) and "review settings" in error.detail.casefold():
        return _BY_POLICY
    return error.explanation
