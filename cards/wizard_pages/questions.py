"""Requestor information: the questions so far, and an editor for one."""

from __future__ import annotations

from bot.domain.building.drafts import QuestionWish
from bot.domain.outcomes import Choice, WizardPage
from cards import fields
from cards.elements import CardElement, small, subheading, words
from cards.literal import plain
from cards.wizard_pages.entries import entry, more, pick, problem

_MOST = 12
KINDS = {
    "text": "Short text",
    "long": "Long text",
    "choice": "One of several choices",
    "several": "Any of several choices",
}


def body(outcome: WizardPage) -> list[CardElement]:
    """What is asked already, then the editor: of a new question, or of the one that is being changed."""
    asked = outcome.draft.questions
    shown: list[CardElement] = (
        [] if asked else [words("You can ask requestors something. Without questions, press Next.")]
    )
    for at, one in enumerate(asked[:_MOST]):
        shown.append(words(f"{at + 1}. {line(one)}"))
    if len(asked) > _MOST:
        shown.append(small(f"and {len(asked) - _MOST} more"))
    shown += problem(outcome, "questions")
    if asked and outcome.editing is None:
        numbered = [Choice(f"{at + 1}. {plain(one.text, 50)}", str(at)) for at, one in enumerate(asked)]
        shown.append(fields.one_of("pick", "Question to change or remove", numbered, "", short=True, room=2500))
    return [*shown, *_editor(outcome)]


def line(question: QuestionWish) -> str:
    """One question on one line."""
    kind = KINDS.get(question.kind, KINDS["text"]).casefold()
    choices = f": {', '.join(question.choices)}" if question.choices else ""
    needed = "must be answered" if question.required == "yes" else "may be left empty"
    return f"{plain(question.text, 120)} ({plain(kind + choices, 120)}; {needed})"


def _editor(outcome: WizardPage) -> list[CardElement]:
    at, asked = outcome.editing, outcome.draft.questions
    changing = at is not None and at < len(asked)
    one = asked[at] if at is not None and at < len(asked) else QuestionWish("")
    kinds = [Choice(title, kind) for kind, title in KINDS.items()]
    needed = fields.toggle("question.required", "Answer", "It must be answered", on=one.required == "yes")
    choices = entry(
        outcome, "question.choices", "Choices, one on each line", "\n".join(one.choices), limit=1000, lines=True
    )
    translated = "\n".join(f"{language}: {said}" for language, said in one.translations)
    rarer = entry(
        outcome,
        "question.translations",
        "Translations of the question, one on each line",
        translated,
        placeholder="de: Wozu brauchen Sie den Zugriff?",
        limit=1000,
        lines=True,
    )
    return [
        subheading(f"Question {(at or 0) + 1}" if changing else "A new question"),
        *entry(outcome, "question.text", "Question", one.text, limit=500),
        *pick(outcome, "question.kind", "Answered with", kinds, one.kind or "text"),
        needed,
        *choices,
        *more("Translations", rarer, shown=bool(one.translations)),
    ]
