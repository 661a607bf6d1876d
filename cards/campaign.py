"""The card of a review for those who run it: how it stands, a chart of the decisions, and how far each reviewer is."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import CampaignShown, Press, Style, Tone
from bot.domain.reviews.campaigns import Campaign, CampaignState, Kind
from bot.domain.reviews.facts import Decision, Unanswered
from cards.chart import chart, lines
from cards.elements import CardElement, facts, finished, heading, small, subheading, words
from cards.literal import plain
from cards.presses import buttons
from cards.review_words import bars, named, standing
from cards.tones import MARKS
from cards.when import day

_LONGEST_REASON = 400
_MOST_NAMES = 5
_UNANSWERED = {
    Unanswered.KEEP: "they keep the access",
    Unanswered.REMOVE: "they lose the access",
    Unanswered.ADVICE: "Entra's recommendation is followed",
}


def card(outcome: CampaignShown) -> dict[str, Any]:
    """Drawn anew whenever somebody decides."""
    tone, said = standing(outcome.campaign)
    mark = MARKS[tone]
    body: list[CardElement] = [
        words(f"{mark.icon} {said}", colour=mark.colour, bold=True),
        heading(_title(outcome.campaign)),
        *(words(one) for one in _notes(outcome)),
        *chart(_bars(outcome)),
        *_reviewers(outcome),
        *facts(_facts(outcome)),
        *buttons(_presses(outcome)),
    ]
    return finished(body, text(outcome))


def text(outcome: CampaignShown) -> str:
    """The same in plain text."""
    tone, said = standing(outcome.campaign)
    return "\n".join(
        [
            f"{_title(outcome.campaign)}: {MARKS[tone].icon} {said}",
            *_notes(outcome),
            *lines(_bars(outcome)),
            *_progress(outcome),
            *(f"{title}: {plain(value)}" for title, value in _facts(outcome)),
        ]
    )


def _title(campaign: Campaign) -> str:
    return f"Review of {named(campaign, 'an access package')}"


def _bars(outcome: CampaignShown) -> list[Any]:
    return bars(outcome.counts) if any(outcome.counts.values()) else []


def _notes(outcome: CampaignShown) -> list[str]:
    campaign = outcome.campaign
    gaps = [f"{MARKS[Tone.WARNING].icon} {plain(one.told, _LONGEST_REASON)}" for one in campaign.gaps[:_MOST_NAMES]]
    if len(campaign.gaps) > _MOST_NAMES:
        gaps.append(f"and {len(campaign.gaps) - _MOST_NAMES} more policies without a review")
    return [*_standing_notes(outcome), *gaps]


def _standing_notes(outcome: CampaignShown) -> list[str]:
    campaign = outcome.campaign
    if campaign.reason:
        return [plain(campaign.reason, _LONGEST_REASON)]
    if campaign.kind is Kind.ENTRA and campaign.state is CampaignState.OPEN and not campaign.people:
        return ["Entra names nobody who reviews this. Look at the reviewers in the policy."]
    if campaign.state is CampaignState.APPLIED:
        people = "1 person lost" if campaign.removed == 1 else f"{campaign.removed} people lost"
        return [f"{people} the access."]
    if campaign.state is CampaignState.CLOSED and not campaign.applies_itself:
        people = "Nobody" if not outcome.losing else "1 person" if outcome.losing == 1 else f"{outcome.losing} people"
        return [f"{people} would lose the access. Nothing happens until it is applied."]
    return []


def _reviewers(outcome: CampaignShown) -> list[CardElement]:
    said = _progress(outcome)
    return [subheading("Reviewers"), *(small(one) for one in said)] if said else []


def _progress(outcome: CampaignShown) -> list[str]:
    if outcome.campaign.is_over:
        return []
    return [
        f"{'✔' if one.done == one.total else '⏳'} {plain(one.name, 60) or 'somebody'}: {one.done} of {one.total} decided"
        for one in outcome.reviewers
    ]


def _facts(outcome: CampaignShown) -> list[tuple[str, str]]:
    campaign, zone = outcome.campaign, outcome.time_zone
    names = [one.name for one in campaign.people if one.name]
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    started = plain(campaign.by_name, 80) or "somebody"
    found = [("Started by", f"{started}, {day(campaign.starts_at or campaign.begun_at, zone)}")]
    if campaign.ends_at and not (campaign.is_over or campaign.stopped_by):
        word = "Until" if campaign.state in (CampaignState.BEGUN, CampaignState.OPEN) else "Ended"
        found.append((word, day(campaign.ends_at, zone)))
    if names and not outcome.reviewers:
        found.append(("Reviewers", ", ".join(plain(one, 60) for one in names[:_MOST_NAMES]) + more))
    if outcome.counts.get(Decision.OPEN) and not campaign.is_over:
        found.append(("Of whom nobody decides", _UNANSWERED[campaign.unanswered]))
    if campaign.unreached and campaign.state is CampaignState.OPEN:
        missed = ", ".join(plain(one, 60) for one in campaign.unreached[:_MOST_NAMES])
        found.append(("Not reached in Teams", f"{missed} (Entra sends them a mail)"))
    if campaign.stopped_by:
        found.append(("Stopped by", plain(campaign.stopped_by, 80)))
    if campaign.applied_by:
        found.append(("Applied by", plain(campaign.applied_by, 80)))
    return found


def _presses(outcome: CampaignShown) -> tuple[Press, ...]:
    campaign = outcome.campaign
    data = {"campaign": campaign.id}
    result = Press("Result", "review.result", data)
    match campaign.state:
        case CampaignState.OPEN:
            remind = Press("Remind", "review.remind", data, style=Style.PRIMARY)
            waits = outcome.counts.get(Decision.OPEN)
            return (*((remind,) if waits else ()), result, Press("Stop…", "review.stop", data))
        case CampaignState.CLOSED if not campaign.applies_itself:
            return (Press("Apply…", "review.apply", data, style=Style.PRIMARY), result)
        case CampaignState.CLOSED | CampaignState.APPLYING | CampaignState.APPLIED:
            return (result,)
        case CampaignState.FAILED if campaign.kind is not Kind.ENTRA:
            again = {"package": campaign.package_id}
            return (Press("Try again…", "review", again), Press("Show package", "package", again))
        case _:
            return ()
