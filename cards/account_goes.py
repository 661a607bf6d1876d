"""The card that tells a guest, in their language, that their account goes with the last access, or was blocked."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import AccountGoes, Press, Style
from cards.elements import CardElement, Colour, finished, heading, words
from cards.literal import plain
from cards.presses import buttons
from cards.when import Say, day, english

_LONGEST_NAME = 120


def card(outcome: AccountGoes, say: Say = english) -> dict[str, Any]:
    """What happens when, and how to keep the account. `say` speaks `outcome.language`."""
    colour: Colour = "Attention" if outcome.over else "Warning"
    body: list[CardElement] = [
        heading(_title(outcome, say)),
        words(f"⚠ {what(outcome, say)}", colour=colour, bold=True),
        words(_next(outcome, say)),
        *buttons(_presses(outcome, say)),
    ]
    return finished(body, text(outcome, say), language=outcome.language or "en")


def text(outcome: AccountGoes, say: Say = english) -> str:
    """The same in plain text."""
    return "\n".join([_title(outcome, say), f"⚠ {what(outcome, say)}", _next(outcome, say)])


def _title(outcome: AccountGoes, say: Say) -> str:
    return say("Your guest account at {organisation}").format(organisation=_organisation(outcome, say))


def _organisation(outcome: AccountGoes, say: Say) -> str:
    return plain(outcome.organisation, _LONGEST_NAME) or say("our organisation")


def what(outcome: AccountGoes, say: Say) -> str:
    """What happens to the account and when, in a sentence."""
    ends = day(outcome.ends_at, outcome.time_zone, say)
    gone = day(outcome.deleted_at, outcome.time_zone, say) if outcome.deleted_at else ""
    if outcome.over and gone:
        phrase = say("Your last access ended on {date}: the account is blocked, and will be deleted on {gone}.")
    elif outcome.over:
        phrase = say("Your last access ended on {date}: the account is blocked.")
    elif gone:
        phrase = say("Your last access ends on {date}: the account is then blocked, and deleted on {gone}.")
    else:
        phrase = say("Your last access ends on {date}: the account is then blocked.")
    return phrase.format(date=ends, gone=gone)


def _next(outcome: AccountGoes, say: Say) -> str:
    if outcome.over:
        return say("Ask the person who invited you if you still need it.")
    return say("If you still need it, choose Extend. Otherwise there is nothing to do.")


def _presses(outcome: AccountGoes, say: Say) -> tuple[Press, ...]:
    if outcome.over:
        return ()
    return (Press(say("Extend"), "extend", {"package": outcome.package_id}, style=Style.PRIMARY),)
