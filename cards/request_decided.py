"""The card that tells whoever asked for access what became of the request, in their language."""

from __future__ import annotations

from typing import Any

from bot.domain.approvals import Fate
from bot.domain.outcomes import RequestDecided
from cards.elements import CardElement, Colour, block, finished, heading, small, words
from cards.literal import literal_paragraphs, plain, plain_lines
from cards.presses import is_web, opening, row
from cards.when import Say, english

_LONGEST_NAME = 120
_LONGEST_REASON = 600


def card(outcome: RequestDecided, say: Say = english) -> dict[str, Any]:
    """The outcome, by whom and why, and the next step. `say` speaks `outcome.language`."""
    icon, colour = _mark(outcome)
    title, url = _way_on(outcome, say)
    body: list[CardElement] = [
        words(f"{icon} {_word(outcome, say)}", colour=colour, bold=True),
        heading(_title(outcome, say)),
        words(_how(outcome, say)),
        *_reason(outcome, say),
        words(_next(outcome, say), spacing="Medium"),
        *(row([opening(title, url, primary=True)]) if url else []),
    ]
    return finished(body, text(outcome, say), language=outcome.language or "en")


def text(outcome: RequestDecided, say: Say = english) -> str:
    """The same in plain text, with the link."""
    by = plain(outcome.by, _LONGEST_NAME)
    quoted = [f"{by}: {line}" if by else line for line in plain_lines(outcome.reason, _LONGEST_REASON)]
    _, url = _way_on(outcome, say)
    icon, _ = _mark(outcome)
    lines = [f"{icon} {_title(outcome, say)}", _how(outcome, say), *quoted, _next(outcome, say)]
    return "\n".join([*lines, *([plain(url)] if url else [])])


def _mark(outcome: RequestDecided) -> tuple[str, Colour]:
    if outcome.fate is Fate.APPROVED:
        return "✔", "Good"
    return ("⚠", "Warning") if outcome.fate is Fate.EXPIRED else ("✖", "Attention")


def _word(outcome: RequestDecided, say: Say) -> str:
    return say("Approved") if outcome.fate is Fate.APPROVED else say("Declined")


def _title(outcome: RequestDecided, say: Say) -> str:
    package = plain(outcome.package_name, _LONGEST_NAME)
    phrase = {
        Fate.APPROVED: say("Your request for “{package}” was approved"),
        Fate.EXPIRED: say("Nobody answered your request for “{package}” in time"),
    }.get(outcome.fate, say("Your request for “{package}” was declined"))
    return phrase.format(package=package)


def _how(outcome: RequestDecided, say: Say) -> str:
    by = plain(outcome.by, _LONGEST_NAME)
    if outcome.fate is Fate.EXPIRED:
        return say("The time to answer ran out, so it was declined by itself.")
    if outcome.fate is Fate.APPROVED:
        return say("{name} approved it.").format(name=by) if by else say("An approver approved it.")
    return say("{name} declined it.").format(name=by) if by else say("An approver declined it.")


def _reason(outcome: RequestDecided, say: Say) -> list[CardElement]:
    quoted = literal_paragraphs(outcome.reason, _LONGEST_REASON)
    by = plain(outcome.by, _LONGEST_NAME)
    source = say("{name} writes:").format(name=by) if by else say("Message to you:")
    return [small(source), block(quoted, spacing="Small")] if quoted else []


def _next(outcome: RequestDecided, say: Say) -> str:
    if outcome.fate is Fate.APPROVED:
        return say("Your access is being set up. This can take a few minutes.")
    return say("You can ask again: open the request link and say more about why you need the access.")


def _way_on(outcome: RequestDecided, say: Say) -> tuple[str, str]:
    title = say("Open My Apps") if outcome.fate is Fate.APPROVED else say("Open the request link")
    return title, outcome.link if is_web(outcome.link) else ""
