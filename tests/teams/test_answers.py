"""Which typed words an open form is asked about."""

from __future__ import annotations

import pytest

from bot.commands import dispatch
from bot.domain.outcomes import Said
from bot.domain.turns import Caller, Conversation, Place, Turn
from bot.teams.answers import is_for_form


def typed(words: str) -> Turn:
    return Turn("key", Caller("alex"), Conversation("a:1", Place.PERSONAL, "{}"), words=words)


@pytest.mark.parametrize("beginning", ['package new "Other" description:', "invite ana@fabrikam.com because ", "d"])
def test_a_sentence_that_is_too_long_leaves_the_open_form_as_it_is(beginning: str) -> None:
    turn = typed(beginning + "d" * dispatch.MOST_WORDS)

    answer = dispatch.find(turn)

    assert not is_for_form(turn)
    assert isinstance(answer, Said)
    assert "too long" in answer.title


@pytest.mark.parametrize("words", ["for 5 days", "days:30", "back", "Invited users package"])
def test_words_that_no_command_begins_with_are_for_the_form(words: str) -> None:
    assert is_for_form(typed(words))
