"""`audit`: who did what, when, from which message, with what result; as a file for spreadsheets, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.recording import Found, names_of, understood
from bot.domain.audit import AuditEntry
from bot.domain.outcomes import (
    FileOffer,
    FileSaved,
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
_LONGEST_URL = 4000


@dataclass(frozen=True, slots=True)
class Wish:
    """A question, the page of it, and what a button or Teams' answer to the offered file says.

    `before`: the number of the last entry already shown, 0 on the first page. `step`: "", "csv", "yes" or "no".
    """

    question: Question
    before: int = 0
    step: str = ""
    upload_url: str = ""
    content_url: str = ""
    unique_id: str = ""


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
    if verb != _FILE:
        return Wish(question, _number(value, "before", 2**62), "csv" if verb == _CSV else "")
    sent = value.get("upload")
    upload: dict[str, Any] = sent if isinstance(sent, dict) else {}
    return Wish(
        question,
        step="yes" if value.get("accepted") is True else "no",
        upload_url=text_of(upload, "uploadUrl", most=_LONGEST_URL),
        content_url=text_of(upload, "contentUrl", most=_LONGEST_URL),
        unique_id=text_of(upload, "uniqueId"),
    )


def _number(value: Value, name: str, most: int) -> int:
    found = value.get(name)
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) < len(str(most)) + 1:
        found = int(found)
    return found if type(found) is int and 0 <= found <= most else 0


async def run(wanted: Wish, ask: Ask) -> Outcome:
    """A page of the record, or the file; rights are looked at anew for each."""
    if wanted.step == "no":
        return Said("No file was saved", "Type audit to see the record here.")
    if wanted.question.problem:
        return Said("How far back?", wanted.question.problem, Tone.WARNING)
    found = await understood(wanted.question, USAGE, ask)
    if isinstance(found, Said):
        return found
    return await (_file(wanted, found, ask) if wanted.step else _page(wanted, found, ask))


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
    if wanted.step == "yes" and not wanted.upload_url:
        return Said("No file was saved", "Teams did not say where to put it. Ask for it once more.", Tone.WARNING)
    entries = await ask.deps.ledger.entries(found.search, before=0, limit=MOST_LINES + 1)
    names = await names_of(entries, ask)
    text = written(entries[:MOST_LINES], names, ask.zone)
    if wanted.step == "yes":
        return await _save(wanted, text, ask)
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


async def _save(wanted: Wish, text: str, ask: Ask) -> Outcome:
    async with ask.doing("export the record", wanted.question.name or wanted.question.about.value):
        await ask.deps.files.save(wanted.upload_url, text)
    url = wanted.content_url if wanted.content_url.startswith("https://") else ""
    return FileSaved(_NAME, url, wanted.unique_id, kind="csv")


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
