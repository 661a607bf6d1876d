"""The card people get with whom a package is shared, in their language."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import PackageShared
from cards.elements import CardElement, block, finished, heading, small, words
from cards.literal import literal_paragraphs, plain, plain_lines
from cards.presses import is_web, opening, row
from cards.when import Say, english

_LONGEST_NAME = 120
_LONGEST_MESSAGE = 1000


def card(outcome: PackageShared, say: Say = english) -> dict[str, Any]:
    """Who shares what, their message, and the way to ask for it. `say` speaks `outcome.language`."""
    body: list[CardElement] = [
        heading(_title(outcome, say)),
        words(_offer(outcome, say)),
        *_message(outcome, say),
        words(_how(say), spacing="Medium"),
        *(row([opening(say("Open the request link"), outcome.link, primary=True)]) if is_web(outcome.link) else []),
    ]
    return finished(body, text(outcome, say), language=outcome.language or "en")


def text(outcome: PackageShared, say: Say = english) -> str:
    """The same in plain text, with the link."""
    sender = plain(outcome.sender, _LONGEST_NAME)
    quoted = [f"{sender}: {line}" for line in plain_lines(outcome.message, _LONGEST_MESSAGE)]
    link = plain(outcome.link)
    return "\n".join([_title(outcome, say), _offer(outcome, say), *quoted, _how(say), *([link] if link else [])])


def _title(outcome: PackageShared, say: Say) -> str:
    package = plain(outcome.package_name, _LONGEST_NAME)
    return say("{name} shares “{package}” with you").format(name=_sender(outcome, say), package=package)


def _offer(outcome: PackageShared, say: Say) -> str:
    phrase = say("{name} shares an access package of {organisation} with you:")
    organisation = plain(outcome.organisation, _LONGEST_NAME) or say("our organisation")
    said = phrase.format(name=_sender(outcome, say), organisation=organisation)
    return f"{said} {plain(outcome.package_name, _LONGEST_NAME)}".strip()


def _sender(outcome: PackageShared, say: Say) -> str:
    return plain(outcome.sender, _LONGEST_NAME) or say("our organisation")


def _message(outcome: PackageShared, say: Say) -> list[CardElement]:
    quoted = literal_paragraphs(outcome.message, _LONGEST_MESSAGE)
    source = say("{name} writes:").format(name=_sender(outcome, say))
    return [small(source), block(quoted, spacing="Small")] if quoted else []


def _how(say: Say) -> str:
    return say("On the page that opens choose Request, say why you need the access, and choose Submit.")
