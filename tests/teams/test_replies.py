"""Whatever a command comes to is shown."""

from __future__ import annotations

from typing import get_args

from bot.domain.outcomes import (
    BuildNote,
    DraftsOpen,
    FileOffer,
    FileSaved,
    GoingOn,
    Mentioned,
    Outcome,
    Said,
    Several,
    SignIn,
)
from bot.teams.replies import CARDS, SPOKEN, reply_to

WITHOUT_A_CARD_OF_THEIR_OWN = {BuildNote, DraftsOpen, FileOffer, FileSaved, Mentioned, Several, GoingOn, SignIn}


def test_every_kind_of_outcome_is_shown_in_one_way() -> None:
    ways = [*CARDS, *SPOKEN, *WITHOUT_A_CARD_OF_THEIR_OWN]

    assert set(ways) == set(get_args(Outcome))
    assert len(ways) == len(set(ways))


def test_several_outcomes_show_as_the_first_and_none_as_nothing() -> None:
    first, nothing = (reply_to(Several(parts), str) for parts in ((Said("One"), Said("Two")), ()))

    assert (first.text, nothing.text) == ("● One", "● Nothing to show")
