"""Tell one approver that a request waits for them: a card in the 1:1 chat, or a mail where there is none."""

from __future__ import annotations

from bot.commands.approving import showing
from bot.domain.approvals import ApprovalCase
from bot.domain.delivery import Contact, Reach, Rung
from bot.domain.panels import Approver
from bot.jobs import approval_cards, rungs
from bot.jobs.climb import Message, climb, skip
from bot.ports import Deps, Letter


async def tell(case: ApprovalCase, approver: Approver, occasion: str, deps: Deps) -> None:
    """The approver has a card, or else a mail, once for this occasion. Raises Transient to be called again."""
    contact = await deps.ledger.contact(approver.id)
    about = f"{occasion}-{case.stage}-{approver.id}"
    message = Message(case.id, approver.address or approver.id, about, package=case.package_id)
    if not await _by_card(case, approver, contact, message, deps):
        await _by_mail(case, approver, contact, message, deps)


async def _by_card(
    case: ApprovalCase, approver: Approver, contact: Contact | None, message: Message, deps: Deps
) -> bool:
    if contact and contact.reach not in (Reach.OK, Reach.UNKNOWN):
        return await skip(message, Rung.CARD, contact.code, "Teams refused the last message.", deps)
    outcome = await showing.shown(case, approver.id, deps, time_zone=contact.time_zone if contact else "UTC")

    async def post() -> str:
        # Also to somebody who has never met Usher: Teams opens a chat wherever the app is installed for them.
        chat = await deps.messenger.open_chat(approver.id)
        activity_id = await deps.messenger.show(chat, outcome)
        await approval_cards.keep(outcome, approver.id, chat, activity_id, deps, only=True)
        return ""

    return await climb(message, Rung.CARD, post, deps)


async def _by_mail(
    case: ApprovalCase, approver: Approver, contact: Contact | None, message: Message, deps: Deps
) -> bool:
    if not approver.address:
        return await skip(message, Rung.MAIL, "no_address", "They have no address.", deps)
    outcome = await showing.shown(case, approver.id, deps, time_zone=contact.time_zone if contact else "UTC")
    tenant = await deps.directory.tenant()

    def letter() -> Letter:
        return deps.letters.approval(outcome, tenant.name, language=contact.locale if contact else "en")

    return await rungs.by_mail(message, letter, deps)
