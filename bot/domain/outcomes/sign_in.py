"""What needing somebody's own sign-in comes to."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.outcomes.general import Said


@dataclass(frozen=True, slots=True)
class SignIn:
    """The question to sign in. Teams answers it by itself where `exchange_id` and `exchange_uri` are given.

    `link` opens the page to sign in on; whoever has it could sign in for this person's chat, so it is not to be logged.
    """

    text: str
    connection: str
    link: str = field(repr=False)
    exchange_id: str = ""
    exchange_uri: str = ""


@dataclass(frozen=True, slots=True)
class GoingOn:
    """What waited for this person's sign-in is tried again as soon as `said` stands; `trigger` is this one try."""

    said: Said
    person_id: str
    trigger: str
