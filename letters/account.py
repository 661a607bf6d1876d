"""What the letter says that tells a guest that their account goes, and the one to whoever answers for them."""

from __future__ import annotations

from bot.domain.outcomes import AccountGoes
from letters.invitation import Content, one_line, shortened
from letters.words import Words


def goes(account: AccountGoes, words: Words) -> Content:
    """What happens to the account when, and whom to turn to."""
    say, name = words.say, one_line(account.name)
    organisation = one_line(account.organisation) or say("our organisation")
    title = say("Your guest account at {organisation}").format(organisation=organisation)
    return plain_letter(
        subject=title,
        greeting=say("Hello {name},").format(name=name) if name else say("Hello,"),
        opening=(f"{title}:", what(account, words)),
        help_=(say("Ask the person who invited you if you still need it."),),
    )


def what(account: AccountGoes, words: Words) -> str:
    """What happens to the account and when, in a sentence."""
    say = words.say
    ends = words.day(account.ends_at, account.time_zone)
    gone = words.day(account.deleted_at, account.time_zone) if account.deleted_at else ""
    if account.over and gone:
        phrase = say("Your last access ended on {date}: the account is blocked, and will be deleted on {gone}.")
    elif account.over:
        phrase = say("Your last access ended on {date}: the account is blocked.")
    elif gone:
        phrase = say("Your last access ends on {date}: the account is then blocked, and deleted on {gone}.")
    else:
        phrase = say("Your last access ends on {date}: the account is then blocked.")
    return phrase.format(date=ends, gone=gone)


def told(title: str, text: str, points: tuple[str, ...], reader: str) -> Content:
    """The same words as on the card of whoever answers for guests, for those whom Teams does not reach."""
    return plain_letter(
        subject=one_line(title),
        greeting=f"Hello {one_line(reader)}," if one_line(reader) else "Hello,",
        opening=tuple(one_line(line) for line in (title, text, *points) if one_line(line)) or ("…",),
    )


def plain_letter(
    *,
    subject: str,
    greeting: str,
    opening: tuple[str, ...],
    message: tuple[str, ...] = (),
    quoted_from: str = "",
    steps: tuple[str, ...] = (),
    help_: tuple[str, ...] = (),
) -> Content:
    """A letter without buttons and packages."""
    return Content(
        subject=shortened(subject),
        greeting=greeting,
        opening=opening,
        quoted_from=quoted_from,
        message=message,
        button="",
        button_url="",
        steps=steps,
        packages=(),
        help=help_,
        apps_url="",
    )
