"""One rung of the delivery ladder: a try that is claimed before it is made, and never made twice by itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain.delivery import Delivery, Receipt, Rung
from bot.errors import Ambiguous, Transient, UsherError
from bot.ports import Deps

MOST_TRIES = 6

Try = Callable[[], Awaitable[str]]
"""Makes one try; returns a detail for the receipt."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is told to whom: `about` is an invite's id (or what else the receipts are to be found by).

    `key`: what the record knows the wish by that led to it; `package`: the id of the access package it is about.
    """

    about: str
    address: str
    occasion: str
    key: str = ""
    package: str = ""

    def receipt(self, rung: Rung, number: int | str) -> str:
        """The key of one try."""
        return f"{self.about}:{self.occasion}:{rung}:{number}"


async def climb(message: Message, rung: Rung, make: Try, deps: Deps) -> bool:
    """One more try on this rung, unless one went through; False when it cannot be reached.

    A try that was begun and never settled may have gone out: it is marked unclear and not repeated by
    itself, because two messages are worse than a question. Raises Transient to be called again.
    """
    for number in range(1, MOST_TRIES + 1):
        key = message.receipt(rung, number)
        now = deps.clock.now()
        begun = Receipt(key, message.about, message.address, rung, message.occasion, Delivery.SENDING, now)
        if await deps.ledger.begin(begun):
            return await _make(begun, message, make, deps)
        before = await deps.ledger.receipt(key)
        if before is None or before.state is Delivery.SENDING:
            text = "Usher was interrupted while sending."
            await deps.ledger.settle_receipt(key, Delivery.UNKNOWN, code="interrupted", detail=text)
            return False
        if before.state is Delivery.SENT:
            return True
        if before.state is not Delivery.FAILED or before.code != "transient":
            return False
    return False


async def _make(begun: Receipt, message: Message, make: Try, deps: Deps) -> bool:
    try:
        detail = await make()
    except Ambiguous as error:
        await _settle(begun, message, Delivery.UNKNOWN, "cut", error.explanation, deps)
        return False
    except Transient as error:
        await deps.ledger.settle_receipt(begun.key, Delivery.FAILED, code="transient", detail=error.explanation)
        raise
    except UsherError as error:
        code = error.code or type(error).__name__
        await _settle(begun, message, Delivery.FAILED, code, error.explanation, deps)
        return False
    await _settle(begun, message, Delivery.SENT, "", detail, deps)
    return True


async def _settle(begun: Receipt, message: Message, state: Delivery, code: str, detail: str, deps: Deps) -> None:
    """The receipt says how the try ended, and so does the record."""
    await deps.ledger.record(
        actor="",
        act=f"tell by {begun.rung.value}",
        target=message.address,
        result=code or state.value,
        key=message.key or message.about,
        at=deps.clock.now(),
        detail=message.occasion.partition("-")[0],
        package=message.package,
    )
    await deps.ledger.settle_receipt(begun.key, state, code=code, detail=detail)


async def skip(message: Message, rung: Rung, code: str, detail: str, deps: Deps) -> bool:
    """A receipt that says why this rung was not tried; False."""
    now = deps.clock.now()
    key = message.receipt(rung, "skipped")
    await deps.ledger.begin(
        Receipt(key, message.about, message.address, rung, message.occasion, Delivery.SKIPPED, now, code, detail)
    )
    return False


async def may_be_there(message: Message, rung: Rung, deps: Deps) -> bool:
    """Whether the last try on this rung may have got through though nobody said so: another rung would say it twice."""
    tried = await last(message, rung, deps)
    return tried is not None and tried.state is Delivery.UNKNOWN


async def may_be_out(message: Message, deps: Deps) -> bool:
    """Whether a try on any rung was made before that did not fail."""
    receipts = await deps.ledger.receipts(message.address)
    ours = [one.state for one in receipts if (one.invite_id, one.occasion) == (message.about, message.occasion)]
    return any(state in (Delivery.SENDING, Delivery.SENT, Delivery.UNKNOWN) for state in ours)


async def last(message: Message, rung: Rung, deps: Deps) -> Receipt | None:
    """The newest receipt of this message on this rung."""
    receipts = await deps.ledger.receipts(message.address)
    ours = [
        one for one in receipts if (one.invite_id, one.occasion, one.rung) == (message.about, message.occasion, rung)
    ]
    return ours[-1] if ours else None
