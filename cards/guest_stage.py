"""Where a guest stands with one package, in their language: icon, word, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.invites import Milestone
from bot.domain.outcomes import GuestPackage
from cards.elements import Colour, ContainerStyle
from cards.when import Say, day


@dataclass(frozen=True, slots=True)
class Stage:
    """`done` of `STEPS` steps are behind the guest; `asks` when it is the guest's turn."""

    icon: str
    word: str
    next_step: str
    colour: Colour
    style: ContainerStyle
    done: int
    asks: bool = False


STEPS = 3
"""Asked, set up, active."""

_UNASKED = (Milestone.INVITED.value, Milestone.REDEEMED.value)


def stage_of(package: GuestPackage, say: Say, *, redeemed: bool) -> Stage:
    """The stage, the guest's own next step included. An unknown stage counts as not asked for yet."""
    name = package.stage.lower()
    if package.failure:
        return Stage("✖", say("Problem"), say("Usher's administrators have been told."), "Attention", "attention", 1)
    if name == Milestone.DELIVERED:
        return Stage("✔", say("Active"), _open(say, redeemed=redeemed), "Good", "good", STEPS)
    over = _over(name, say)
    return over or _under_way(name, package, say) or _open_stage(say, redeemed=redeemed)


def ending(package: GuestPackage, time_zone: str, say: Say) -> str:
    """When access ends, "" where that is not known."""
    if package.ends_at is None:
        return ""
    over = package.stage.lower() in (Milestone.ENDED, Milestone.REVOKED)
    phrase = say("Access ended on {date}.") if over else say("Access ends on {date}.")
    return phrase.format(date=day(package.ends_at, time_zone, say))


def _open(say: Say, *, redeemed: bool) -> str:
    if redeemed:
        return say("Open My Apps to use it.")
    return say("Accept the invitation, then open My Apps to use it.")


def _open_stage(say: Say, *, redeemed: bool) -> Stage:
    step = (
        say("Open the request link and choose Request.")
        if redeemed
        else say("Accept the invitation, then choose Request on the page that opens.")
    )
    return Stage("➜", say("Your turn"), step, "Accent", "accent", 0, asks=True)


def _under_way(name: str, package: GuestPackage, say: Say) -> Stage | None:
    if name == Milestone.REQUESTED and package.needs_approval:
        return Stage("⏳", say("Requested"), say("An approver looks at your request."), "Accent", "accent", 1)
    if name == Milestone.REQUESTED:
        return Stage("⏳", say("Requested"), say("Your request is being worked on."), "Accent", "accent", 1)
    if name in (Milestone.APPROVED, Milestone.DELIVERING):
        step = say("Your access is being set up. This can take a few minutes.")
        return Stage("⏳", say("Being set up"), step, "Accent", "accent", 2)
    return None


def _over(name: str, say: Say) -> Stage | None:
    ask = say("Ask the person who invited you if you still need it.")
    words = {
        Milestone.DENIED.value: say("Declined"),
        Milestone.REVOKED.value: say("Taken back"),
        Milestone.ENDED.value: say("Ended"),
        "canceled": say("Canceled"),
    }
    return Stage("■", words[name], ask, "Default", "emphasis", 0) if name in words else None
