"""The guest's own card, in their language: where they stand, what to do next, and the links."""

from __future__ import annotations

from typing import Any

from microsoft_teams.cards.core import Action

from bot.domain.outcomes import GuestAccess, GuestPackage, Press
from cards import listing
from cards.elements import CardElement, ContainerStyle, bar, beside, block, finished, heading, small, subheading, words
from cards.guest_stage import STEPS, Stage, ending, stage_of
from cards.literal import literal_paragraphs, plain, plain_lines
from cards.presses import MOST, action, is_web, opening, row
from cards.when import Say, english

_MOST = 8
_LONGEST_MESSAGE = 1000


def card(outcome: GuestAccess, say: Say = english) -> dict[str, Any]:
    """Drawn anew on Refresh. `say` speaks `outcome.language`."""
    entries = (_entry(package, outcome, say) for package in outcome.packages)
    total = len(outcome.packages)
    body: list[CardElement] = [
        heading(_title(outcome, say)),
        *_message(outcome, say),
        *listing.fitting(entries, total=total, more=say("and {count} more"), most=_MOST),
        *([] if total else [words(say("You have no access packages here yet."))]),
        *row(_actions(outcome, say)),
    ]
    return finished(body, text(outcome, say), language=outcome.language or "en")


def text(outcome: GuestAccess, say: Say = english) -> str:
    """The same in plain text, with the links."""
    lines = [_line(package, outcome, say) for package in outcome.packages]
    links = [f"{press.title}: {press.url}" for press in _links(outcome, say)]
    none = say("You have no access packages here yet.")
    shown = listing.lines(lines, total=len(lines), more=say("and {count} more"), most=_MOST)
    quoted = [f"{outcome.inviter}: {line}" for line in plain_lines(outcome.message, _LONGEST_MESSAGE)]
    return "\n".join([_title(outcome, say), *quoted, *(shown or [none]), *links])


def _title(outcome: GuestAccess, say: Say) -> str:
    return say("Your access at {organisation}").format(organisation=plain(outcome.organisation, 120))


def _message(outcome: GuestAccess, say: Say) -> list[CardElement]:
    quoted = literal_paragraphs(outcome.message, _LONGEST_MESSAGE)
    if not quoted:
        return []
    sender = plain(outcome.inviter, 80)
    source = say("{name} writes:").format(name=sender) if sender else say("Message to you:")
    return [small(source), block(quoted, spacing="Small")]


def _entry(package: GuestPackage, outcome: GuestAccess, say: Say) -> list[CardElement]:
    stage = stage_of(package, say, redeemed=outcome.redeemed)
    lines: list[CardElement] = [
        words(stage.word, colour=stage.colour, bold=True),
        words(stage.next_step, spacing="None"),
        *([words(package.failure)] if package.failure else []),
    ]
    ends = ending(package, outcome.time_zone, say)
    return [
        subheading(plain(package.name, 120)),
        _progress(stage),
        beside(words(stage.icon, colour=stage.colour), [*lines, *([small(ends)] if ends else [])]),
    ]


def _progress(stage: Stage) -> CardElement:
    done: list[tuple[str, ContainerStyle]] = [("✔", "good")] * stage.done
    later: list[tuple[str, ContainerStyle]] = [("○", "emphasis")] * STEPS
    return bar([*done, (stage.icon, stage.style), *later][:STEPS])


def _line(package: GuestPackage, outcome: GuestAccess, say: Say) -> str:
    stage = stage_of(package, say, redeemed=outcome.redeemed)
    parts = (stage.word + ".", stage.next_step, plain(package.failure, 300))
    said = " ".join(part for part in (*parts, ending(package, outcome.time_zone, say)) if part)
    return f"{stage.icon} {plain(package.name, 120)}: {said}"


def _links(outcome: GuestAccess, say: Say) -> list[Press]:
    """The next step first: accept, or ask for what is open; My Apps once something is there."""
    found: list[Press] = []
    if not outcome.redeemed and outcome.redeem_url:
        found.append(Press(say("Accept the invitation"), url=outcome.redeem_url))
    waiting = [each for each in outcome.packages if stage_of(each, say, redeemed=True).asks]
    title = say("Open the request link")
    for package in waiting[:3]:
        named = title if len(waiting) == 1 else f"{title}: {plain(package.name, 30)}"
        found.append(Press(named, url=package.link))
    if any(each.stage.lower() == "delivered" for each in outcome.packages):
        found.append(Press(say("Open My Apps"), url=outcome.apps_url))
    return [press for press in found if is_web(press.url)]


def _actions(outcome: GuestAccess, say: Say) -> list[Action]:
    refresh = action(Press(say("Refresh"), "guest.refresh"))
    links = [opening(press.title, press.url, primary=not index) for index, press in enumerate(_links(outcome, say))]
    room = MOST - len(links) - 1
    return [*links, *(action(press) for press in _extensions(outcome, say)[:room]), refresh]


def _extensions(outcome: GuestAccess, say: Say) -> list[Press]:
    """For each access that ends, the way to keep it."""
    ending = [one for one in outcome.packages if one.stage.lower() == "delivered" and one.ends_at and one.id]
    title = say("Extend")
    return [
        Press(title if len(ending) == 1 else f"{title}: {plain(one.name, 30)}", "extend", {"package": one.id})
        for one in ending
    ]
