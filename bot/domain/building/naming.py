"""How people, groups and organisations that a policy names are called in plain words."""

from __future__ import annotations

from bot.domain.building.rows import listed
from bot.domain.building.subjects import Subject, SubjectKind

_UNNAMED = {
    SubjectKind.MANAGER: "the requestor's manager",
    SubjectKind.TARGET_MANAGER: "the manager of the person who gets access",
    SubjectKind.INTERNAL_SPONSORS: "the internal sponsors of the requestor's organisation",
    SubjectKind.EXTERNAL_SPONSORS: "the external sponsors of the requestor's organisation",
    SubjectKind.GUEST_SPONSORS: "the guest's own sponsors",
}
_LEVELS = {2: "the manager's manager", 3: "the manager three levels up", 4: "the manager four levels up"}


def who(subject: Subject) -> str:
    """`Megan Bowen`, `members of Approvers`, `the requestor's manager`."""
    if subject.kind in (SubjectKind.MANAGER, SubjectKind.TARGET_MANAGER) and subject.level > 1:
        level = _LEVELS.get(subject.level, f"the manager {subject.level} levels up")
        return f"{level} (of the person who gets access)" if subject.kind is SubjectKind.TARGET_MANAGER else level
    if subject.kind in _UNNAMED:
        return _UNNAMED[subject.kind]
    name = subject.name or subject.id or "somebody Usher cannot name"
    match subject.kind:
        case SubjectKind.GROUP:
            return f"members of {name}"
        case SubjectKind.ORGANIZATION:
            return f"people of {name}"
        case SubjectKind.OTHER:
            return subject.name or "somebody chosen by a rule that only the portal shows"
    return name


def all_of(subjects: tuple[Subject, ...], *, last: str = "and") -> str:
    """Several of them, in one text."""
    return listed([who(one) for one in subjects], last=last)


def keys(subjects: tuple[Subject, ...]) -> tuple[tuple[str, str, int], ...]:
    """The same for the same people, whatever name they were last seen under."""
    return tuple((one.kind.value, one.id or one.name, one.level) for one in subjects)
