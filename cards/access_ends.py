"""The card that tells a guest, in their language, that access ends soon or has ended, with Extend and My Access."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from microsoft_teams.cards.core import Action

from bot.domain.outcomes import AccessEnds, Press, Style
from cards import account_goes
from cards.elements import CardElement, beside, finished, heading, small, words
from cards.literal import plain
from cards.presses import action, is_web, opening, row
from cards.when import Say, english, moment, relative, zone

_LONGEST_NAME = 120
_LONGEST_ADDRESS = 320
_MOST_OPENED = 6


def card(outcome: AccessEnds, say: Say = english) -> dict[str, Any]:
    """When, what that means, and how to go on. `say` speaks `outcome.language`."""
    icon = _icon(outcome)
    body: list[CardElement] = [
        heading(_title(outcome, say)),
        beside(words(icon), [words(_when(outcome, say), bold=True)]),
        words(_effect(outcome, say)),
        *(words(f"⚠ {one}", colour="Warning", bold=True) for one in _account(outcome, say)),
        *(small(one) for one in _opened(outcome, say)),
        words(_next(outcome, say), spacing="Small"),
        *(small(one) for one in _contact(outcome, say)),
        *row(_actions(outcome, say)),
    ]
    return finished(body, text(outcome, say), language=outcome.language or "en")


def text(outcome: AccessEnds, say: Say = english) -> str:
    """The same in plain text, with the link."""
    icon = _icon(outcome)
    link = [f"{_opens(outcome, say)}: {outcome.link}"] if is_web(outcome.link) else []
    lines = [f"{icon} {_when(outcome, say)}", _effect(outcome, say)]
    lines += [f"⚠ {one}" for one in _account(outcome, say)]
    lines += [*_opened(outcome, say), _next(outcome, say)]
    return "\n".join([_title(outcome, say), *lines, *_contact(outcome, say), *link])


def _icon(outcome: AccessEnds) -> str:
    """Beside the words that say whether it has ended."""
    return "■" if outcome.is_over else "⏳"


def _title(outcome: AccessEnds, say: Say) -> str:
    package = plain(outcome.package_name, _LONGEST_NAME)
    if outcome.is_over:
        return say("Your access to “{package}” has ended").format(package=package)
    when = relative(outcome.ends_at, outcome.now, outcome.time_zone, say)
    return say("Your access to “{package}” ends {when}").format(package=package, when=when)


def _when(outcome: AccessEnds, say: Say) -> str:
    phrase = say("It ended on {when}.") if outcome.is_over else say("It ends on {when}.")
    return phrase.format(when=_spelled(outcome, say))


def _spelled(outcome: AccessEnds, say: Say) -> str:
    """As in "Friday, 4 December 2026 at 17:00 (your time)"."""
    at = moment(outcome.ends_at, outcome.time_zone, say)
    spelled = f"{weekday(outcome.ends_at, outcome.time_zone, say)}, {at}"
    return f"{spelled} ({say('your time')})" if outcome.zone_known else spelled


def weekday(at: datetime, time_zone: str, say: Say) -> str:
    """The day of the week where the reader is."""
    days = (
        say("Monday"),
        say("Tuesday"),
        say("Wednesday"),
        say("Thursday"),
        say("Friday"),
        say("Saturday"),
        say("Sunday"),
    )
    return days[at.astimezone(zone(time_zone)).weekday()]


def _effect(outcome: AccessEnds, say: Say) -> str:
    if outcome.is_over:
        return say("You can no longer open what this access package gave you.")
    return say("After that you can no longer open what this access package gives you.")


def _account(outcome: AccessEnds, say: Say) -> list[str]:
    """What becomes of the account, where this is the last access."""
    return [account_goes.what(outcome.account, say)] if outcome.account else []


def _opened(outcome: AccessEnds, say: Say) -> list[str]:
    names = [plain(one, 80) for one in outcome.opens[:_MOST_OPENED] if plain(one)]
    if not names:
        return []
    left = len(outcome.opens) - len(names)
    more = [say("and {count} more").format(count=left)] if left > 0 else []
    return [say("In it: {names}").format(names=", ".join([*names, *more]))]


def _next(outcome: AccessEnds, say: Say) -> str:
    if outcome.is_over:
        return say("If you still need it, ask for it again with the request link.")
    return say("If you still need it, choose Extend. Otherwise there is nothing to do.")


def _contact(outcome: AccessEnds, say: Say) -> list[str]:
    names = ", ".join(plain(one, _LONGEST_NAME) for one in outcome.contacts[:2] if plain(one))
    organisation = plain(outcome.organisation, _LONGEST_NAME) or say("our organisation")
    if not names:
        return []
    return [say("Your contact at {organisation}: {name}").format(organisation=organisation, name=names)]


def _opens(outcome: AccessEnds, say: Say) -> str:
    return say("Open the request link") if outcome.is_over else say("Open My Access")


def _actions(outcome: AccessEnds, say: Say) -> list[Action]:
    data = {
        "address": outcome.address[:_LONGEST_ADDRESS],
        "package": outcome.package_id[:_LONGEST_NAME],
        "person": outcome.person_id[:_LONGEST_NAME],
        "seen": outcome.ends_at.isoformat(),
    }
    longer = [] if outcome.is_over else [action(Press(say("Extend"), "extend", data, style=Style.PRIMARY))]
    link = [opening(_opens(outcome, say), outcome.link, primary=outcome.is_over)] if is_web(outcome.link) else []
    return [*longer, *link]
