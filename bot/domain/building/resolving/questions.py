"""What a requestor is asked."""

from __future__ import annotations

import re

from bot.domain.building.drafts import NONE, QuestionWish
from bot.domain.building.resolving.inquiry import Inquiry
from bot.domain.building.terms import Choice, Question, QuestionKind, Translation

MOST_QUESTIONS = 50
"""Usher's own limit: Microsoft publishes none (https://learn.microsoft.com/entra/id-governance/governance-service-limits)."""
MOST_CHOICES = 100
MOST_CHARACTERS = 1000
_FIELD = "questions"
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)
_WITH_CHOICES = (QuestionKind.CHOICE, QuestionKind.SEVERAL)


def questions(
    inquiry: Inquiry, wishes: tuple[QuestionWish, ...], earlier: tuple[tuple[QuestionWish, Question], ...]
) -> tuple[Question, ...]:
    """The questions; one said as before is as before, one with the text of an earlier one keeps its id."""
    if wishes == (QuestionWish(NONE),):
        return ()
    if len(wishes) > MOST_QUESTIONS:
        said = f"{len(wishes)} questions are too many: Microsoft names no limit, but nobody answers that many."
        inquiry.problem(_FIELD, f"{said} Usher takes up to {MOST_QUESTIONS} in one policy.")
        return ()
    rest = list(earlier)
    made: list[Question] = []
    for place, wish in enumerate(wishes):
        same = next((pair for pair in rest if pair[0] == wish), None)
        if same is None:
            same = next((pair for pair in rest if pair[0].text == wish.text and pair[0] not in wishes[place:]), None)
        if same is not None:
            rest.remove(same)
        made.append(same[1] if same and same[0] == wish else _question(inquiry, wish, place + 1, same and same[1]))
    return tuple(made)


def _question(inquiry: Inquiry, wish: QuestionWish, number: int, was: Question | None) -> Question:
    say = _Saying(inquiry, number)
    if not wish.text.strip():
        say.problem("write the question.")
    elif len(wish.text) > MOST_CHARACTERS:
        say.problem(f"keep it under {MOST_CHARACTERS} characters.")
    kind = _kind(say, wish)
    if wish.pattern and kind is not QuestionKind.SHORT:
        say.problem("only a short text can be checked against a pattern.")
    return Question(
        text=wish.text.strip(),
        kind=kind,
        required=inquiry.yes(_FIELD, wish.required, usual=False),
        choices=_choices(say, wish),
        translations=_translations(say, wish.translations),
        id=was.id if was else "",
        pattern=wish.pattern,
        editable=inquiry.yes(_FIELD, wish.editable, usual=True),
    )


class _Saying:
    """Problems of one question."""

    def __init__(self, inquiry: Inquiry, number: int) -> None:
        self._inquiry = inquiry
        self._number = number

    def problem(self, text: str) -> None:
        self._inquiry.problem(_FIELD, f"Question {self._number}: {text}")


def _kind(say: _Saying, wish: QuestionWish) -> QuestionKind:
    usual = QuestionKind.CHOICE if wish.choices else QuestionKind.SHORT
    kinds = {kind.value: kind for kind in QuestionKind}
    if wish.kind and wish.kind not in kinds:
        say.problem(f"it is a text, long, choice or several, not “{wish.kind[:40]}”.")
        return usual
    kind = kinds.get(wish.kind, usual)
    if kind in _WITH_CHOICES and not wish.choices:
        say.problem("give the choices.")
    elif wish.choices and kind not in _WITH_CHOICES:
        say.problem("a text has no choices. Make it a choice, or leave them out.")
    return kind


def _choices(say: _Saying, wish: QuestionWish) -> tuple[Choice, ...]:
    values = dict(wish.choice_values)
    texts = [text.strip() for text in wish.choices]
    stored = [values.get(text, text) for text in texts]
    if len(texts) > MOST_CHOICES:
        say.problem(f"at most {MOST_CHOICES} choices fit.")
    elif not all(texts):
        say.problem("a choice is empty.")
    elif len(set(texts)) < len(texts) or len(set(stored)) < len(stored):
        say.problem("two choices are the same.")
    unknown = next((one[0] for one in wish.choice_translations if one[0] not in texts), None)
    if unknown is not None:
        say.problem(f"“{unknown[:60]}” is translated, but is none of the choices.")
    return tuple(
        Choice(value, text, _translations(say, tuple(one[1:] for one in wish.choice_translations if one[0] == text)))
        for text, value in zip(texts, stored, strict=True)
    )


def _translations(say: _Saying, given: tuple[tuple[str, str], ...]) -> tuple[Translation, ...]:
    tags = [tag.casefold() for tag, _ in given]
    for tag, text in given:
        if not _TAG.fullmatch(tag):
            say.problem(f"“{tag[:40]}” is no language. Write it like de or pt-BR.")
        elif not text.strip():
            say.problem(f"the text in {tag} is empty.")
        elif tags.count(tag.casefold()) > 1:
            say.problem(f"there are two texts in {tag}.")
    return tuple(Translation(tag, text.strip()) for tag, text in given)
