"""The card for whoever answers for guests from now on: who they are, from whom, and a way to give them back."""

from __future__ import annotations

from typing import Any

from bot.domain.guest_runs import Item
from bot.domain.outcomes import Choice, GuestsGiven, Press
from cards import fields, listing
from cards.elements import CardElement, finished, heading, words
from cards.literal import plain
from cards.presses import action, row

PICKED = "picked"
_MORE = "and {count} more: type sponsors me"
_MOST_CHOICES = 40


def card(outcome: GuestsGiven) -> dict[str, Any]:
    """Those who are not theirs can be ticked and given back."""
    given = outcome.run.done
    entries = ([words(_line(one), spacing="Small")] for one in given)
    back = bool(outcome.run.undoes)
    body: list[CardElement] = [
        heading(_title(outcome)),
        words(_said(outcome)),
        *listing.fitting(entries, total=len(given), more=_MORE),
        *([] if back or len(given) < 2 else [_ticks(given)]),
        *row(_actions(outcome, len(given), back=back)),
    ]
    return finished(body, text(outcome))


def text(outcome: GuestsGiven) -> str:
    """The same in plain text."""
    given = outcome.run.done
    shown = listing.lines([_line(one) for one in given], total=len(given), more=_MORE)
    return "\n".join([_title(outcome), _said(outcome), *shown])


def _title(outcome: GuestsGiven) -> str:
    run = outcome.run
    count = "1 guest" if len(run.done) == 1 else f"{len(run.done)} guests"
    if run.undoes:
        return f"{plain(run.by_name, 80) or 'Somebody'} gave {count} back"
    return f"You now answer for {count}"


def _said(outcome: GuestsGiven) -> str:
    run = outcome.run
    by, giver = plain(run.by_name, 80) or "Somebody", plain(run.giver_name, 80)
    if run.undoes and not run.taker_id:
        return f"{by} cannot answer for them, and nobody else does. Hand them to somebody else."
    if run.undoes:
        return "You answer for them again."
    before = "" if run.giver_id == run.by_id or not giver else f" Until now {giver} answered for them."
    return (
        f"{by} handed them over to you.{before} You are told before their access ends; others may ask you about them."
    )


def _line(item: Item) -> str:
    name, address = plain(item.name, 80), plain(item.address, 120)
    return f"• {f'{name} ({address})' if name and address and name != address else name or address or 'A guest'}"


def _ticks(given: tuple[Item, ...]) -> CardElement:
    choices = [Choice(_line(one).removeprefix("• "), one.guest_id[:60]) for one in given[:_MOST_CHOICES]]
    return fields.many_of(PICKED, "Not mine are", choices)


def _actions(outcome: GuestsGiven, count: int, *, back: bool) -> list[Any]:
    mine = action(Press("My guests", "sponsors"))
    if back:
        return [mine]
    data = {"run": outcome.run.id}
    if count < 2:
        return [mine, action(Press("Not mine", "run.decline", {**data, "all": "yes"}))]
    ticked = action(Press("Give back the ticked", "run.decline", data), with_inputs=True)
    return [mine, ticked, action(Press("None of them is mine", "run.decline", {**data, "all": "yes"}))]
