import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cards.literal import clipped, literal, literal_paragraphs, plain, plain_lines

#: "js-default" is what Microsoft's web renderer sets up: markdown-it, without HTML.
RENDERERS = [MarkdownIt("commonmark", {"html": False}), MarkdownIt("js-default")]
NASTY = st.text(alphabet=st.sampled_from("ab1 ._*[]()<>&#;:/\\`~|!-+={}@\n\t\"'\u202e"), max_size=40)
ANY = NASTY | st.text(max_size=60)


def shown(markdown: str) -> list[str]:
    """What a reader sees, paragraph by paragraph; fails on anything that is more than text."""
    (first, *others) = [_paragraphs(renderer, markdown) for renderer in RENDERERS]
    assert all(other == first for other in others)
    return first


def _paragraphs(renderer: MarkdownIt, markdown: str) -> list[str]:
    found = []
    for token in renderer.parse(markdown):
        assert token.type in ("paragraph_open", "inline", "paragraph_close"), token
        for child in token.children or []:
            assert child.type in ("text", "text_special"), child
        if token.type == "inline":
            found.append("".join(child.content for child in token.children or []))
    return found


@pytest.mark.parametrize(
    "typed",
    [
        "[click](http://evil.example)",
        "**x**",
        "__x__",
        "_x_",
        "<at>Alex</at>",
        "<script>alert(1)</script>",
        "`code`",
        "# heading",
        "1. one",
        "- one",
        "+ one",
        "> quote",
        "---",
        "~~gone~~",
        "![x](https://evil.example/x.png)",
        "&lt;b&gt; &#42;",
        "a\\*b",
        "<https://evil.example>",
        "[x]: https://evil.example",
        "{{DATE(2026-11-23T09:00:00Z, SHORT)}}",
    ],
)
def test_markdown_in_a_name_shows_literally(typed: str) -> None:
    assert shown(literal(typed)) == [typed]


@given(ANY)
@example("*")
@example("1)")
@example("a_b@c.com _x")
def test_any_text_shows_as_it_was_typed(typed: str) -> None:
    expected = plain(typed)

    assert shown(literal(typed)) == ([expected] if expected else [])


@given(ANY)
def test_any_message_shows_line_by_line_as_it_was_typed(typed: str) -> None:
    assert shown(literal_paragraphs(typed)) == plain_lines(typed)


@given(ANY)
def test_no_client_works_a_date_out_of_what_was_typed(typed: str) -> None:
    assert not re.search(r"\{\{", literal(typed))


def test_addresses_with_underscores_stay_as_they_are() -> None:
    assert literal("ana_silva@fabrikam.com") == "ana_silva@fabrikam.com"


@given(st.text(max_size=200))
def test_plain_text_holds_no_control_characters(typed: str) -> None:
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]", plain(typed))


@given(st.text(max_size=200), st.integers(1, 50))
def test_clipped_text_never_exceeds_its_limit(typed: str, limit: int) -> None:
    cut = clipped(typed, limit)

    assert len(cut) <= limit
    assert cut == typed or cut.endswith("…")
