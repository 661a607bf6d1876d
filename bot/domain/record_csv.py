"""The record as CSV that spreadsheets open without running anything in it.

Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import tzinfo

from bot.domain.audit import AuditEntry

HEADERS = (
    "number", "time", "who", "who (id)", "act", "about", "access package", "result", "detail", "message",
    "conversation", "wish",
)  # fmt: skip
_MARK = "\ufeff"
_BEGINS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_BEGINS_PART = re.compile(r"([;\t\r\n][ \"]*)(?=[=+\-@＝＋－＠])")


def written(entries: Iterable[AuditEntry], names: Mapping[str, str], zone: tzinfo) -> str:
    """With byte order mark, every field quoted; times in this zone with their offset. `names`: id -> name."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADERS)
    for one in entries:
        about, package = names.get(one.target, one.target), names.get(one.package, one.package)
        who = names.get(one.actor, "") if one.actor else "Usher"
        fields = (
            who,
            one.actor,
            one.act,
            about,
            package,
            one.result,
            one.detail,
            one.message,
            one.conversation,
            one.key,
        )
        time = one.at.astimezone(zone).isoformat(timespec="seconds")
        writer.writerow([str(one.number), time, *map(harmless, fields)])
    return _MARK + out.getvalue()


def harmless(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula: an apostrophe before whatever may begin one.

    Where lists are parted by semicolons a spreadsheet parts fields inside of quotation marks, too.
    """
    text = _BEGINS_PART.sub(r"\1'", text)
    return f"'{text}" if text.lstrip(" ").startswith(_BEGINS_FORMULA) else text
