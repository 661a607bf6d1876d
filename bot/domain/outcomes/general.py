"""Outcomes any command may come to: plain words, help, work in progress."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.outcomes.parts import Press, Tone


@dataclass(frozen=True, slots=True)
class Said:
    """A few plain words, with the next steps as buttons: answers, refusals, findings, confirmations."""

    title: str
    text: str = ""
    tone: Tone = Tone.INFO
    facts: tuple[tuple[str, str], ...] = ()
    points: tuple[str, ...] = ()
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True)
class Help:
    """What this person may do: (sentence to type, what it does) pairs, and what they may not and why.

    `instead`: what they asked for, which is not for them.
    """

    name: str
    lines: tuple[tuple[str, str], ...]
    closed: tuple[tuple[str, str], ...] = ()
    presses: tuple[Press, ...] = ()
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Working:
    """Shown while a slower answer is on its way, then replaced by it."""

    text: str
