"""The live card of one guest and one package: where it stands, what was told, what can be done."""

from __future__ import annotations

from typing import Any

from microsoft_teams.cards.core import Action

from bot.domain.invites import Invite, Milestone, Way
from bot.domain.outcomes import Live, Press, Style
from cards import delivery_words
from cards.elements import (
    CardElement,
    Colour,
    ContainerStyle,
    bar,
    beside,
    box,
    facts,
    finished,
    heading,
    small,
    words,
)
from cards.fields import LONGEST_LINK, copying
from cards.literal import clipped, plain
from cards.presses import action, row, toggling
from cards.steps import Mood, Step, headline, steps
from cards.when import end, moment

_ICONS: dict[Mood, tuple[str, Colour, ContainerStyle]] = {
    Mood.DONE: ("✔", "Good", "good"),
    Mood.NEXT: ("➜", "Accent", "accent"),
    Mood.LATER: ("○", "Default", "emphasis"),
    Mood.OVER: ("■", "Attention", "attention"),
    Mood.STUCK: ("✖", "Attention", "attention"),
}
_COPY = "copy"


def card(outcome: Live) -> dict[str, Any]:
    """The whole card, drawn anew each time something happens."""
    invite = outcome.invite
    checklist = steps(invite)
    body: list[CardElement] = [
        heading(_guest(invite)),
        words(_package(invite), spacing="None", bold=True),
        bar([(_ICONS[step.mood][0], _ICONS[step.mood][2]) for step in checklist]),
        words(_standing(outcome), colour=_ICONS[headline(invite).mood][1], bold=True),
        *(_row(step, outcome) for step in checklist),
        *_end_row(outcome),
        *_failure(invite),
        *facts(_facts(outcome)),
        *_copying(outcome),
        *row(_actions(outcome)),
    ]
    return finished(body, text(outcome))


def text(outcome: Live) -> str:
    """The same in plain text."""
    invite = outcome.invite
    rows = [f"{_ICONS[step.mood][0]} {step.name}: {_detail(step, outcome)}" for step in steps(invite)]
    failed = [f"✖ Problem: {plain(invite.failure.text)}"] if invite.failure else []
    ends = [f"○ Ends: {_ends(outcome)}"] if _ends(outcome) else []
    told = [f"{title}: {plain(value)}" for title, value in _facts(outcome)]
    link = [f"Request link: {outcome.link}"] if _wants_link(outcome) else []
    title = f"{_guest(invite)}, {_package(invite)}: {_standing(outcome)}"
    return "\n".join([title, *rows, *ends, *failed, *told, *link])


def _guest(invite: Invite) -> str:
    name = plain(invite.guest_name or invite.wish.guest_name, 120)
    address = plain(invite.wish.address, 120)
    return f"{name} ({address})" if name and name != address else address


def _package(invite: Invite) -> str:
    if not invite.wish.package_id:
        return "Invitation without an access package"
    return plain(invite.wish.package_name, 120) or "Access package"


def _standing(outcome: Live) -> str:
    step = headline(outcome.invite)
    icon = _ICONS[step.mood][0]
    if step.mood is Mood.DONE and outcome.invite.has(Milestone.DELIVERED):
        return f"{icon} Delivered: the guest has access"
    if step.mood is Mood.NEXT and outcome.invite.has(Milestone.DELIVERED):
        return f"✔ Delivered: {step.waiting_for}"
    if step.mood is Mood.STUCK:
        return f"{icon} Stopped at: {step.name}"
    if step.mood is Mood.NEXT:
        return f"{icon} In progress: {step.waiting_for}"
    return f"{icon} {step.name}"


def _row(step: Step, outcome: Live) -> CardElement:
    icon, colour, _ = _ICONS[step.mood]
    return beside(words(icon, colour=colour), [words(step.name), small(_detail(step, outcome))])


def _detail(step: Step, outcome: Live) -> str:
    if step.at is not None:
        return f"{step.mood.value}, {moment(step.at, outcome.time_zone)}"
    if step.mood is Mood.STUCK:
        return f"{step.mood.value}: see the problem below"
    return f"{step.mood.value}: {step.waiting_for}" if step.waiting_for else step.mood.value


def _end_row(outcome: Live) -> list[CardElement]:
    ends = _ends(outcome)
    icon, colour, _ = _ICONS[Mood.LATER]
    return [beside(words(icon, colour=colour), [words("Ends"), small(ends)])] if ends else []


def _failure(invite: Invite) -> list[CardElement]:
    if invite.failure is None:
        return []
    said: list[CardElement] = [words(f"✖ Problem: {invite.failure.text}", bold=True)]
    if invite.failure.code:
        said.append(small(f"Code: {plain(invite.failure.code, 120)}"))
    return [box(said, style="attention", spacing="Medium")]


def _facts(outcome: Live) -> list[tuple[str, str]]:
    invite = outcome.invite
    wish = invite.wish
    return [
        ("Sponsor", plain(wish.sponsor_name, 120) or "none"),
        ("Asked by", plain(invite.asked_by_name, 120) or "unknown"),
        ("How", "assigned by an administrator" if wish.way is Way.ASSIGN else "request link"),
        ("Told", delivery_words.summary(outcome.receipts, outcome.time_zone)),
        *([("Justification", plain(wish.justification, 300))] if wish.justification else []),
        *_account(invite),
    ]


def _ends(outcome: Live) -> str:
    """When access will end; "" for what is over or never begins."""
    invite = outcome.invite
    if not invite.wish.package_id or not invite.open:
        return ""
    if invite.ends_at is not None:
        return end(invite.ends_at, outcome.now, outcome.time_zone)
    wanted = invite.wish.ends
    if wanted.days is not None:
        return "1 day after delivery" if wanted.days == 1 else f"{wanted.days} days after delivery"
    if wanted.on is not None:
        return f"{wanted.on.day} {wanted.on:%B %Y}"
    return "Never" if invite.has(Milestone.DELIVERED) else "As the policy says"


def _account(invite: Invite) -> list[tuple[str, str]]:
    if invite.governed is None:
        return []
    kept = "⚠ Entra will not remove this account when the access ends"
    return [("Account", "ends with the last package, by Entra" if invite.governed else kept)]


def _wants_link(outcome: Live) -> bool:
    return bool(outcome.link) and outcome.invite.open and not outcome.invite.has(Milestone.DELIVERED)


def _copying(outcome: Live) -> list[CardElement]:
    if not _wants_link(outcome):
        return []
    line = (
        f"Please use this link to ask for access to {_package(outcome.invite)}: {clipped(outcome.link, LONGEST_LINK)}"
    )
    return [box(copying(outcome.link, line), name=_COPY, hidden=True)]


def _actions(outcome: Live) -> list[Action]:
    invite = outcome.invite
    data = {"invite": invite.id}
    if not invite.open:
        return [action(Press("Why?", "why", data))]
    pressed = [Press("Why?", "why", data), Press("Revoke", "revoke", data, style=Style.DANGER)]
    if invite.has(Milestone.DELIVERED) and invite.ends_at is not None and invite.failure is None:
        pressed.insert(0, Press("Extend", "extend", data))
    done = invite.has(Milestone.DELIVERED) and invite.has(Milestone.REDEEMED)
    if invite.has(Milestone.INVITED) and not done:
        pressed.insert(0, Press("Resend", "resend", data))
    if invite.failure is not None and invite.failure.code == "guest_deleted":
        gone = {"person": invite.guest_id, "address": invite.wish.address}
        pressed.insert(0, Press("Restore", "restore", gone, style=Style.PRIMARY))
    elif invite.failure is not None:
        pressed.insert(0, Press("Try again", "retry", data, style=Style.PRIMARY))
    copy: list[Action] = [toggling("Copy link", _COPY)] if _wants_link(outcome) else []
    return [*copy, *(action(press) for press in pressed)]
