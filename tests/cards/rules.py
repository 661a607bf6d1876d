"""What holds for every card Usher sends: limits of Teams, and what people need who read with a screen reader."""

import json
from collections.abc import Iterator
from typing import Any

Element = dict[str, Any]

BUTTONS = ("Action.Execute", "Action.Submit", "Action.OpenUrl", "Action.ToggleVisibility")


def elements(card: Any) -> Iterator[Element]:
    """Every JSON object in the card, but not what buttons send, nor the older button behind a button."""
    if isinstance(card, list):
        for each in card:
            yield from elements(each)
    elif isinstance(card, dict):
        yield card
        for name, value in card.items():
            if name not in ("data", "fallback"):
                yield from elements(value)


def of(card: Element, *types: str) -> list[Element]:
    """The elements of these types."""
    return [each for each in elements(card) if each.get("type") in types]


def markdown(card: Element) -> list[str]:
    """Every text that clients read markdown in. Labels, values and the choices of a filtered list are shown as is."""
    facts = [fact for facts in of(card, "FactSet") for fact in facts["facts"]]
    return [block["text"] for block in of(card, "TextBlock")] + [fact[part] for fact in facts for part in fact]


def broken(card: Element) -> list[str]:
    """Every rule this card breaks, in words."""
    return [*_text(card), *_inputs(card), *_buttons(card), *_whole(card)]


def _text(card: Element) -> Iterator[str]:
    for block in of(card, "TextBlock"):
        if block.get("wrap") is not True:
            yield f"text is cut off: {block}"
        if not block.get("text"):
            yield f"text block without text: {block}"
    for image in of(card, "Image"):
        if not image.get("altText"):
            yield f"image without altText: {image}"


def _inputs(card: Element) -> Iterator[str]:
    inputs = [each for each in elements(card) if str(each.get("type", "")).startswith("Input.")]
    for field in inputs:
        if not field.get("label") or not field.get("id"):
            yield f"input without label or id: {field}"
        if field.get("isRequired") and not field.get("errorMessage"):
            yield f"required input that cannot say what is wrong: {field}"
    names = [field.get("id") for field in inputs]
    if len(names) != len(set(names)):
        yield f"two inputs of one id: {names}"


def _buttons(card: Element) -> Iterator[str]:
    shown = of(card, *BUTTONS)
    if len(shown) > 6:
        yield f"{len(shown)} buttons"
    for button in shown:
        if not button.get("title"):
            yield f"button without a title: {button}"
        if button["type"] == "Action.OpenUrl" and not button["url"].startswith(("https://", "http://")):
            yield f"button to no web page: {button}"
        if button["type"] == "Action.Execute":
            yield from _execute(button)
        if button["type"] == "Action.Submit":
            yield f"submit without execute: {button}"


def _execute(button: Element) -> Iterator[str]:
    older = button.get("fallback", {})
    if older.get("type") != "Action.Submit":
        yield f"button without a fallback: {button}"
    for name in ("data", "title", "associatedInputs"):
        if older.get(name) != button.get(name):
            yield f"the fallback differs in {name}: {button}"
    data = button["data"]
    if data.get("v") != 1 or not data.get("verb") or data["verb"] != button.get("verb"):
        yield f"button without verb or version: {button}"


def _whole(card: Element) -> Iterator[str]:
    if (card.get("type"), card.get("version")) != ("AdaptiveCard", "1.5"):
        yield "no Adaptive Card 1.5"
    if not card.get("fallbackText"):
        yield "no fallbackText"
    if not card.get("body"):
        yield "nothing in it"
    size = len(json.dumps(card, ensure_ascii=False).encode())
    if size >= 25_000:
        yield f"{size} bytes"
    heard = of(card, "TextBlock")
    headed = any(block.get("style") == "heading" for block in heard)
    if len(heard) > 1 and not headed:
        yield "no heading"
