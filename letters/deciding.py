"""What the letters around approvals say, before they are HTML or text: to who decides, and to who asked."""

from __future__ import annotations

from bot.domain.approvals import Fate
from bot.domain.outcomes import ApprovalShown, RequestDecided
from letters.invitation import Content, Package, is_web, one_line, shortened, written_lines
from letters.words import Words


def asking(shown: ApprovalShown, organisation: str, words: Words) -> Content:
    """To an approver: who asks for what and why, until when, and the way to My Access, where they decide."""
    say, case = words.say, shown.case
    package = one_line(case.package_name)
    name = one_line(case.person_name) or one_line(case.person_address)
    approver = one_line(shown.viewer.name) if shown.viewer else ""
    subject = say("Reminder: {name} asks for “{package}”") if shown.reminder else say("{name} asks for “{package}”")
    by = say("Decide by {date}: without an answer the request is declined by itself.")
    link = shown.link if is_web(shown.link) else ""
    return Content(
        subject=shortened(subject.format(name=name, package=package)),
        greeting=say("Hello {name},").format(name=approver) if approver else say("Hello,"),
        opening=(
            say("{name} asks for an access package of {organisation}, and you are asked to decide.").format(
                name=name, organisation=one_line(organisation) or say("our organisation")
            ),
            by.format(date=words.day(case.deadline, shown.time_zone)),
        ),
        quoted_from=say("{name} writes:").format(name=name),
        message=written_lines(case.justification),
        button=say("Open My Access") if link else "",
        button_url=link,
        steps=(),
        packages=(Package(package, "", "", ""),),
        help=(say("In Teams, type “approvals” in a chat with Usher to see all that waits for you."),),
        apps_url="",
    )


def telling(told: RequestDecided, words: Words) -> Content:
    """To the requestor: what became of the request, by whom, why, and what they can do now."""
    say = words.say
    package, name, by = one_line(told.package_name), one_line(told.name), one_line(told.by)
    link = told.link if is_web(told.link) else ""
    approved = told.fate is Fate.APPROVED
    button = say("Open My Apps") if approved else say("Open the request link")
    again = say("You can ask again: open the request link and say more about why you need the access.")
    setting_up = say("Your access is being set up. This can take a few minutes.")
    return Content(
        subject=shortened(_subject(told, words).format(package=package)),
        greeting=say("Hello {name},").format(name=name) if name else say("Hello,"),
        opening=(_how(told, by, words), setting_up if approved else again),
        quoted_from=say("{name} writes:").format(name=by) if by else say("Message to you:"),
        message=written_lines(told.reason),
        button=button if link else "",
        button_url=link,
        steps=(),
        packages=(),
        help=(
            say("You get this mail because you asked {organisation} for access.").format(
                organisation=one_line(told.organisation) or say("our organisation")
            ),
        ),
        apps_url="",
    )


def _subject(told: RequestDecided, words: Words) -> str:
    if told.fate is Fate.APPROVED:
        return words.say("Your request for “{package}” was approved")
    if told.fate is Fate.EXPIRED:
        return words.say("Nobody answered your request for “{package}” in time")
    return words.say("Your request for “{package}” was declined")


def _how(told: RequestDecided, by: str, words: Words) -> str:
    say = words.say
    if told.fate is Fate.EXPIRED:
        return say("The time to answer ran out, so it was declined by itself.")
    if told.fate is Fate.APPROVED:
        return say("{name} approved it.").format(name=by) if by else say("An approver approved it.")
    return say("{name} declined it.").format(name=by) if by else say("An approver declined it.")
