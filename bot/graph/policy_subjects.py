"""Whom a policy names, read from Graph's subject sets and written back as such."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.building.subjects import Subject, SubjectKind
from bot.errors import Rejected
from bot.graph.wire import Json

PREFIX = "#microsoft.graph."
ID_FIELDS = {
    SubjectKind.USER: "userId",
    SubjectKind.GROUP: "groupId",
    SubjectKind.ORGANIZATION: "connectedOrganizationId",
}
MANAGERS = frozenset({SubjectKind.MANAGER, SubjectKind.TARGET_MANAGER})
#: Kinds Usher has no word for, that name nobody in particular and so can be written anew.
NAMELESS = frozenset({"targetApplicationOwners", "targetAgentIdentitySponsorsOrOwners"})
Key = tuple[SubjectKind, str, int]


def subject_of(row: Json) -> Subject:
    """One subject set; of a kind that Usher does not know, `name` is the kind.

    https://learn.microsoft.com/graph/api/resources/subjectset
    """
    kind = str(row.get("@odata.type") or "").removeprefix("#").removeprefix("microsoft.graph.")
    if kind not in set(SubjectKind) or kind == SubjectKind.OTHER:
        return Subject(SubjectKind.OTHER, name=kind)
    known = SubjectKind(kind)
    level = row.get("managerLevel")
    return Subject(
        kind=known,
        id=str(row.get(ID_FIELDS.get(known, "")) or ""),
        name=str(row.get("description") or ""),
        level=level if isinstance(level, int) and known in MANAGERS else 1,
    )


def subjects_of(rows: object) -> tuple[Subject, ...]:
    """Every subject set of a list; null is none."""
    return tuple(subject_of(row) for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()


def key_of(subject: Subject) -> Key:
    """The same for the same people, whatever name they are shown under."""
    told_apart = subject.id.casefold() if subject.kind is not SubjectKind.OTHER else subject.name
    return subject.kind, told_apart, subject.level


def subject_body(subject: Subject) -> Json:
    """The subject set to write. Raises Rejected for kinds that only Entra's own portal can describe."""
    if subject.kind is SubjectKind.OTHER:
        if subject.name not in NAMELESS:
            raise Rejected(f"Usher cannot write a policy that names {subject.name or 'an unknown kind of people'}")
        return {"@odata.type": PREFIX + subject.name}
    body: Json = {"@odata.type": PREFIX + subject.kind.value}
    if subject.kind in ID_FIELDS:
        body |= {ID_FIELDS[subject.kind]: subject.id, "description": subject.name}
    if subject.kind in MANAGERS:
        body["managerLevel"] = subject.level
    return body


def merged_subjects(rows: object, after: Sequence[Subject]) -> list[Json]:
    """The list that names `after`: who is in `rows` keeps the entry there to the letter."""
    left = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    merged: list[Json] = []
    for subject in after:
        same = next((row for row in left if key_of(subject_of(row)) == key_of(subject)), None)
        if same is not None:
            left.remove(same)
        merged.append(subject_body(subject) if same is None else same)
    return merged
