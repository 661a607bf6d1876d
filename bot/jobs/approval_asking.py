"""Tell one approver that a request waits for them: a card in the 1:1 chat, or a mail where there is none."""

from __future__ import annotations

from bot.commands.approving import showing
from bot.domain.approvals import ApprovalCase, Approver
from bot.domain.delivery import Reach, Rung
from bot.jobs import approval_cards
from bot.jobs.climb import Message, climb, skip
from bot.ports import Deps


async def tell(case: ApprovalCase, approver: Approver, occasion: str, deps: Deps) -> None:
    """The approver has a card, or else a mail, once for this occasion. Raises Transient to be called again."""
    message = Message(
        case.id, approver.address or approver.id, f"{occasion}-{case.stage}-{approver.id}", package=case.package_id
    )
    if not await _by_card(case, approver, message, deps):
        await _by_mail(case, approver, message, deps)


async def _by_card(case: ApprovalCase, approver: Approver, message: Message, deps: Deps) -> bool:
    contact = await deps.ledger.contact(approver.id)
    if contact and contact.reach not in (Reach.OK, Reach.UNKNOWN):
        return await skip(message, Rung.CARD, contact.code, "Teams refused the last message.", deps)
    zone = contact.time_zone if contact else "UTC"
    outcome = await showing.shown(case, approver.id, deps, time_zone=zone)

    async def post() -> str:
        chat = await deps.messenger.open_chat(approver.id)
        activity_id = await deps.messenger.show(chat, outcome)
        await approval_cards.keep(case.id, approver.id, chat, activity_id, deps)
        return ""

    return await climb(message, Rung.CARD, post, deps)


async def _by_mail(case: ApprovalCase, approver: Approver, message: Message, deps: Deps) -> bool:
    if not deps.mail_from or not approver.address:
        text = "Mail is off: USHER_MAIL_FROM is not set." if approver.address else "They have no address."
        return await skip(message, Rung.MAIL, "mail_off" if approver.address else "no_address", text, deps)
    contact = await deps.ledger.contact(approver.id)
    outcome = await showing.shown(case, approver.id, deps, time_zone=contact.time_zone if contact else "UTC")
    tenant = await deps.directory.tenant()
    letter = deps.letters.approval(outcome, tenant.name, language=contact.locale if contact else "en")

    async def send() -> str:
        await deps.directory.send_mail(
            deps.mail_from, approver.address, subject=letter.subject, text=letter.text, html=letter.html
        )
        return ""

    return await climb(message, Rung.MAIL, send, deps)
