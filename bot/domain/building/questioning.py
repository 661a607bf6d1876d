"""A question as one text, for the sentence and for a field of a form.

`Why?` is a short text, a trailing `*` makes it required, `(long)` a long text; choices follow `=`, parted by `|`:
`Which team?=Design|Build*`, several of them with `(several)`. Other languages stand in square brackets behind what they
translate: `Which team? [de: Welches Team?]=Design [de: Entwurf]|Build`. A backslash takes one of these signs as text.
"""

from __future__ import annotations

import re

from bot.domain.building.drafts import QuestionWish

_MARKS = "\\*=|[]()"
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_TRANSLATION = re.compile(r"\[\s*([a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*)\s*:([^\[\]]*)\]")
_KIND = re.compile(r"\(\s*(text|short|long|several|choice|multiple|required|optional|fixed)\s*\)\s*$", re.IGNORECASE)
_WORDS = {"short": "text", "multiple": "several"}
# Characters no keyboard types stand for escaped ones while the rest is taken apart.
_HIDE = {mark: chr(0xE000 + place) for place, mark in enumerate(_MARKS)}
_SHOW = {ord(hidden): mark for mark, hidden in _HIDE.items()}


def read(text: str) -> QuestionWish:
    """The question this text describes; never raises."""
    rest = _ESCAPED.sub(lambda found: _HIDE.get(found[1], found[1]), text).strip()
    kind = required = editable = ""
    while rest:
        if rest.endswith("*"):
            required, rest = "yes", rest[:-1].rstrip()
        elif found := _KIND.search(rest):
            word = found[1].casefold()
            rest = rest[: found.start()].rstrip()
            match word:
                case "required" | "optional":
                    required = "yes" if word == "required" else "no"
                case "fixed":
                    editable = "no"
                case _:
                    kind = _WORDS.get(word, word)
        else:
            break
    asked, _, offered = rest.partition("=")
    words, translations = _translated(asked)
    choices = [_translated(one) for one in offered.split("|")] if offered.strip() else []
    return QuestionWish(
        text=words,
        kind=kind or ("choice" if choices else ""),
        required=required,
        choices=tuple(choice for choice, _ in choices),
        translations=translations,
        choice_translations=tuple((choice, tag, said) for choice, others in choices for tag, said in others),
        editable=editable,
    )


def _translated(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    others = tuple((tag, said.translate(_SHOW).strip()) for tag, said in _TRANSLATION.findall(text))
    return _TRANSLATION.sub("", text).translate(_SHOW).strip(), others


def written(question: QuestionWish) -> str:
    """The text that `read` reads as this question; a pattern and stored values of choices are left out."""
    said = _with_others(question.text, question.translations)
    if question.choices:
        others = question.choice_translations
        offered = [
            _with_others(one, tuple(other[1:] for other in others if other[0] == one)) for one in question.choices
        ]
        said += f"={'|'.join(offered)}"
    if question.kind and question.kind != ("choice" if question.choices else ""):
        said += f" ({question.kind})"
    if question.editable == "no":
        said += " (fixed)"
    return said + {"yes": "*", "no": " (optional)"}.get(question.required, "")


def _with_others(text: str, others: tuple[tuple[str, str], ...]) -> str:
    return _escaped(text) + "".join(f" [{tag}: {_escaped(said)}]" for tag, said in others)


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in _MARKS else char for char in text)
