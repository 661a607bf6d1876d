"""`link`: the request link of a package, ready to copy; for a guest, their own."""

from __future__ import annotations

from bot.commands import mine, views
from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.matching import match
from bot.domain.outcomes import Outcome, PasteText, Said, Tone
from bot.domain.roles import Act

USAGE = 'link "Invited users package"'


def parse(words: str, value: Value) -> tuple[str, str]:
    """(package id or name, invite id)."""
    if value:
        return text_of(value, "package"), text_of(value, "invite")
    return " ".join(words.replace("“", '"').replace("”", '"').split()).strip('"')[:200], ""


async def run(wanted: tuple[str, str], ask: Ask) -> Outcome:
    """The full link, with the tenant in it, and a sentence to paste beside it."""
    if ask.person.is_guest:
        return await mine.mine(ask)
    refused = await ask.refuse(Act.READ)
    if refused:
        return refused
    package, invite_id = wanted
    invite = await ask.deps.ledger.invite(invite_id) if invite_id else None
    if invite:
        link = await views.link_of(invite.wish.package_id, ask.deps)
        return paste(invite.wish.address, invite.wish.package_name, link)
    if not package:
        return Said("The link of which package?", f"For example: {USAGE}", Tone.WARNING)
    packages = await ask.deps.directory.packages()
    found = match(package, packages, name=lambda one: one.name, key=lambda one: one.id)
    if found.one is None:
        near = " or ".join(f"“{one.name}”" for one in found.several or found.near)
        hint = f"Did you mean {near}?" if near else "Type packages to see them all."
        return Said(f"There is no access package “{package}”", hint, Tone.WARNING)
    return paste("", found.one.name, await views.link_of(found.one.id, ask.deps))


def paste(address: str, package: str, link: str) -> PasteText:
    """Link and words for somebody's own mail or chat."""
    what = f"“{package}”" if package else "our organisation"
    text = f"Hello, here is your link to {what}. Sign in with the address you were invited with: {link}"
    return PasteText(address, link, text)


COMMAND = Command(
    name="link",
    usage=USAGE,
    summary="The request link of a package, ready to copy.",
    parse=parse,
    run=run,
    for_guests=True,
)
