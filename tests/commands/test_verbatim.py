"""What stands behind a command that takes a text is taken to the letter; every other sentence is cleaned."""

from __future__ import annotations

import pytest

from bot.commands import dispatch
from bot.domain.outcomes import Said
from bot.domain.turns import Caller, Conversation, Place, SentFile, Turn

TEXT = "  name: ﬁne ²\n\tcatalog: General"


def found(words: str, *files: SentFile) -> dispatch.Found | Said:
    chat = Conversation("a:1", Place.PERSONAL, "{}")
    return dispatch.find(Turn("k", Caller("1"), chat, words=words, files=files))


@pytest.mark.parametrize("verb", ["package apply", "Package  Apply", "package diff", " packages apply"])
def test_lines_letters_and_indentation_stay(verb: str) -> None:
    one = found(f"{verb}\n{TEXT}")

    assert isinstance(one, dispatch.Found)
    assert one.words == TEXT
    assert one.command.name in ("package apply", "package diff")


def test_a_text_may_begin_in_the_line_of_its_command() -> None:
    one = found("package apply ```yaml\nname: a```")

    assert isinstance(one, dispatch.Found)
    assert one.words == "```yaml\nname: a```"


def test_a_text_as_long_as_a_message_is_read_and_a_longer_one_refused() -> None:
    long = found("package diff\n" + "x" * 150_000)
    longer = found("package diff\n" + "x" * 250_000)

    assert isinstance(long, dispatch.Found)
    assert isinstance(longer, Said)
    assert "too long" in longer.title


def test_any_other_command_keeps_its_limit() -> None:
    one = found("packages " + "x" * 5000)

    assert isinstance(one, Said)
    assert "too long" in one.title


def test_a_file_without_words_is_asked_about() -> None:
    one = found("", SentFile("a.yaml", "https://contoso.sharepoint.com/a"))

    assert isinstance(one, Said)
    assert "package apply" in one.text
