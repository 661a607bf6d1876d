"""What the letter with a shared request link says, before it is HTML or text."""

from __future__ import annotations

from bot.domain.outcomes import PackageShared
from letters.invitation import Content, Package, is_web, one_line, shortened, written_lines
from letters.words import Words


def content(shared: PackageShared, words: Words) -> Content:
    """Who shares what, the link, and how to ask; every text from outside stays text."""
    say = words.say
    organisation = one_line(shared.organisation) or say("our organisation")
    sender = one_line(shared.sender) or organisation
    name, package = one_line(shared.name), one_line(shared.package_name)
    link = shared.link if is_web(shared.link) else ""
    contact = say(
        "{name} sent you this link and is your contact at {organisation}: ask them if something does not work."
    )
    return Content(
        subject=shortened(say("{name} shares “{package}” with you").format(name=sender, package=package)),
        greeting=say("Hello {name},").format(name=name) if name else say("Hello,"),
        opening=(
            say("{name} shares an access package of {organisation} with you:").format(
                name=sender, organisation=organisation
            ),
        ),
        quoted_from=say("{name} writes:").format(name=sender),
        message=written_lines(shared.message),
        button=say("Open the request link") if link else "",
        button_url=link,
        steps=(say("On the page that opens choose Request, say why you need the access, and choose Submit."),),
        packages=(Package(package, "", link, ""),),
        help=(
            contact.format(name=sender, organisation=organisation),
            say("If you did not expect this mail, leave it: without you nothing happens."),
        ),
        apps_url="",
    )
