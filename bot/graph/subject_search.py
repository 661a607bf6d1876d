"""People and groups that a typed name, address or id may mean."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.building.subjects import Candidate, Subject, SubjectKind
from bot.graph.batch import Answers, Ask
from bot.graph.people import FIELDS, is_object_id, leading_to, person_of
from bot.graph.wire import Json, Query, literal, path

MOST = 10
GROUP_FIELDS = "id,displayName,mail"


def asks(name: str, reference: str) -> list[Ask]:
    """Asks for everybody the reference may mean, for a batch; their ids begin with `name`.

    https://learn.microsoft.com/graph/api/user-list, https://learn.microsoft.com/graph/api/group-list
    """
    if is_object_id(reference):
        return [
            Ask(f"{name} user", path("/users/{}", reference), {"$select": FIELDS}),
            Ask(f"{name} group", path("/groups/{}", reference), {"$select": GROUP_FIELDS}),
        ]
    if "@" in reference:
        groups = f"mail eq {literal(reference)}"
        return [
            Ask(f"{name} user", "/users", {"$filter": leading_to(reference), "$select": FIELDS, "$top": MOST}),
            Ask(f"{name} group", "/groups", {"$filter": groups, "$select": GROUP_FIELDS, "$top": MOST}),
        ]
    found = []
    for kind, collection, fields in (("user", "/users", FIELDS), ("group", "/groups", GROUP_FIELDS)):
        for how, test in tests_of(reference).items():
            query: Query = {"$filter": test, "$select": fields, "$top": MOST}
            found.append(Ask(f"{name} {kind}{how}", collection, query))
    return found


def tests_of(name: str) -> dict[str, str]:
    """The two ways a name is looked for: the whole of it, and how it starts. Graph compares without case."""
    quoted = literal(name)
    return {"": f"displayName eq {quoted}", " starts": f"startswith(displayName,{quoted})"}


def candidates(answers: Answers, name: str) -> tuple[Candidate, ...]:
    """Who was found: those with exactly this name, else those whose name starts so; people before groups."""
    people, groups = exact_or_starting(answers, f"{name} user"), exact_or_starting(answers, f"{name} group")
    found = [*map(_person, people[0]), *map(_group, groups[0])]
    if not found:
        found = [*map(_person, people[1]), *map(_group, groups[1])]
    return tuple({one.subject.id: one for one in found}.values())[:MOST]


def exact_or_starting(answers: Answers, name: str) -> tuple[list[Json], list[Json]]:
    """The rows of the ask `name`, and those of `name` + " starts" where that was asked, by name."""
    return _rows(answers, name), _rows(answers, f"{name} starts")


def _rows(answers: Answers, name: str) -> list[Json]:
    if name not in answers:
        return []
    body = answers.maybe(name) or {}
    rows: Iterable[Json] = body.get("value", [body] if body else [])
    return sorted(rows, key=lambda row: (str(row.get("displayName") or "").casefold(), str(row["id"])))


def _person(row: Json) -> Candidate:
    person = person_of(row)
    return Candidate(Subject(SubjectKind.USER, person.id, person.name), person.address, person.is_guest, person.enabled)


def _group(row: Json) -> Candidate:
    name = str(row.get("displayName") or row["id"])
    return Candidate(Subject(SubjectKind.GROUP, str(row["id"]), name), str(row.get("mail") or ""))
