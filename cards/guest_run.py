"""The card of one act on many guests: how far it is as a chart, who is not through and why, and the way back."""

from __future__ import annotations

from typing import Any

from bot.domain.guest_runs import GuestRun, Item, ItemState, RunKind
from bot.domain.outcomes import Press, RunShown, Style, Tone
from cards import chart, listing
from cards.elements import CardElement, finished, heading, small, words
from cards.literal import plain
from cards.presses import buttons
from cards.tones import MARKS

_MORE = "and {count} more"
_ORDER = (ItemState.FAILED, ItemState.SKIPPED, ItemState.BEGUN, ItemState.WAITING, ItemState.DONE)
_DOING = {
    RunKind.HANDOVER: "Hand over",
    RunKind.BLOCK: "Block sign-in of",
    RunKind.UNBLOCK: "Unblock",
    RunKind.DELETE: "Delete",
    RunKind.RESTORE: "Restore",
    RunKind.REPORT: "Look at",
}
_DONE = {
    RunKind.HANDOVER: "Handed over",
    RunKind.BLOCK: "Sign-in blocked",
    RunKind.UNBLOCK: "Can sign in again",
    RunKind.DELETE: "Deleted",
    RunKind.RESTORE: "Restored",
    RunKind.REPORT: "Looked at",
}


def card(outcome: RunShown) -> dict[str, Any]:
    """Drawn anew as the run gets on."""
    run = outcome.run
    mark = MARKS[_tone(run)]
    body: list[CardElement] = [
        words(f"{mark.icon} {_standing(run)}", colour=mark.colour, bold=True),
        heading(_title(run)),
        *chart.chart(_bars(run)),
        *(small(said) for said in _said(run)),
        *listing.fitting(
            ([words(_line(one), spacing="Small")] for one in _sorted(run)), total=len(run.items), more=_MORE
        ),
        *buttons(_presses(run)),
    ]
    return finished(body, text(outcome))


def text(outcome: RunShown) -> str:
    """The same in plain text."""
    run = outcome.run
    shown = listing.lines([_line(one) for one in _sorted(run)], total=len(run.items), more=_MORE)
    standing = f"{_title(run)}: {MARKS[_tone(run)].icon} {_standing(run)}"
    return "\n".join([standing, *chart.lines(_bars(run)), *_said(run), *shown])


def _title(run: GuestRun) -> str:
    count = "1 guest" if len(run.items) == 1 else f"{len(run.items)} guests"
    if run.kind is RunKind.HANDOVER:
        return f"{_DOING[run.kind]} {count}{_ways(run)}"
    return f"{_DOING[run.kind]} {count}"


def _ways(run: GuestRun) -> str:
    giver, taker = plain(run.giver_name, 80), plain(run.taker_name, 80)
    return f"{f' from {giver}' if giver else ''}{f' to {taker}' if taker else ''}"


def _tone(run: GuestRun) -> Tone:
    if not run.is_over:
        return Tone.WORKING
    if run.in_state(ItemState.FAILED):
        return Tone.BAD
    return Tone.GOOD if run.done or run.undone_by else Tone.WARNING


def _standing(run: GuestRun) -> str:
    if not run.is_over:
        return "Working: this card follows it to its end"
    if run.undone_by:
        return f"Taken back by {plain(run.undone_by, 80) or 'somebody'}"
    failed = len(run.in_state(ItemState.FAILED))
    if failed:
        return f"{failed} of {len(run.items)} failed"
    return _DONE[run.kind] if run.done else "Nothing was left to do"


def _bars(run: GuestRun) -> list[chart.Bar]:
    waiting = len(run.in_state(ItemState.WAITING, ItemState.BEGUN))
    counted: list[chart.Bar] = [
        ("✔", _DONE[run.kind], len(run.done), "good"),
        ("⏳", "Still to come", waiting, "accent"),
        (
            "●",
            "Taken back or left out" if run.undone_by else "Left out",
            len(run.in_state(ItemState.SKIPPED)),
            "emphasis",
        ),
        ("✖", "Failed", len(run.in_state(ItemState.FAILED)), "attention"),
    ]
    return [one for one in counted if one[2]]


def _said(run: GuestRun) -> list[str]:
    by = f"Asked by {plain(run.by_name, 80) or 'somebody'}"
    told = ""
    if run.told == "told":
        told = f"; {plain(run.taker_name, 80) or 'who gave them'} was told"
    elif run.told == "not reached":
        told = f"; {plain(run.taker_name, 80) or 'who gave them'} could not be told in Teams: please tell them"
    return [f"{by}{told}."]


def _sorted(run: GuestRun) -> list[Item]:
    return sorted(run.items, key=lambda one: (_ORDER.index(one.state), one.name.casefold()))


def _line(item: Item) -> str:
    icons = {ItemState.DONE: "✔", ItemState.SKIPPED: "●", ItemState.FAILED: "✖"}
    name, address = plain(item.name, 80), plain(item.address, 120)
    who = f"{name} ({address})" if name and address and name != address else name or address or "A guest"
    note = plain(item.note, 200)
    if not note and item.is_over:
        return f"{icons[item.state]} {who}"
    return f"{icons.get(item.state, '⏳')} {who}: {note or 'still to come'}"


def _presses(run: GuestRun) -> tuple[Press, ...]:
    presses: list[Press] = []
    if run.is_over and run.in_state(ItemState.FAILED):
        presses.append(Press("Try those again", "run.again", {"run": run.id}, style=Style.PRIMARY))
    if run.can_be_undone:
        presses.append(Press("Undo", "run.undo", {"run": run.id}))
    return tuple(presses)
