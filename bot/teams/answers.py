"""Merge what is typed while a form is open into the form, as if it had been filled in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.commands import dispatch
from bot.domain import sentence, spoken, upcoming
from bot.domain.building.pages import page_named
from bot.domain.drafts import InviteDraft
from bot.domain.outcomes import Choice, InviteForm, Said
from bot.domain.turns import Turn

_SEND = frozenset("ok okay yes y send submit go done ja oui".split())
_CANCEL = frozenset("cancel stop quit abbrechen nevermind".split())
#: A field of the form and a command, too; while the form is open one address behind it is meant for the form.
_NAMES_SPONSOR = re.compile(r"sponsor:?\s+\S+@\S+")
_WAYS = {"link": "link", "assign": "assign", "assign now": "assign"}


def means_cancel(words: str) -> bool:
    """Whether the person wants to leave the form."""
    return _bare(words) in _CANCEL


def means_back(words: str) -> bool:
    """Whether the person wants the form as it was before the last typed change."""
    return _bare(words) in ("back", "undo", "zurück")


def means_send(words: str, form: InviteForm) -> bool:
    """Whether the person presses the form's button by typing it."""
    return means_submit(words, form.submit)


def means_submit(words: str, button: str) -> bool:
    """Whether the words press this button of a form, or any form's button."""
    return _bare(words) in _SEND | {_bare(button)}


def merged(form: InviteForm, words: str, today: date | None = None) -> InviteForm | None:
    """Return the form with the typed words filled in, None when they fit nowhere. Never raises.

    `today` is the day where the person is, None when Teams did not say.
    """
    given = _choice(form, words) or _bare_value(words) or _sentence(words)
    if given is None:
        return None
    day = upcoming.read(given.until, today) if today else None
    given = replace(given, until=day.isoformat()) if day else given
    draft = given.over(form.draft)
    kept = {field: why for field, why in form.problems.items() if field not in given.to_json()}
    return replace(form, draft=draft, problems=kept, notes=())


def _choice(form: InviteForm, words: str) -> InviteDraft | None:
    """The name of a package of the list, or of a language, or the way access is given."""
    bare = _bare(words)
    if bare in _WAYS:
        return InviteDraft(way=_WAYS[bare])
    package = _only(form.packages, bare)
    if package:
        return InviteDraft(package=package)
    language = spoken.read_language(words) if bare else ""
    return InviteDraft(language=language) if language else None


def _only(choices: tuple[Choice, ...], bare: str) -> str:
    """The one choice with this name, or whose name starts with it."""
    named = [one.value for one in choices if _bare(one.title) == bare]
    begun = [one.value for one in choices if len(bare) >= 3 and _bare(one.title).startswith(bare)]
    found = named or begun
    return found[0] if len(found) == 1 else ""


def _bare_value(words: str) -> InviteDraft | None:
    """A number of days, a date or an address alone."""
    bare = _bare(words)
    if re.fullmatch(r"\d{1,4}", bare):
        return InviteDraft(ends="days", days=bare)
    if re.fullmatch(r"\d{1,4} (d|days?|weeks?|months?)", bare):
        return _sentence(f"for {bare}")
    day = spoken.read_date(words)
    if day or upcoming.is_day(words):
        return InviteDraft(ends="date", until=day.isoformat() if day else words)
    return None


def _sentence(words: str) -> InviteDraft | None:
    reading = sentence.read(words)
    if reading.unknown and (not reading.draft.addresses or dispatch.is_slip(words)):
        return None
    return reading.draft if reading.draft.to_json() else None


def _bare(words: str) -> str:
    return " ".join(words.casefold().strip(" .!\"'").split())


def is_for_form(turn: Turn) -> bool:
    """Whether typed words are worth asking an open form about.

    A whole command goes past it, so that the ledger is read only for words that no command begins with, and
    for the few that mean something of their own inside a form.
    """
    if len(turn.words) > dispatch.MOST_WORDS:
        return False
    bare = _bare(turn.words)
    if bare in _SEND | _CANCEL | _WAYS.keys() | {"back", "undo", "zurück", "invite", "next", "create"}:
        return True
    if _NAMES_SPONSOR.fullmatch(bare):
        return True
    return bool(bare) and (page_named(bare) is not None or isinstance(dispatch.find(turn), Said))
