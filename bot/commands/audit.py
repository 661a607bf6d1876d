"""`audit`: who did what, when, from which message, with what result; as a file for spreadsheets, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.filing import offered
from bot.commands.filing.offered import Answer
from bot.commands.recording import Found, names_of, understood
from bot.domain.audit import AuditEntry
from bot.domain.outcomes import (
    FileOffer,
    Outcome,
    PackageFile,
    Press,
    RecordPage,
    RecordRow,
    Said,
    Tone,
    weight,
)
from bot.domain.outcomes.filing import LONGEST_PART
from bot.domain.record import LONGEST, About, Question, read, tone_of
from bot.domain.record_csv import written
from bot.domain.turns import Place

USAGE = "audit ana@fabrikam.com"
PAGE = 10
MOST_LINES = 10_000
"""Entries of one file; a longer one is asked for in parts, by days."""
_PAGE, _CSV, _FILE = "audit.page", "audit.csv", "audit.file"
_NAME = "record.csv"


@dataclass(frozen=True, slots=True)
class Wish:
    """A question, the page of it, and whether a file is wanted.

    `before`: the number of the last entry already shown, 0 on the first page. `answer`: once the file was offered.
    """

    question: Question
    before: int = 0
    as_file: bool = False
    answer: Answer | None = None


def parse(words: str, value: Value) -> Wish:
    """From a sentence or a button."""
    if not value:
        return Wish(read(words))
    typed = text_of(value, "about")
    question = Question(
        About(typed) if typed in list(About) else About.PACKAGE if text_of(value, "package") else About.ME,
        text_of(value, "package") or text_of(value, "name"),
        _number(value, "days", LONGEST),
    )
    verb = text_of(value, "verb")
    if verb == _FILE:
        return Wish(question, as_file=True, answer=offered.read(value))
    return Wish(question, _number(value, "before", 2**62), as_file=verb == _CSV)


def _number(value: Value, name: str, most: int) -> int:
    found = value.get(name)
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) < len(str(most)) + 1:
        found = int(found)
    return found if type(found) is int and 0 <= found <= most else 0


async def run(wanted: Wish, ask: Ask) -> Outcome:
    """A page of the record, or the file; rights are looked at anew for each."""
    if wanted.answer and not wanted.answer.accepted:
        return Said("No file was saved", "Type audit to see the record here.")
    if wanted.question.problem:
        return Said("How far back?", wanted.question.problem, Tone.WARNING)
    found = await understood(wanted.question, USAGE, ask)
    if isinstance(found, Said):
        return found
    return await (_file(wanted, found, ask) if wanted.as_file else _page(wanted, found, ask))


async def _page(wanted: Wish, found: Found, ask: Ask) -> RecordPage:
    entries = await ask.deps.ledger.entries(found.search, before=wanted.before, limit=PAGE + 1)
    shown = entries[:PAGE]
    names = await names_of(shown, ask)
    data = _data(wanted.question)
    presses = []
    if len(entries) > PAGE:
        presses.append(Press("Older", _PAGE, {**data, "before": shown[-1].number}))
    if wanted.before:
        presses.append(Press("Newest", _PAGE, data))
    if shown:
        presses.append(Press("As CSV", _CSV, data))
    rows = tuple(_row(one, names) for one in shown)
    return RecordPage(found.title, rows, found.note, ask.turn.caller.time_zone, tuple(presses))


def _data(question: Question) -> dict[str, Any]:
    return {"about": question.about.value, "name": question.name, "days": question.days}


def _row(entry: AuditEntry, names: dict[str, str]) -> RecordRow:
    target = entry.target if "@" in entry.target else names.get(entry.target, "")
    package = names.get(entry.package, "")
    return RecordRow(
        entry.at,
        names.get(entry.actor, "Somebody") if entry.actor else "Usher",
        entry.act,
        ", ".join(one for one in (target, package) if one),
        entry.result,
        tone_of(entry.result),
        entry.detail if entry.detail not in (target, package) else "",
        entry.message,
    )


async def _file(wanted: Wish, found: Found, ask: Ask) -> Outcome:
    """In a 1:1 chat Teams offers the file; elsewhere its text is on a card. What was taken is written anew."""
    if wanted.answer and (unplaced := offered.nowhere(wanted.answer)):
        return unplaced
    entries = await ask.deps.ledger.entries(found.search, before=0, limit=MOST_LINES + 1)
    names = await names_of(entries, ask)
    text = written(entries[:MOST_LINES], names, ask.zone)
    if wanted.answer:
        target = wanted.question.name or wanted.question.about.value
        return await offered.save(wanted.answer, _NAME, text, ask, act="export the record", target=target, kind="csv")
    if ask.turn.conversation.place is not Place.PERSONAL:
        return _text(found, entries, names, ask)
    data = {**_data(wanted.question), "verb": _FILE}
    left = f" Only the newest {MOST_LINES:,} entries: ask for fewer days." if len(entries) > MOST_LINES else ""
    about = f"{found.title}, as CSV. Teams saves the file in your OneDrive.{left}"
    return FileOffer(_NAME, about, len(text.encode()), data, data)


def _text(found: Found, entries: tuple[AuditEntry, ...], names: dict[str, str], ask: Ask) -> PackageFile:
    """As many of the newest entries as a card has room for."""
    count = min(len(entries), MOST_LINES)
    while count and weight(written(entries[:count], names, ask.zone)) > LONGEST_PART:
        count //= 2
    note = "" if count == len(entries) else f"The newest {count} entries. Ask in our 1:1 chat for a file with all."
    hint = "Copy it into a file whose name ends with .csv."
    return PackageFile(_NAME, written(entries[:count], names, ask.zone), (found.title,), note=note, hint=hint)


COMMAND = Command(
    name="audit",
    usage=f'{USAGE} | audit "Invited users package" 30d | audit me 7d | audit 30d',
    summary="Who did what, when, from which message, with what result.",
    parse=parse,
    run=run,
    aliases=("record", "log"),
    verbs=(_PAGE, _CSV, _FILE),
    redraws=(_PAGE, _FILE),
)
