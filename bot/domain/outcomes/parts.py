"""What outcomes are made of: tones, buttons, choices, findings and entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Tone(StrEnum):
    """How a message is meant; shown as icon and word, never by colour alone."""

    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    WORKING = "working"


class Style(StrEnum):
    """How a button looks."""

    PLAIN = "default"
    PRIMARY = "positive"
    DANGER = "destructive"


@dataclass(frozen=True, slots=True)
class Press:
    """A button. `verb` and `data` come back as the turn's value when pressed; with `url` it opens that instead.

    `data` must hold only JSON text, numbers and booleans, and never anything the server must trust.
    """

    title: str
    verb: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a choice set."""

    title: str
    value: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, or is expected (`at` None)."""

    at: datetime | None
    text: str
    tone: Tone = Tone.INFO


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact that stands between a guest and the application, or that is in order, and the way on."""

    text: str
    tone: Tone
    presses: tuple[Press, ...] = ()
    code: str = ""
