"""Two people change one policy: what the second meant, on top of what the first did."""

from __future__ import annotations

from dataclasses import fields, replace

from bot.domain.building.terms import Terms


def rebased(was: Terms, mine: Terms, theirs: Terms) -> Terms:
    """`theirs` with every setting that `mine` changes over `was`; where both changed one, mine counts."""
    kept = {"id": theirs.id, "modified_at": theirs.modified_at}
    ours = {
        field.name: getattr(mine, field.name)
        for field in fields(Terms)
        if field.name not in kept and getattr(mine, field.name) != getattr(was, field.name)
    }
    return replace(theirs, **ours)
