"""What the letters about access that ends say, before they are HTML or text."""

from __future__ import annotations

from datetime import datetime

from bot.domain.digests import Noticed
from bot.domain.outcomes import AccessEnds, Digest
from letters import account
from letters.invitation import Content, Package, is_web, one_line, shortened
from letters.words import Words

_MOST = 40


def access_ends(ends: AccessEnds, words: Words) -> Content:
    """To the guest: when, what that means, and how to go on."""
    say = words.say
    organisation = one_line(ends.organisation) or say("our organisation")
    package, name = one_line(ends.package_name), one_line(ends.name)
    link = ends.link if is_web(ends.link) else ""
    button = say("Open the request link") if ends.is_over else say("Open My Access")
    return Content(
        subject=shortened(_title(ends, package, words)),
        greeting=say("Hello {name},").format(name=name) if name else say("Hello,"),
        opening=(
            f"{_title(ends, package, words)}. {_when(ends, words)}",
            _effect(ends, words),
            *_account(ends, words),
            *_opened(ends, words),
        ),
        quoted_from="",
        message=(),
        button=button if link else "",
        button_url=link,
        steps=_steps(ends, words, has_link=bool(link)),
        packages=(),
        help=_help(ends, organisation, words),
        apps_url="",
    )


def _title(ends: AccessEnds, package: str, words: Words) -> str:
    if ends.is_over:
        return words.say("Your access to “{package}” has ended").format(package=package)
    when = _relative(ends.ends_at, ends.now, ends.time_zone, words)
    return words.say("Your access to “{package}” ends {when}").format(package=package, when=when)


def _relative(at: datetime, now: datetime, time_zone: str, words: Words) -> str:
    days = words.days_between(now, at, time_zone)
    near = {0: words.say("today"), 1: words.say("tomorrow")}
    return near.get(days) or words.say("in {days} days").format(days=days)


def _when(ends: AccessEnds, words: Words) -> str:
    phrase = words.say("It ended on {when}.") if ends.is_over else words.say("It ends on {when}.")
    moment = words.moment(ends.ends_at, ends.time_zone)
    own = f" ({words.say('your time')})" if ends.zone_known else ""
    return phrase.format(when=f"{moment}{own}")


def _effect(ends: AccessEnds, words: Words) -> str:
    if ends.is_over:
        return words.say("You can no longer open what this access package gave you.")
    return words.say("After that you can no longer open what this access package gives you.")


def _account(ends: AccessEnds, words: Words) -> tuple[str, ...]:
    """What becomes of the account, where this is the last access."""
    return (account.what(ends.account, words),) if ends.account else ()


def _opened(ends: AccessEnds, words: Words) -> tuple[str, ...]:
    names = [one_line(one) for one in ends.opens if one_line(one)][:_MOST]
    return (words.say("In it: {names}").format(names=", ".join(names)),) if names else ()


def _steps(ends: AccessEnds, words: Words, *, has_link: bool) -> tuple[str, ...]:
    if not has_link:
        return ()
    if ends.is_over:
        return (words.say("If you still need it, ask for it again with the request link."),)
    return (
        words.say("In My Access you find it under Active. Where your organisation allows it, you can extend it there."),
    )


def _help(ends: AccessEnds, organisation: str, words: Words) -> tuple[str, ...]:
    names = ", ".join(one_line(one) for one in ends.contacts[:2] if one_line(one))
    contact = words.say("Your contact at {organisation}: {name}").format(organisation=organisation, name=names)
    rest = words.say("If you do not need it any longer, there is nothing to do.")
    return (*([contact] if names else []), *([] if ends.is_over else [rest]))


def digest(shown: Digest, words: Words) -> Content:
    """To whoever answers for guests: the lines of the card, which no chat could take."""
    say = words.say
    name = one_line(shown.name)
    title = _digest_title(shown, words)
    lines = sorted(shown.lines, key=lambda one: one.ending.ends_at)[:_MOST]
    return Content(
        subject=shortened(title),
        greeting=say("Hello {name},").format(name=name) if name else say("Hello,"),
        opening=(title + ":", *_waiting(shown, words)),
        quoted_from="",
        message=(),
        button="",
        button_url="",
        steps=(),
        packages=tuple(_line(one, shown, words) for one in lines),
        help=(say("Open Usher in Teams to keep, extend, let go or hand over."),),
        apps_url="",
    )


def _digest_title(shown: Digest, words: Words) -> str:
    say = words.say
    if shown.everything:
        phrase = (
            say("Access that ends soon at {organisation}")
            if shown.lines
            else say("Guests of {organisation} who have not accepted the invitation")
        )
        return phrase.format(organisation=one_line(shown.organisation) or say("our organisation"))
    if shown.lines:
        return say("Your guests whose access ends soon")
    return say("Your guests who have not accepted the invitation")


def _waiting(shown: Digest, words: Words) -> tuple[str, ...]:
    if not shown.waiting.count:
        return ()
    first = [one_line(one) for one in shown.waiting.names[:_MOST]]
    names = ", ".join(first if len(first) == shown.waiting.count else [*first, "…"])
    phrase = words.say("Never accepted the invitation ({count}): {names}")
    return (phrase.format(count=shown.waiting.count, names=names),)


def _line(one: Noticed, shown: Digest, words: Words) -> Package:
    over = one.ending.ends_at <= shown.now
    phrase = words.say("{package}: ended on {when}") if over else words.say("{package}: ends on {when}")
    when = words.moment(one.ending.ends_at, shown.time_zone)
    who = one_line(one.ending.person_name) or one_line(one.ending.person_address)
    address = one_line(one.ending.person_address)
    named = f"{who} ({address})" if address and address != who else who
    return Package(named, phrase.format(package=one_line(one.ending.package_name), when=when), "", "")
