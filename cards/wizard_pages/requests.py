"""Requests: who may ask, whether asking is open, and who approves."""

from __future__ import annotations

from bot.domain.building.drafts import StageWish
from bot.domain.building.filling import as_shown
from bot.domain.building.pages import Page
from bot.domain.building.terms import MOST_STAGES
from bot.domain.outcomes import Choice, WizardPage
from cards.elements import CardElement, subheading
from cards.wizard_pages.entries import entry, more, names, pick, problem, toggle

AUDIENCES = (
    Choice("Everybody here, members and guests", "all-users"),
    Choice("Members only, no guests", "members"),
    Choice("Certain people and groups here", "specific"),
    Choice("Certain connected organizations", "specific-organizations"),
    Choice("All configured connected organizations", "all-organizations"),
    Choice("Anybody outside, known or not", "anyone"),
    Choice("Nobody asks: administrators assign it", "admins-only"),
)
_NAMED = {
    "specific": "Which people and groups (names or addresses)",
    "specific-organizations": "Which connected organizations (names or domains)",
}
_APPROVALS = (
    Choice("Nobody has to approve", "no"),
    Choice("One stage", "1"),
    Choice("Two stages, one after the other", "2"),
    Choice("Three stages, one after the other", "3"),
)
_PEOPLE = "Adele Vance, manager, sponsors"


def body(outcome: WizardPage) -> list[CardElement]:
    """Who and how; fields for approvers where somebody approves."""
    draft = outcome.draft
    audience = as_shown(draft, Page.REQUESTS).audience
    shown = pick(outcome, "audience", "Who can request", AUDIENCES, audience)
    if audience in _NAMED or draft.targets:
        label = _NAMED.get(audience, "Names, for the certain ones")
        shown += names(outcome, "targets", label, draft.targets, placeholder="Megan Bowen, Project Phoenix")
    accepts = "People can request it" if outcome.changing else "People can request it from the moment it is made"
    shown += toggle(outcome, "requests", "New requests", accepts, on=draft.requests != "no")
    why = "Requestors must say why they need it"
    shown += toggle(outcome, "justification", "Justification", why, on=draft.justification == "yes")
    shown += pick(outcome, "approval", "Approval", _APPROVALS, approval(outcome), field="approve")
    return [*shown, *_stages(outcome)]


def approval(outcome: WizardPage) -> str:
    """How many stages there are, or "no"."""
    draft = outcome.draft
    if draft.approve == "no" or not (draft.stages or draft.approve):
        return "no"
    return str(min(max(len(draft.stages), 1), MOST_STAGES))


def _stages(outcome: WizardPage) -> list[CardElement]:
    count = approval(outcome)
    if count == "no":
        return []
    stages = (*outcome.draft.stages, *(StageWish(),) * MOST_STAGES)[: int(count)]
    main: list[CardElement] = problem(outcome, "stages")
    rarer: list[CardElement] = []
    for at, stage in enumerate(stages):
        main += _who(outcome, at, stage, alone=len(stages) == 1)
        rarer += _how(outcome, at, stage, alone=len(stages) == 1)
    given = any(one.fallbacks or one.alternates or one.alternates_after for one in stages)
    return [*main, *more("More about approval", rarer, shown=given)]


def _who(outcome: WizardPage, at: int, stage: StageWish, *, alone: bool) -> list[CardElement]:
    number = "" if alone else f" of stage {at + 1}"
    return [
        *([] if alone else [subheading(f"Stage {at + 1}")]),
        *names(outcome, f"stage.{at}.approvers", f"Approvers{number}", stage.approvers, placeholder=_PEOPLE),
        *entry(outcome, f"stage.{at}.days", f"Days to decide{number}", stage.days, placeholder="14", limit=10),
    ]


def _how(outcome: WizardPage, at: int, stage: StageWish, *, alone: bool) -> list[CardElement]:
    number = "" if alone else f" of stage {at + 1}"
    field = f"stage.{at}"
    instead = f"Approvers{number} when no manager or sponsor is found"
    after = f"Days until alternates{number} are asked"
    reason = f"Approvers{number} must give a reason"
    return [
        *names(outcome, f"{field}.fallbacks", instead, stage.fallbacks, placeholder="Names or addresses"),
        *names(outcome, f"{field}.alternates", f"Alternate approvers{number}", stage.alternates, placeholder=_PEOPLE),
        *entry(outcome, f"{field}.alternates_after", after, stage.alternates_after, placeholder="7", limit=10),
        *toggle(outcome, f"{field}.justification", f"Reason{number}", reason, on=stage.justification == "yes"),
    ]
