"""The bot's mention goes; everything else a person wrote stays."""

from hypothesis import given
from hypothesis import strategies as st

from bot.teams.mentions import without_mention

BOT = "28:usher"


def mention(text: object, who: object = BOT) -> dict[str, object]:
    return {"type": "mention", "text": text, "mentioned": {"id": who, "name": "Guest"}}


def test_the_bots_name_inside_an_address_stays() -> None:
    words = without_mention("<at>Guest</at>\xa0invite Guest@x.com", [mention("<at>Guest</at>")], BOT)

    assert words == "invite Guest@x.com"


def test_a_bare_name_as_mention_goes_once() -> None:
    words = without_mention("Guest invite Guest@x.com", [mention("Guest")], BOT)

    assert words == "invite Guest@x.com"


def test_other_peoples_mentions_stay() -> None:
    text = "<at>Usher</at> invite <at>Megan</at>"

    words = without_mention(text, [mention("<at>Megan</at>", "29:megan"), mention("<at>Usher</at>")], BOT)

    assert words == "invite <at>Megan</at>"


def test_a_mention_in_the_middle_and_twice_goes() -> None:
    words = without_mention("hi <at>U</at>, <at>U</at> help", [mention("<at>U</at>"), mention("<at>U</at>")], BOT)

    assert words.split() == ["hi", ",", "help"]


def test_no_text_and_odd_entities_are_no_words() -> None:
    assert without_mention(None, None, BOT) == ""
    assert without_mention("x", [{"type": "mention"}, mention(None), mention(""), mention(7)], BOT) == "x"


@given(st.text(max_size=60))
def test_text_without_a_mention_is_only_trimmed(text: str) -> None:
    assert without_mention(text, [], BOT) == text.replace("\xa0", " ").strip()
