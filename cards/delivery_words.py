"""Receipts in words: which way a message went and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.delivery import Delivery, Receipt, Rung
from cards.literal import plain
from cards.when import moment

RUNGS = {
    Rung.CARD: "Teams chat",
    Rung.MENTION: "Mention in a team",
    Rung.MAIL: "E-mail",
    Rung.INVITER: "Card to the inviter",
}
STATES = {
    Delivery.SENDING: ("⏳", "being sent"),
    Delivery.SENT: ("✔", "sent"),
    Delivery.FAILED: ("✖", "failed"),
    Delivery.SKIPPED: ("○", "skipped"),
    Delivery.UNKNOWN: ("⚠", "not known whether it arrived"),
}


def summary(receipts: Sequence[Receipt], time_zone: str) -> str:
    """The last try on each rung, in one sentence each: "✔ E-mail sent 23 November 2026 at 10:22"."""
    last = {receipt.rung: receipt for receipt in sorted(receipts, key=lambda each: each.at)}
    said = [_in_brief(last[rung], time_zone) for rung in Rung if rung in last]
    return "; ".join(said) or "Nothing has been sent yet"


def reason(receipt: Receipt) -> str:
    """Why, with the other side's code; "" where nothing is known."""
    detail = plain(receipt.detail, 300)
    code = plain(receipt.code, 80)
    return f"{detail} ({code})" if detail and code else detail or code


def _in_brief(receipt: Receipt, time_zone: str) -> str:
    icon, word = STATES[receipt.state]
    done = f"{icon} {RUNGS[receipt.rung]} {word}"
    if receipt.state is Delivery.SENT:
        return f"{done} {moment(receipt.at, time_zone)}"
    why = plain(receipt.detail, 300).removesuffix(".") or plain(receipt.code, 80)
    return f"{done}: {why}" if why else done
