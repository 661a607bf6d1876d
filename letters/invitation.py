"""What the invitation says, before it is HTML or text: pure choices about steps, links and words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.invites import Milestone
from bot.domain.outcomes import GuestAccess, GuestPackage
from letters.words import Words

_OVER = frozenset({Milestone.DENIED.value, Milestone.REVOKED.value, Milestone.ENDED.value, "canceled"})
_UNASKED = frozenset({"open", Milestone.INVITED.value, Milestone.REDEEMED.value})
_LONGEST_SUBJECT = 150
_BREAK = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_UNSEEN = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Package:
    """One access package in the letter. `link` "" once there is nothing left to ask."""

    name: str
    state: str
    link: str
    ends: str


@dataclass(frozen=True, slots=True)
class Content:
    """The letter in the guest's language; every text is plain and may hold what a stranger typed."""

    subject: str
    greeting: str
    opening: tuple[str, ...]
    quoted_from: str
    message: tuple[str, ...]
    button: str
    button_url: str
    steps: tuple[str, ...]
    packages: tuple[Package, ...]
    help: tuple[str, ...]
    apps_url: str


def content(access: GuestAccess, words: Words) -> Content:
    """The letter for where this guest stands: to redeem, to ask, to wait, or to use what they have."""
    say = words.say
    organisation = one_line(access.organisation) or say("our organisation")
    inviter = one_line(access.inviter)
    button, url = _button(access, say)
    name = one_line(access.name)
    return Content(
        subject=_subject(access, words, organisation, inviter),
        greeting=say("Hello {name},").format(name=name) if name else say("Hello,"),
        opening=_opening(access, words, organisation, inviter),
        quoted_from=say("{name} writes:").format(name=inviter) if inviter else say("Message to you:"),
        message=written_lines(access.message),
        button=button,
        button_url=url,
        steps=_steps(access, say, organisation),
        packages=tuple(_package(each, access, words) for each in access.packages),
        help=_help(inviter, organisation, say),
        apps_url=access.apps_url if _shows_apps(access) else "",
    )


def one_line(text: str) -> str:
    """The text on one line, without control characters and changes of writing direction.

    Nothing in it can begin a new mail header, or make an address read as another one.
    """
    return " ".join(_BREAK.sub(" ", _UNSEEN.sub("", text)).split())


def written_lines(message: str) -> tuple[str, ...]:
    """The lines of a message that hold something, each as `one_line` leaves it."""
    lines = (one_line(line) for line in message.splitlines())
    return tuple(line for line in lines if line)


def _subject(access: GuestAccess, words: Words, organisation: str, inviter: str) -> str:
    if _has(access, Milestone.DELIVERED.value):
        phrase = words.say("Your access at {organisation}")
    elif inviter:
        phrase = words.say("{name} invites you to {organisation}")
    else:
        phrase = words.say("Invitation to {organisation}")
    return shortened(phrase.format(name=inviter, organisation=organisation))


def shortened(subject: str) -> str:
    """At most 150 characters."""
    return subject if len(subject) <= _LONGEST_SUBJECT else subject[: _LONGEST_SUBJECT - 1].rstrip() + "…"


def _opening(access: GuestAccess, words: Words, organisation: str, inviter: str) -> tuple[str, ...]:
    invited = words.say("{name} invites you to work with {organisation} as a guest.")
    unsigned = words.say("You are invited to work with {organisation} as a guest.")
    first = (invited if inviter else unsigned).format(name=inviter, organisation=organisation)
    count = len(access.packages)
    if not count:
        return (first,)
    return (
        first,
        words.many("This is the access it is about:", "These are the {count} kinds of access it is about:", count),
    )


def _button(access: GuestAccess, say: Callable[[str], str]) -> tuple[str, str]:
    asked = next((each.link for each in access.packages if _is_open(each)), "")
    offers = (
        (say("Accept the invitation"), "" if access.redeemed else access.redeem_url),
        (say("Open the request link"), asked),
        (say("Open My Apps"), access.apps_url if _has(access, Milestone.DELIVERED.value) else ""),
    )
    return next((offer for offer in offers if is_web(offer[1])), ("", ""))


def _steps(access: GuestAccess, say: Callable[[str], str], organisation: str) -> tuple[str, ...]:
    button, _ = _button(access, say)
    if not button:
        return ()
    sign_in = say(
        "Press “{button}” and sign in with the address this mail was sent to. "
        "You need no Microsoft account: a code sent to you by mail will do."
    ).format(button=button)
    accept = say("Read what {organisation} asks for and choose Accept.").format(organisation=organisation)
    ask = say("On the page that opens choose Request, say why you need the access, and choose Submit.")
    use = say("Open My Apps and choose what you want to work with.")
    return (
        sign_in,
        *([] if access.redeemed else [accept]),
        *([ask] if any(_is_open(each) for each in access.packages) else []),
        *([use] if _has(access, Milestone.DELIVERED.value) else []),
    )


def _package(package: GuestPackage, access: GuestAccess, words: Words) -> Package:
    over = package.stage.lower() in _OVER
    ends = ""
    if package.ends_at is not None:
        phrase = words.say("Access ended on {date}.") if over else words.say("Access ends on {date}.")
        ends = phrase.format(date=words.day(package.ends_at, access.time_zone))
    link = "" if over or not is_web(package.link) else package.link
    return Package(one_line(package.name), _state(package, words.say), link, ends)


def _state(package: GuestPackage, say: Callable[[str], str]) -> str:
    """What happens next with this package."""
    stage = package.stage.lower()
    if package.failure:
        return say("There is a problem with it. The people who look after it have been told.")
    if stage == Milestone.DELIVERED:
        return say("It is ready: you have access.")
    if stage in (Milestone.APPROVED, Milestone.DELIVERING):
        return say("Your access is being set up. This can take a few minutes.")
    if stage == Milestone.REQUESTED:
        return (
            say("An approver looks at your request.")
            if package.needs_approval
            else say("Your request is being worked on.")
        )
    if stage in _OVER:
        return say("This access is no longer open to you.")
    if package.needs_approval:
        return say("After you ask for it, an approver decides. You will be told the answer.")
    return say("After you ask for it, it is set up within minutes. Nobody has to approve it.")


def _help(inviter: str, organisation: str, say: Callable[[str], str]) -> tuple[str, ...]:
    if not inviter:
        contact = say("Your contact is the person at {organisation} who invited you.")
    else:
        contact = say("{name} invited you and is your contact at {organisation}: ask them if something does not work.")
    ignore = say("If you did not expect this mail, leave it: without you nothing happens.")
    return (contact.format(name=inviter, organisation=organisation), ignore)


def _is_open(package: GuestPackage) -> bool:
    """Nothing was asked yet; a stage nobody knows counts as that."""
    known = {each.value for each in Milestone} | {"canceled"}
    stage = package.stage.lower()
    return not package.failure and (stage in _UNASKED or stage not in known)


def _has(access: GuestAccess, stage: str) -> bool:
    return any(each.stage.lower() == stage for each in access.packages)


def _shows_apps(access: GuestAccess) -> bool:
    return _has(access, Milestone.DELIVERED.value) and is_web(access.apps_url)


def is_web(url: str) -> bool:
    """Whether a browser opens it as a page."""
    return url.startswith(("https://", "http://"))
