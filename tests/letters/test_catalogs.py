import string

import pytest

from bot.domain.drafts import LANGUAGES
from letters import catalog
from letters.words import LOCALE, languages, translator, words
from tests.letters.extraction import phrases


def fields(phrase: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(phrase) if name is not None)


def read(language: str) -> catalog.Catalog:
    return catalog.read(LOCALE / language / "LC_MESSAGES" / "usher.po")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_translates_every_phrase_in_use_and_no_other(language: str) -> None:
    used = phrases()

    kept = read(language)

    assert set(kept.single) == {phrase[0] for phrase in used if len(phrase) == 1}
    assert {(one, kept.plural_ids[one]) for one in kept.plural} == {phrase for phrase in used if len(phrase) == 2}


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_fields_of_their_phrases(language: str) -> None:
    kept = read(language)

    assert [one for one, translated in kept.single.items() if fields(one) != fields(translated)] == []
    assert [one for one in kept.plural if fields(kept.plural_ids[one]) != fields(kept.plural[one][-1])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_has_two_plural_forms(language: str) -> None:
    kept = read(language)

    assert {len(forms) for forms in kept.plural.values()} == {2}


def test_every_language_an_admin_can_choose_has_a_catalog() -> None:
    assert languages() == set(LANGUAGES)


@pytest.mark.parametrize("tag", ["de", "de-AT", "DE_at", " de "])
def test_regions_speak_their_language(tag: str) -> None:
    assert translator(tag)("today") == "heute"


@pytest.mark.parametrize("tag", ["", "xx", "../de", "nl-NL", "\x00", "e" * 1000])
def test_an_unknown_language_is_answered_in_english(tag: str) -> None:
    assert words(tag).tag == "en"
    assert translator(tag)("Open My Apps") == "Open My Apps"


def test_french_counts_none_as_one() -> None:
    assert words("fr").many("a {count}", "b {count}", 0) == "a 0"
    assert words("de").many("a {count}", "b {count}", 0) == "b 0"


def test_a_fuzzy_translation_is_not_used() -> None:
    kept = catalog.parse('#, fuzzy\nmsgid "a"\nmsgstr "b"\n\nmsgid ""\n"c"\nmsgstr "d\\n"\n"e"\n')

    assert kept.single == {"c": "d\ne"}


@pytest.mark.parametrize("broken", ["msgid a", '"loose"', 'msgid "a"\nmsgid "b"', 'msgid "a\\x"', "nonsense"])
def test_a_broken_catalog_is_refused(broken: str) -> None:
    with pytest.raises(catalog.Malformed):
        catalog.parse(broken)
