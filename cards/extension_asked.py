"""The card of whoever decides whether a guest keeps an access: who asks, why, until when, and one press for each answer."""

from __future__ import annotations

from typing import Any

from bot.domain.extension_asks import AskState, ExtensionAsk
from bot.domain.outcomes import ExtensionAsked, Press, Style, Tone
from cards.elements import CardElement, block, facts, finished, heading, small, words
from cards.literal import literal_paragraphs, plain, plain_lines
from cards.presses import buttons
from cards.tones import MARKS
from cards.when import day

_TONES = {AskState.ASKED: Tone.WARNING, AskState.EXTENDED: Tone.GOOD, AskState.ENDING: Tone.INFO}
_LONGEST_REASON = 400
_LONGEST_ADDRESS = 320


def card(outcome: ExtensionAsked) -> dict[str, Any]:
    """Drawn anew once somebody decided."""
    mark = MARKS[_TONES[outcome.ask.state]]
    reason = literal_paragraphs(outcome.ask.reason, _LONGEST_REASON)
    body: list[CardElement] = [
        words(f"{mark.icon} {_standing(outcome)}", colour=mark.colour, bold=True),
        heading(_title(outcome.ask)),
        *([small("Their reason"), block(reason, spacing="Small")] if reason else []),
        *facts(_facts(outcome)),
        *buttons(_presses(outcome.ask)),
    ]
    return finished(body, text(outcome))


def text(outcome: ExtensionAsked) -> str:
    """The same in plain text."""
    mark = MARKS[_TONES[outcome.ask.state]]
    return "\n".join(
        [
            f"{_title(outcome.ask)}: {mark.icon} {_standing(outcome)}",
            *(f"Their reason: {line}" for line in plain_lines(outcome.ask.reason, _LONGEST_REASON)),
            *(f"{title}: {value}" for title, value in _facts(outcome)),
            *_typed(outcome.ask),
        ]
    )


def _typed(ask: ExtensionAsk) -> list[str]:
    """How to answer without buttons."""
    if ask.state is not AskState.ASKED:
        return []
    package = plain(ask.package_name, 120)
    return [f'To extend it, type: extend {plain(ask.address, 120)} "{package}" by {ask.days} days']


def _title(ask: ExtensionAsk) -> str:
    name = plain(ask.person_name, 80) or plain(ask.address, 80)
    return f"{name} asks to keep “{plain(ask.package_name, 120) or 'an access package'}”"


def _standing(outcome: ExtensionAsked) -> str:
    ask = outcome.ask
    by = plain(ask.by_name, 80) or "somebody"
    if ask.state is AskState.EXTENDED:
        return f"Extended by {by}: access ends on {day(ask.new_end or ask.ends_at, outcome.time_zone)}"
    if ask.state is AskState.ENDING:
        return f"{by} lets it end on {day(ask.ends_at, outcome.time_zone)}"
    return "Your answer is asked for"


def _facts(outcome: ExtensionAsked) -> list[tuple[str, str]]:
    ask = outcome.ask
    others = ", ".join(plain(one.name, 80) for one in ask.asked)
    is_open, extended = ask.state is AskState.ASKED, ask.state is AskState.EXTENDED
    return [
        ("Guest", plain(ask.address, 120)),
        ("Would have ended on" if extended else "Ends on", day(ask.ends_at, outcome.time_zone)),
        *([("Allowed until", day(ask.latest, outcome.time_zone))] if is_open else []),
        ("Asked on", day(ask.asked_at, outcome.time_zone)),
        *([("Asked are", others)] if len(ask.asked) > 1 else []),
    ]


def _presses(ask: ExtensionAsk) -> tuple[Press, ...]:
    if ask.state is AskState.EXTENDED:
        return (Press("Status", "status", {"address": ask.address[:_LONGEST_ADDRESS]}),)
    days = "1 day" if ask.days == 1 else f"{ask.days} days"
    about = {"address": ask.address[:_LONGEST_ADDRESS], "package": ask.package_id, "person": ask.person_id}
    longer = Press(f"Extend by {days}", "ask.extend", {"ask": ask.id}, style=Style.PRIMARY)
    other = Press("Another date…", "extend", about)
    if ask.state is AskState.ENDING:
        return (longer, other)
    return (longer, other, Press("Let it end", "ask.end", {"ask": ask.id}))
