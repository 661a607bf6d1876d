"""What was sent to whom when a package was shared."""

from __future__ import annotations

from typing import Any

from bot.domain.delivery import Delivery, Rung
from bot.domain.outcomes import Press, Recipient, Sharing
from cards import listing
from cards.delivery_words import RUNGS, STATES
from cards.elements import CardElement, finished, heading, small, words
from cards.literal import plain
from cards.presses import buttons

_MOST = 25
_LONGEST_DETAIL = 200


def card(outcome: Sharing) -> dict[str, Any]:
    """Each person with e-mail and card, icon and word for how it went."""
    entries = [_entry(each) for each in outcome.recipients]
    body: list[CardElement] = [
        heading(_title(outcome)),
        words(_standing(outcome), bold=True),
        *listing.fitting(entries, total=len(entries), more="and {count} more", most=_MOST),
        *buttons((Press("Share with…", "package.share", {"package": outcome.package_id}),)),
    ]
    return finished(body, text(outcome))


def text(outcome: Sharing) -> str:
    """The same in plain text."""
    people = [f"{_who(each)}: {'; '.join(_ways(each))}" for each in outcome.recipients]
    return "\n".join(
        [
            f"{_title(outcome)}: {_standing(outcome)}",
            *listing.lines(people, total=len(people), more="and {count} more", most=_MOST),
        ]
    )


def _title(outcome: Sharing) -> str:
    return f"Shared: {plain(outcome.package_name, 120) or 'access package'}"


def _standing(outcome: Sharing) -> str:
    states = [state for each in outcome.recipients for state in (each.mail, each.chat)]
    if Delivery.SENDING in states:
        return "⏳ Working: the link is being sent"
    reached = sum(Delivery.SENT in (each.mail, each.chat) for each in outcome.recipients)
    icon = "✔ Done" if reached == len(outcome.recipients) else "⚠ Attention"
    return f"{icon}: {reached} of {len(outcome.recipients)} people were sent the link"


def _entry(recipient: Recipient) -> list[CardElement]:
    return [words(_who(recipient)), *(small(way) for way in _ways(recipient))]


def _who(recipient: Recipient) -> str:
    name, address = plain(recipient.name, 80), plain(recipient.address, 120)
    return f"{name} ({address})" if name and name != address else address


def _ways(recipient: Recipient) -> list[str]:
    return [
        _way(Rung.MAIL, recipient.mail, recipient.mail_detail),
        _way(Rung.CARD, recipient.chat, recipient.chat_detail),
    ]


def _way(rung: Rung, state: Delivery, detail: str) -> str:
    icon, word = STATES[state]
    why = plain(detail, _LONGEST_DETAIL)
    return f"{icon} {RUNGS[rung]} {word}" + (f": {why}" if why else "")
