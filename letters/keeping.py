"""What the letters about keeping an access say: to whoever decides, and the answer to the guest."""

from __future__ import annotations

from bot.domain.extension_asks import ExtensionAsk
from bot.domain.outcomes import KeepAccess, KeepWay
from letters.account import plain_letter
from letters.invitation import Content, one_line, written_lines
from letters.words import Words

_ANSWER = 'Open a chat with Usher in Teams and type: extend {address} "{package}" by {days} days'


def asked(question: ExtensionAsk, reader: str, words: Words) -> Content:
    """Who asks to keep what and why, until when it may go on, and how to answer without the card."""
    name = one_line(question.person_name) or question.address
    package, greeted = one_line(question.package_name), one_line(reader)
    ends = words.day(question.ends_at)
    sentence = _ANSWER.format(address=question.address, package=package, days=question.days)
    return plain_letter(
        subject=f"{name} asks to keep “{package}”",
        greeting=f"Hello {greeted}," if greeted else "Hello,",
        opening=(
            f"{name} ({question.address}) asks to keep the access package “{package}”, which ends on {ends}.",
            f"It may go on until {words.day(question.latest)} at the latest. If nobody answers, it ends.",
        ),
        message=written_lines(question.reason),
        quoted_from=f"{name} writes:",
        steps=(f"{sentence}.", "To let it end, do nothing, or tell the guest."),
    )


def decided(access: KeepAccess, words: Words) -> Content:
    """Whether the access goes on, until when, and who decided."""
    say, name = words.say, one_line(access.name)
    goes_on = access.way is KeepWay.EXTENDED and access.new_end is not None
    phrase = say("“{package}” goes on until {date}") if goes_on else say("“{package}” ends on {date}")
    date = words.day(access.new_end if goes_on and access.new_end else access.ends_at, access.time_zone)
    longer = say("Your access goes on until {date}.")
    told = longer if goes_on else say("Your access is not extended: it ends on {date}.")
    by = one_line(access.by)
    return plain_letter(
        subject=phrase.format(package=one_line(access.package_name), date=date),
        greeting=say("Hello {name},").format(name=name) if name else say("Hello,"),
        opening=(
            say("You asked {organisation} to keep the access “{package}”.").format(
                organisation=one_line(access.organisation) or say("our organisation"),
                package=one_line(access.package_name),
            ),
            told.format(date=date),
        ),
        help_=(say("Decided by {name}.").format(name=by),) if by else (),
    )
