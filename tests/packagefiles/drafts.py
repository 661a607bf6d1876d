"""Any package as a draft, the way `describing` writes one: what a file must carry there and back."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.domain.building.drafts import (
    AUDIENCES,
    NONE,
    PackageDraft,
    PolicyWish,
    QuestionWish,
    ResourceWish,
    ReviewWish,
    StageWish,
)
from bot.domain.building.terms import Frequency, Moment

_ODD = st.sampled_from(
    """yes|no|null|~|0x1f|1e3|2027-01-01|- a|#x|a #b|'|"|\\|{}|[a,b]|a, b|&a|*b|!c|%d|@e|`f|>|?|<<|=|...|---|Zoë|日本|😀|Off
|12:30|ends:|a: b|:starts|,|<b>|14 days|a\tb|a\nb|\u2028x|x\u200by|\u202ertl|\x85z|two  spaces""".split("|")
)
texts = (
    (_ODD | st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), min_size=1, max_size=30))
    .map(str.strip)
    .filter(lambda text: text not in ("", NONE))
)
_yes_no = st.sampled_from(["yes", "no"])
_people = st.lists(texts, max_size=2, unique=True).map(tuple)
_lengths = st.builds(lambda amount, unit: f"{amount}{unit}", st.integers(1, 999), st.sampled_from(["", "h", "m", "s"]))
_tags = st.sampled_from(["de", "fr", "pt-BR", "no", "y"])
_translations = st.dictionaries(_tags, texts, max_size=3).map(lambda given: tuple(given.items()))
stages = st.builds(
    StageWish, _people, _people, _people, _lengths, st.just("") | _lengths, _yes_no, alternate_fallbacks=_people
)


@st.composite
def questions(draw: st.DrawFn) -> QuestionWish:
    choices = tuple(draw(st.lists(texts, max_size=4, unique=True)))
    some = st.sampled_from(choices) if choices else st.nothing()
    valued = draw(st.dictionaries(some, texts, max_size=2)) if choices else {}
    translated = draw(st.dictionaries(some, _translations, max_size=2)) if choices else {}
    return QuestionWish(
        draw(texts),
        draw(st.sampled_from(["text", "long", "choice", "several"])),
        draw(_yes_no),
        choices,
        draw(_translations),
        tuple((one, tag, said) for one in choices for tag, said in translated.get(one, ())),
        tuple((one, valued[one]) for one in choices if one in valued),
        draw(st.just("") | texts),
        draw(_yes_no),
    )


reviews = st.just(ReviewWish("no")) | st.builds(
    ReviewWish,
    st.sampled_from([one.value for one in Frequency]),
    _people,
    _lengths,
    st.sampled_from(["keep", "remove", "recommend"]),
    _people,
    _yes_no,
    _yes_no,
    st.sampled_from(["", "2027-01-31", "2027-01-31T10:00:00+01:00"]),
)


@st.composite
def policies(draw: st.DrawFn, name: str | None = None) -> dict[str, object]:
    asked = draw(st.lists(stages, max_size=2))
    ends = draw(st.sampled_from(["days", "hours", "date", "never"]))
    length = {"days": draw(st.integers(1, 999).map(str)), "hours": draw(_lengths.filter(lambda one: one[-1] != "h"))}
    if ends == "days" or length["hours"].isdigit():
        length["hours"] = str(draw(st.integers(1, 999)))
    return {
        "policy": name or draw(texts),
        "policy_description": draw(st.just("") | texts),
        "audience": draw(st.sampled_from(sorted(AUDIENCES)) | st.just("allDirectoryAgentIdentities")),
        "targets": draw(_people),
        "approve": "yes" if asked else "no",
        "stages": tuple(asked),
        "requests": draw(_yes_no),
        "justification": draw(_yes_no),
        "questions": tuple(draw(st.lists(questions(), max_size=2))),
        "ends": ends,
        "length": length.get(ends, ""),
        "until": draw(st.sampled_from(["2027-12-24", "2027-12-24T10:00:00+01:00"])) if ends == "date" else "",
        "timeline": draw(_yes_no),
        "extend": draw(st.sampled_from(["yes", "no", "approval"])),
        "review": draw(reviews),
        "extensions": tuple(
            draw(st.lists(st.tuples(st.sampled_from([one.value for one in Moment]), texts), max_size=2))
        ),
    }


@st.composite
def drafts(draw: st.DrawFn) -> PackageDraft:
    names = draw(st.lists(texts, min_size=1, max_size=2, unique_by=str.casefold))
    first, *others = [draw(policies(name)) for name in names]
    kinds = st.sampled_from(["app", "group", "site"])
    return PackageDraft(
        name=draw(texts),
        description=draw(st.just("") | texts),
        catalog=draw(texts),
        hidden=draw(_yes_no),
        resources=tuple(draw(st.lists(st.builds(ResourceWish, kinds, texts, texts), max_size=3))),
        incompatible_packages=draw(_people),
        incompatible_groups=draw(_people),
        others=tuple(PolicyWish(**one) for one in others),
        **first,
    )
