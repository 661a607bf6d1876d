"""Usher's own memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.domain.building.builds import Build
from bot.domain.delivery import Contact, Delivery, Receipt, ShownCard
from bot.domain.invites import Invite, Wish
from bot.domain.turns import Conversation
from bot.ports.record import Record


class Ledger(Record, Protocol):
    """Usher's own memory, the audit trail included. One transaction per method."""

    async def claim(self, wish: Wish, *, asked_by: str, asked_by_name: str, now: datetime) -> tuple[Invite, bool]:
        """The one open invite for this address and package, and whether this call made it."""

    async def invite(self, invite_id: str) -> Invite | None:
        """By id."""

    async def invites(self, *, address: str = "", guest_id: str = "") -> tuple[Invite, ...]:
        """Of one guest, open and closed, oldest first; either key may match."""

    async def inviters(self, guest_ids: Sequence[str]) -> Mapping[str, str]:
        """Guest id -> object id of who asked for their newest invite, of the guests whom Usher invited."""

    async def times_to_access(self, since: datetime) -> tuple[timedelta, ...]:
        """From invite to delivered, of each invite made since then that came so far."""

    async def amend(self, invite_id: str, change: Callable[[Invite], Invite]) -> Invite:
        """`change` applied to the stored invite under a row lock; what it returned is stored. Raises NotFound."""

    async def any_due(self, now: datetime) -> bool:
        """Whether `due` would find an invite; only looks."""

    async def due(self, now: datetime, *, lease: float, limit: int) -> tuple[Invite, ...]:
        """Open invites whose `next_look_at` has come, taken for `lease` seconds so that no other replica does."""

    async def add_card(self, card: ShownCard) -> None:
        """This card shows the invite from now on (same conversation and activity: replaced)."""

    async def cards(self, invite_id: str) -> tuple[ShownCard, ...]:
        """Every card that shows it."""

    async def card_at(self, conversation_id: str, activity_id: str) -> ShownCard | None:
        """What a card in a chat shows."""

    async def mark_card(self, card: ShownCard, digest: str) -> None:
        """The card now shows content with this digest."""

    async def drop_card(self, card: ShownCard) -> None:
        """The card is gone from the chat."""

    async def remember(self, contact: Contact) -> None:
        """How to write to this person, as of now. Clears a former "blocked"."""

    async def opened(self, person_id: str, conversation: Conversation, *, instead_of: str) -> None:
        """Teams found or made this 1:1 chat; what was learnt from the person meanwhile stays."""

    async def contact(self, person_id: str) -> Contact | None:
        """By object id."""

    async def time_zone_in(self, conversation_id: str) -> str:
        """The time zone of whoever this 1:1 chat is with, "" for a chat with nobody known or with several."""

    async def set_reach(self, person_id: str, reach: str, code: str) -> None:
        """What the last try to write to them taught."""

    async def remember_team(self, team: Conversation) -> None:
        """Usher is in this team (`id` is the General channel's)."""

    async def forget_team(self, team_id: str) -> None:
        """Usher was removed from it."""

    async def teams(self) -> tuple[Conversation, ...]:
        """Teams Usher is in."""

    async def begin(self, receipt: Receipt) -> bool:
        """Claim a try before making it: False when `receipt.key` was begun before."""

    async def receipt(self, key: str) -> Receipt | None:
        """By key."""

    async def settle_receipt(self, key: str, state: Delivery, *, code: str, detail: str) -> None:
        """How the try ended."""

    async def receipts(self, address: str) -> tuple[Receipt, ...]:
        """All tries for a guest, oldest first."""

    async def slot(self, key: str) -> str:
        """The activity id of the card that answers this turn, "" when none was posted yet."""

    async def keep_slot(self, key: str, activity_id: str) -> None:
        """Remember the card that answers this turn, so that it is edited and never posted twice."""

    async def tidy(self, before: datetime) -> None:
        """Dialogs and turns that nobody touched since `before` (aware) are forgotten; invites and the audit stay."""

    async def read_state(self, keys: Sequence[str]) -> Mapping[str, tuple[str, dict[str, Any]]]:
        """Dialog state: key -> (etag, JSON object)."""

    async def write_state(self, key: str, value: dict[str, Any], etag: str | None) -> None:
        """Store; `etag` None or "*" writes blindly. Raises Conflict when another etag is stored."""

    async def delete_state(self, keys: Sequence[str]) -> None:
        """Forget these."""

    async def open_build(self, build: Build) -> Build:
        """The one stored build with this id: this one, or the one that was there already."""

    async def build(self, build_id: str) -> Build | None:
        """By id."""

    async def builds(self, build_ids: Sequence[str]) -> tuple[Build, ...]:
        """Those of these that there are, in the order asked for."""

    async def open_drafts(self, owner_id: str) -> tuple[Build, ...]:
        """What this person began to describe and neither built nor dropped, newest first, twenty at most."""

    async def amend_build(self, build_id: str, change: Callable[[Build], Build]) -> Build:
        """`change` applied to the stored build under a row lock; what it returned is stored. Raises NotFound."""

    async def made_by(self, package_id: str, build_id: str) -> str:
        """The build that made this package: this one, or the one that had said so before."""
