"""One act on many guests, guest by guest: handed over, blocked, let in again, deleted, restored; and its way back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.lag import SHOWS_WITHIN

_NAMESPACE = uuid.UUID("1a4a3f0e-7b53-5c50-9c0b-0d6a3f9be2d1")


class RunKind(StrEnum):
    """What is done to each guest. Values are stored: never rename one."""

    HANDOVER = "handover"
    BLOCK = "block"
    UNBLOCK = "unblock"
    DELETE = "delete"
    RESTORE = "restore"
    REPORT = "report"


BACK = {
    RunKind.HANDOVER: RunKind.HANDOVER,
    RunKind.BLOCK: RunKind.UNBLOCK,
    RunKind.DELETE: RunKind.RESTORE,
}
"""What takes a run back; what is not among these is a way back itself."""

ACTS = {
    RunKind.HANDOVER: "hand over",
    RunKind.BLOCK: "block",
    RunKind.UNBLOCK: "unblock",
    RunKind.DELETE: "delete account",
    RunKind.RESTORE: "restore",
    RunKind.REPORT: "look for forgotten guests",
}
"""What the record calls each."""

RESTORABLE = timedelta(days=30)
"""So long Entra keeps a deleted account."""


class ItemState(StrEnum):
    """How far one guest is. BEGUN: a write may have been made. Values are stored: never rename one."""

    WAITING = "waiting"
    BEGUN = "begun"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Item:
    """One guest of a run. `note` says why it was left out or failed.

    `kept`: whoever the guest goes to answered for them before, so the way back leaves that as it was.
    """

    guest_id: str
    name: str
    address: str
    state: ItemState = ItemState.WAITING
    note: str = ""
    kept: bool = False
    at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Nothing more is done to this guest in this run."""
        return self.state not in (ItemState.WAITING, ItemState.BEGUN)

    def settled(self, state: ItemState, at: datetime, note: str = "") -> Item:
        """As it ended; one that is over stays as it is."""
        return self if self.is_over else replace(self, state=state, at=at, note=note)


@dataclass(frozen=True, slots=True)
class GuestRun:
    """`giver` and `taker` are the sponsors a handover goes from and to. `key` is the turn that asked.

    `undoes` is the id of the run that this one takes back, `undone_by` the name of whoever took this one back.
    `round` counts how often it was begun. `told`: what came of telling the taker, "" while nobody was told; `told_of` how
    many guests that was about.
    """

    id: str
    kind: RunKind
    by_id: str
    by_name: str
    begun_at: datetime
    items: tuple[Item, ...]
    key: str = ""
    giver_id: str = ""
    giver_name: str = ""
    taker_id: str = ""
    taker_name: str = ""
    undoes: str = ""
    undone_by: str = ""
    round: int = 1
    told: str = ""
    told_of: int = 0
    settled_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Every guest is."""
        return all(one.is_over for one in self.items)

    @property
    def done(self) -> tuple[Item, ...]:
        """Those to whom it was done."""
        return self.in_state(ItemState.DONE)

    @property
    def is_to_be_told(self) -> bool:
        """The taker does not know of everybody they were given, for all that this run knows."""
        return self.kind is RunKind.HANDOVER and (not self.told or len(self.done) > self.told_of)

    def just_done(self, now: datetime) -> frozenset[str]:
        """Ids of the guests of whom Entra may still show how they were before."""
        return frozenset(one.guest_id for one in self.done if one.at and now - one.at < SHOWS_WITHIN)

    @property
    def can_be_undone(self) -> bool:
        """Whether there is something to take back, and nobody has."""
        return self.is_over and self.kind in BACK and bool(self.done) and not (self.undoes or self.undone_by)

    def is_past_restoring(self, now: datetime) -> bool:
        """Whether it deleted accounts so long ago that Entra has deleted them for good.

        https://learn.microsoft.com/entra/fundamentals/users-restore
        """
        return self.kind is RunKind.DELETE and self.begun_at <= now - RESTORABLE

    @property
    def act(self) -> str:
        """What the record calls it."""
        return ACTS[self.kind]

    def in_state(self, *states: ItemState) -> tuple[Item, ...]:
        """The guests in one of these states."""
        return tuple(one for one in self.items if one.state in states)

    def item(self, guest_id: str) -> Item | None:
        """This guest, as far as they are part of it."""
        return next((one for one in self.items if one.guest_id == guest_id), None)

    def with_item(self, item: Item) -> GuestRun:
        """The run with this guest as they are now."""
        return replace(self, items=tuple(item if one.guest_id == item.guest_id else one for one in self.items))

    def again(self, key: str) -> GuestRun:
        """Begun once more for those who failed; as it is where nobody did."""
        if not (self.is_over and self.in_state(ItemState.FAILED)):
            return self
        items = (
            replace(one, state=ItemState.WAITING, note="") if one.state is ItemState.FAILED else one
            for one in self.items
        )
        return replace(self, items=tuple(items), round=self.round + 1, key=key, told_of=len(self.done), settled_at=None)


def run_id(key: str, kind: RunKind, guest_ids: Iterable[str], *others: str) -> str:
    """The one id of what a question, known by `key`, asked to do to these guests: two Yes are one run."""
    return str(uuid.uuid5(_NAMESPACE, "|".join((key, kind, *others, *sorted(guest_ids)))))


def back(run: GuestRun, *, by_id: str, by_name: str, at: datetime, key: str, only: Iterable[str] = ()) -> GuestRun:
    """What takes the run back, for everybody it was done to, or `only` these of them."""
    wanted = frozenset(only)
    items = tuple(
        Item(one.guest_id, one.name, one.address, kept=one.kept)
        for one in run.done
        if not wanted or one.guest_id in wanted
    )
    return GuestRun(
        id=run_id(run.id, BACK[run.kind], (one.guest_id for one in items), "back"),
        kind=BACK[run.kind],
        by_id=by_id,
        by_name=by_name,
        begun_at=at,
        items=items,
        key=key,
        giver_id=run.taker_id,
        giver_name=run.taker_name,
        taker_id=run.giver_id,
        taker_name=run.giver_name,
        undoes=run.id,
    )
