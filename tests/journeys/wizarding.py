"""Fill in the wizard as a client does: every input of the card is sent, with what a person changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.journeys.stage import Stage, actions, until

APP = "66666666-6666-4666-8666-666666666661"
GENERAL = "88888888-8888-4888-8888-888888888881"
PARTNERS = "88888888-8888-4888-8888-888888888882"
READERS = "77777777-7777-4777-8777-777777777771"
ANSWERED = {
    "basics": {},
    "resources": {"add.app": APP},
    "requests": {"audience": "all-users", "requests": "yes", "approval": "no"},
    "questions": {},
    "lifecycle": {"ends": "days", "length": "14", "timeline": "yes", "review.frequency": "no"},
}
"""What the article's package says on each page."""
STEPS = {
    "basics": "Step 1 of 6: Basics",
    "resources": "Step 2 of 6: Resource roles",
    "requests": "Step 3 of 6: Requests",
    "questions": "Step 4 of 6: Requestor information",
    "lifecycle": "Step 5 of 6: Lifecycle",
    "review": "Step 6 of 6: Review + create",
}


class Wizard:
    """One card of the wizard in one person's chat."""

    def __init__(self, stage: Stage, who: str, card: str) -> None:
        self.stage = stage
        self.who = who
        self.card = card

    @classmethod
    def opened(cls, stage: Stage, who: str = "alex", **place: Any) -> Wizard:
        """A new draft's first page; drafts of earlier journeys are dropped."""
        before = set(stage.cards(who))
        stage.say(who, "package new", **place)
        card = until(lambda: _fresh(stage, who, before), what="the wizard opens")
        wizard = cls(stage, who, card)
        if "Start anew" in wizard.buttons():
            wizard.press("Start anew")
        wizard.shows(STEPS["basics"])
        return wizard

    @classmethod
    def said(cls, stage: Stage, sentence: str, *words: str, who: str = "alex") -> Wizard:
        """The card that answers a sentence."""
        return cls(stage, who, stage.ask(who, f"package new {sentence}", *words))

    def to(self, page: str, name: str) -> Wizard:
        """Everything before this page is filled in as the article does, and Next is pressed."""
        for one, answers in ANSWERED.items():
            if one == page:
                break
            self.next(**({"name": name} if one == "basics" else {}), **answers)
            self.shows(STEPS[list(STEPS)[list(STEPS).index(one) + 1]])
        return self

    def next(self, **changed: str) -> Any:
        """Press Next."""
        return self.press("Next", **changed)

    def press(self, title: str, *, who: str = "", **changed: str) -> Any:
        """Press a button; inputs go along where the button takes them."""
        content = self.stage.card(self.who, self.card)
        action = next(one for one in actions(content) if one.get("title") == title)
        inputs = self.fields() | changed if action.get("associatedInputs") != "none" else {}
        data = {**inputs, **action.get("data", {}), "verb": action.get("verb")}
        return self.stage.execute(who or self.who, data, card=self.card)

    def send(self, data: dict[str, Any], *, who: str = "") -> Any:
        """What somebody's own program would send from this card."""
        return self.stage.execute(who or self.who, data, card=self.card)

    def data(self, title: str) -> dict[str, Any]:
        """What a button carries."""
        action = next(one for one in actions(self.stage.card(self.who, self.card)) if one.get("title") == title)
        return {**action["data"], "verb": action["verb"]}

    def buttons(self) -> list[str]:
        return self.stage.titles(self.who, self.card)

    def fields(self) -> dict[str, str]:
        """What the card's inputs hold."""
        return {one["id"]: one.get("value", "") for one in _inputs(self.stage.card(self.who, self.card))}

    def choices(self, name: str) -> dict[str, str]:
        """Title -> value of a list."""
        found = next(one for one in _inputs(self.stage.card(self.who, self.card)) if one["id"] == name)
        return {one["title"]: one["value"] for one in found["choices"]}

    def words(self) -> str:
        return self.stage.words(self.who, self.card)

    def shows(self, *words: str) -> Wizard:
        """Wait until the card holds all these words."""

        def there() -> bool:
            return all(word in self.words() for word in words)

        try:
            until(there, what=f"the card shows {words}")
        except AssertionError as error:
            raise AssertionError(f"{error}; it says:\n{self.words()}") from None
        return self


def _fresh(stage: Stage, who: str, before: set[str]) -> str:
    cards = [name for name in stage.cards(who) if name not in before]
    return next((name for name in cards if {"Next", "Start anew"} & set(stage.titles(who, name))), "")


def _inputs(content: Any) -> Iterator[dict[str, Any]]:
    if isinstance(content, dict):
        if str(content.get("type", "")).startswith("Input."):
            yield content
        for part in content.values():
            yield from _inputs(part)
    elif isinstance(content, list):
        for part in content:
            yield from _inputs(part)
