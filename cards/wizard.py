"""The wizard that describes an access package: one card, replaced page by page."""

from __future__ import annotations

from typing import Any

from bot.domain.building.pages import ORDER, Page
from bot.domain.outcomes import Press, Style, WizardPage
from cards.elements import CardElement, finished, heading, small, words
from cards.literal import plain
from cards.presses import action, row
from cards.wizard_pages import basics, lifecycle, questions, requests, resources

_BODIES = {
    Page.BASICS: basics.body,
    Page.RESOURCES: resources.body,
    Page.REQUESTS: requests.body,
    Page.QUESTIONS: questions.body,
    Page.LIFECYCLE: lifecycle.body,
}
_MOST_NOTES = 5
_LONGEST_NOTE = 200


def card(outcome: WizardPage) -> dict[str, Any]:
    """Where one is, the fields of the page, and the way on."""
    fill = _BODIES.get(outcome.page)
    body: list[CardElement] = [
        *head(outcome.page, outcome.draft.name, changing=outcome.changing),
        *(words(note) for note in _notes(outcome)),
        *(fill(outcome) if fill else []),
        *row([action(press, with_inputs=press.verb != "package.drop") for press in _presses(outcome)]),
    ]
    return finished(body, text(outcome))


def head(page: Page, name: str, *, changing: bool = False) -> list[CardElement]:
    """The title, the step in words, and the way with what is behind and ahead."""
    return [heading(_title(name, changing=changing)), words(step(page), bold=True), small(way(page, changing=changing))]


def _title(name: str, *, changing: bool) -> str:
    what = "Change access package" if changing else "New access package"
    return f"{what}: {name}" if name else what


def step(page: Page) -> str:
    """Which page of how many."""
    return f"Step {page.number} of {len(ORDER)}: {page.heading}"


def way(page: Page, *, changing: bool = False) -> str:
    """All pages in order, those behind ticked, the present one marked."""
    headings = {one: one.heading for one in ORDER} | ({Page.REVIEW: "Review + change"} if changing else {})
    return " → ".join(f"{_mark(one, page)}{headings[one]}" for one in ORDER)


def _mark(one: Page, page: Page) -> str:
    return "✔ " if one.number < page.number else "▶ " if one is page else ""


def text(outcome: WizardPage) -> str:
    """Where one is, what is wrong, and what can be typed in place of filling in the page."""
    title = _title(plain(outcome.draft.name, 120), changing=outcome.changing)
    problems = [f"✖ Problem: {plain(said, 200)}" for said in outcome.problems.values()]
    typed = (
        'Fill in the page, or type: next, back, cancel, the name of a page, or settings such as days:14 app:"App4Guest"'
    )
    return "\n".join([title, step(outcome.page), *_notes(outcome), *problems[:10], typed])


def _notes(outcome: WizardPage) -> list[str]:
    """Notes, and problems of fields that stand on no page."""
    return [f"● {plain(note, _LONGEST_NOTE)}" for note in outcome.notes[:_MOST_NOTES]]


def _presses(outcome: WizardPage) -> list[Press]:
    data = sent(outcome.build_id, outcome.stamp, outcome.page)
    if outcome.editing is not None:
        data["editing"] = str(outcome.editing)
    asked = bool(outcome.draft.questions)
    presses = [Press("Next", "package.next", data, style=Style.PRIMARY)]
    if outcome.page is not Page.BASICS:
        presses.append(Press("Back", "package.back", data))
    if outcome.page is Page.RESOURCES:
        presses.append(Press("Add or update", "package.update", data))
    elif outcome.page is Page.QUESTIONS and outcome.editing is not None:
        presses += [Press("Save question", "package.update", data), Press("Remove question", "package.unask", data)]
    elif outcome.page is Page.QUESTIONS:
        presses.append(Press("Add question", "package.update", data))
        presses += [Press("Change question", "package.pick", data)] if asked else []
    return [*presses, Press("Cancel", "package.drop", data)]


def sent(build_id: str, stamp: str, page: Page) -> dict[str, Any]:
    """What every button of the wizard carries: which draft, in which state, on which page."""
    return {"build": build_id[:80], "stamp": stamp[:40], "page": page.value}
