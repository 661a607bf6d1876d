"""Tell what became of a request: whoever asked, in chat and by mail and in their language, and whoever invited them."""

from __future__ import annotations

from bot.commands import views
from bot.domain.approvals import ApprovalCase, Fate
from bot.domain.delivery import Contact, Rung
from bot.domain.invites import Invite
from bot.domain.outcomes import Press, RequestDecided, Said, Tone
from bot.domain.turns import Conversation
from bot.jobs import look, rungs
from bot.jobs.climb import Message, climb
from bot.ports import Deps

_TOLD = (Fate.APPROVED, Fate.DENIED, Fate.EXPIRED)


async def tell(case: ApprovalCase, deps: Deps) -> None:
    """The requestor and the inviter were told, each once. Raises Transient to be called again.

    What an administrator asked for on somebody's behalf is followed by the card of whoever began it.
    """
    if case.fate not in _TOLD:
        return
    invite = await _invite(case, deps)
    if invite is not None and invite.open:
        await look.soon(invite.id, deps)
    if case.kind.casefold().startswith("user"):
        await _tell_requestor(case, invite, deps)
    if invite is not None:
        await _tell_inviter(case, invite, deps)


async def _invite(case: ApprovalCase, deps: Deps) -> Invite | None:
    """The newest invite that led to the request."""
    invites = await deps.ledger.invites(guest_id=case.person_id)
    return next((one for one in reversed(invites) if one.wish.package_id == case.package_id), None)


async def _tell_requestor(case: ApprovalCase, invite: Invite | None, deps: Deps) -> None:
    person_id = case.requestor_id or case.person_id
    contact = await deps.ledger.contact(person_id)
    told = await _told(case, _language(invite, contact), deps)
    own = person_id.casefold() == case.person_id.casefold()
    person = None if own and case.person_address else await deps.directory.person(person_id)
    address = person.address if person else case.person_address
    message = Message(case.id, address or person_id, "decision", package=case.package_id)

    async def post(chat: Conversation) -> None:
        await deps.messenger.show(chat, told)

    await rungs.by_card(message, contact, post, deps)
    if address:
        await rungs.by_mail(message, lambda: deps.letters.decision(told), deps)


def _language(invite: Invite | None, contact: Contact | None) -> str:
    if invite is not None:
        return invite.wish.language
    return contact.locale if contact else "en"


async def _told(case: ApprovalCase, language: str, deps: Deps) -> RequestDecided:
    tenant = await deps.directory.tenant()
    approved = case.fate is Fate.APPROVED
    last = case.last if case.fate is not Fate.EXPIRED else None
    return RequestDecided(
        name=case.requestor_name or case.person_name,
        organisation=tenant.name,
        package_name=case.package_name,
        fate=case.fate,
        by=last.by_name if last else "",
        reason=last.reason if last else "",
        link=deps.links.apps(tenant.id) if approved else await views.link_of(case.package_id, deps),
        language=language,
    )


async def _tell_inviter(case: ApprovalCase, invite: Invite, deps: Deps) -> None:
    """Nobody is told what they did themselves."""
    if case.last is not None and case.last.by_id == invite.asked_by:
        return
    message = Message(case.id, invite.wish.address, "decision", package=case.package_id)
    said = _for_inviter(case)

    async def post() -> str:
        chat = await deps.messenger.open_chat(invite.asked_by)
        await deps.messenger.show(chat, said)
        return ""

    await climb(message, Rung.INVITER, post, deps)


def _for_inviter(case: ApprovalCase) -> Said:
    guest = case.person_address or case.person_name
    by = case.last.by_name if case.last else ""
    word = {Fate.APPROVED: "Approved", Fate.DENIED: "Denied"}.get(case.fate, "Not answered in time")
    how = f"{by} {word.lower()} the request." if by else f"The request was {word.lower()}."
    if case.fate is Fate.EXPIRED:
        how = "Nobody answered in time, so Entra denied the request. The guest can ask again."
    facts = (("Guest", guest), ("Access package", case.package_name))
    reason = case.last.reason if case.last and case.fate is not Fate.EXPIRED else ""
    return Said(
        f"{word}: “{case.package_name}” for {guest}",
        how,
        Tone.GOOD if case.fate is Fate.APPROVED else Tone.WARNING,
        facts=(*facts, *((("Reason", reason),) if reason else ())),
        presses=(Press("Status", "status", {"address": case.person_address}),),
    )
