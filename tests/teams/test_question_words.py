"""What typed words mean while it is asked what becomes of an open draft."""

from __future__ import annotations

import pytest

from bot.domain.outcomes import DraftsOpen, Press, Said
from bot.teams.question_dialog import answer_meant, options_of

ANEW = Press("Start anew", "package.anew", {"catalog": "c-1"})


def meant(words: str, *drafts: str) -> str:
    """The verb and the draft that these words press, "" for none."""
    presses = tuple(Press(f"Go on with “{name}”", "package.continue", {"build": name}) for name in drafts)
    stored = options_of(DraftsOpen(Said("Go on?", presses=(*presses, ANEW))), "card-1", earlier="", build="")
    found = answer_meant(words, stored["answers"])
    return f"{found['verb']} {found.get('build', '')}".strip() if found else ""


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ("next", "package.continue Audit"),
        ("Go on!", "package.continue Audit"),
        ("go on with “Audit”", "package.continue Audit"),
        ("audit", "package.continue Audit"),
        ("anew", "package.anew"),
        ("Start anew", "package.anew"),
        ("help", ""),
        ("", ""),
    ],
)
def test_words_press_the_button_they_mean(words: str, verb: str) -> None:
    assert meant(words, "Audit") == verb


def test_of_two_drafts_one_is_named() -> None:
    assert meant("next", "Audit", "Partners") == ""
    assert meant("Partners", "Audit", "Partners") == "package.continue Partners"
