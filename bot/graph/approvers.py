"""Who may decide a request, found out without anybody's own token: the policy's stage, and the people it means.

https://learn.microsoft.com/entra/id-governance/entitlement-management-access-package-approval-policy
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.building.organizations import ConnectedOrganization
from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.building.terms import Stage
from bot.domain.panels import Approver, Because, Panel, PendingRequest
from bot.domain.people import Person
from bot.graph.batch import Answers, Ask, send_all
from bot.graph.client import Graph
from bot.graph.organizations import ORGANIZATIONS, WITH_SPONSORS, organization_of
from bot.graph.packages import PACKAGES, expiration_of
from bot.graph.people import FIELDS, ask_person, asks_by_id, is_object_id, person_of
from bot.graph.policy_choice import policy_for
from bot.graph.policy_terms import question_of, stage_of
from bot.graph.wire import Json, Query, path

_MANAGERS = (SubjectKind.MANAGER, SubjectKind.TARGET_MANAGER)
_PARTNERS = (SubjectKind.INTERNAL_SPONSORS, SubjectKind.EXTERNAL_SPONSORS)
_WITH_POLICIES = {"$expand": "assignmentPolicies($expand=questions)"}
_MOST_LEVELS = 4
_MEMBERS: Query = {"$select": FIELDS, "$top": 999}


async def panel(graph: Graph, request: PendingRequest, stage: int) -> Panel:
    """Two round trips, and one for each level of managers above the first.

    https://learn.microsoft.com/graph/api/resources/accesspackageapprovalstage
    """
    answers = await send_all(graph.wire, _about(request))
    package, target = answers.maybe("package") or {}, answers.maybe("target")
    person = person_of(target) if target else None
    sponsors = [person_of(one) for one in (answers.maybe("sponsors") or {}).get("value") or []]
    policy = policy_for(request, package.get("assignmentPolicies") or [])
    stages = (policy.get("requestApprovalSettings") or {}).get("stages") or []
    ends = expiration_of(policy.get("expiration") or {})
    wished = request.wanted_end is not None or request.wanted_time is not None
    found = Panel(
        stages=len(stages),
        approvers=(),
        answers=_in_words(request, policy),
        sponsors=tuple(one.name for one in sponsors),
        is_guest=bool(person and person.is_guest),
        ends_at=request.wanted_end if wished else ends.on,
        lasts=request.wanted_time if wished else ends.after,
    )
    if not 0 < stage <= len(stages):
        return found
    terms = stage_of(stages[stage - 1])
    approvers = await _People(graph, request, person, sponsors).of(terms, escalated=request.is_escalated)
    return replace(
        found, approvers=approvers, answer_within=terms.answer_within, needs_reason=terms.needs_justification
    )


def _about(request: PendingRequest) -> list[Ask]:
    asks = [Ask("package", path(f"{PACKAGES}/{{}}", request.package_id), _WITH_POLICIES)]
    if is_object_id(request.person_id):
        asks.append(ask_person("target", request.person_id))
        asks.append(Ask("sponsors", path("/users/{}/sponsors", request.person_id), {"$select": FIELDS}))
    return asks


def _in_words(request: PendingRequest, policy: Json) -> tuple[tuple[str, str], ...]:
    """Each question with its answer, in the order of the policy; one the policy has no more stays nameless."""
    questions = [question_of(row) for row in policy.get("questions") or []]
    order = {one.id.casefold(): (number, one) for number, one in enumerate(questions)}
    told: list[tuple[int, str, str]] = []
    for question_id, answer in request.answers:
        number, question = order.get(question_id.casefold(), (len(order), None))
        choices = {one.value: one.text for one in question.choices} if question else {}
        told.append((number, question.text if question else "", choices.get(answer, answer)))
    return tuple((question, answer) for _, question, answer in sorted(told, key=lambda one: one[0]) if answer)


class _People:
    """The people behind the subject sets of one request."""

    def __init__(
        self, graph: Graph, request: PendingRequest, person: Person | None, sponsors: Sequence[Person]
    ) -> None:
        self._graph = graph
        self._request = request
        self._person = person
        self._sponsors = sponsors

    async def of(self, stage: Stage, *, escalated: bool) -> tuple[Approver, ...]:
        """Who may decide the stage; each once, and nobody their own request."""
        named = (*stage.approvers, *stage.fallbacks)
        if escalated:
            named = (*named, *stage.alternates, *stage.alternate_fallbacks)
        answers = await send_all(self._graph.wire, asks) if (asks := self._asks(named)) else Answers(())
        first = await self._first(stage.approvers, stage.fallbacks, answers)
        later = await self._first(stage.alternates, stage.alternate_fallbacks, answers) if escalated else []
        once = {one.id.casefold(): one for one in [*(replace(one, alternate=True) for one in later), *first]}
        return tuple(sorted(once.values(), key=lambda one: (one.alternate, one.name.casefold(), one.id)))

    def _asks(self, subjects: Iterable[Subject]) -> list[Ask]:
        wanted = list(subjects)
        asks = asks_by_id("named", [one.id for one in wanted if one.kind is SubjectKind.USER and is_object_id(one.id)])
        for group in dict.fromkeys(one.id for one in wanted if one.kind is SubjectKind.GROUP and is_object_id(one.id)):
            asks.append(Ask(f"group {group}", path("/groups/{}", group), {"$select": "id,displayName"}))
            asks.append(Ask(f"members {group}", path("/groups/{}/transitiveMembers", group), _MEMBERS))
        if any(one.kind in _PARTNERS for one in wanted):
            asks.append(Ask("partners", ORGANIZATIONS, WITH_SPONSORS))
        return asks

    async def _first(
        self, approvers: Sequence[Subject], fallbacks: Sequence[Subject], answers: Answers
    ) -> list[Approver]:
        """Those whom the first set of the two that means anybody means."""
        found = [each for one in approvers for each in await self._meant(one, answers)]
        if found:
            return found
        return [replace(each, fallback=True) for one in fallbacks for each in await self._meant(one, answers)]

    async def _meant(self, subject: Subject, answers: Answers) -> list[Approver]:
        match subject.kind:
            case SubjectKind.USER:
                rows = [row for row in await self._rows("named", answers) if _same(row["id"], subject.id)]
                return self._asked([person_of(row) for row in rows], Because.NAMED, "")
            case SubjectKind.GROUP:
                name = str((answers.maybe(f"group {subject.id}") or {}).get("displayName") or subject.name)
                rows = await self._rows(f"members {subject.id}", answers)
                people = [person_of(row) for row in rows if _is_user(row)]
                return self._asked(people, Because.GROUP, name)
            case SubjectKind.GUEST_SPONSORS:
                return self._asked(self._sponsors, Because.SPONSOR, self._named())
            case kind if kind in _MANAGERS:
                manager = await self._manager(subject.level)
                return self._asked([manager] if manager else [], Because.MANAGER, self._named())
            case kind if kind in _PARTNERS:
                return await self._vouching(kind, answers)
            case _:
                return []

    async def _rows(self, prefix: str, answers: Answers) -> list[Json]:
        """Every row of the asks of this name, over all pages; none where Graph knows no such thing."""
        rows: list[Json] = []
        for name in answers.names():
            page = answers.maybe(name) if name == prefix or name.startswith(f"{prefix} ") else None
            rows += await self._graph.wire.rest(page) if page else []
        return rows

    async def _manager(self, level: int) -> Person | None:
        """The manager so many levels up, from 1. https://learn.microsoft.com/graph/api/user-list-manager"""
        person_id, found = self._request.person_id, None
        for _ in range(min(max(level, 1), _MOST_LEVELS)):
            answers = await send_all(
                self._graph.wire, [Ask("manager", path("/users/{}/manager", person_id), {"$select": FIELDS})]
            )
            row = answers.maybe("manager")
            if not row:
                return None
            found = person_of(row)
            person_id = found.id
        return found

    async def _vouching(self, kind: SubjectKind, answers: Answers) -> list[Approver]:
        """The sponsors of the partner whose domain the address is in."""
        domain = self._request.person_address.rpartition("@")[2].casefold()
        partners = [organization_of(row) for row in await self._rows("partners", answers)]
        partner = next((one for one in partners if domain and domain in _domains(one)), None)
        if partner is None:
            return []
        internal = kind is SubjectKind.INTERNAL_SPONSORS
        ids = [one.id for one in (partner.internal_sponsors if internal else partner.external_sponsors)]
        asks = asks_by_id("vouching", ids)
        found = await send_all(self._graph.wire, asks) if asks else Answers(())
        people = [person_of(row) for row in await self._rows("vouching", found)]
        return self._asked(people, Because.PARTNER, partner.name)

    def _asked(self, people: Iterable[Person], because: Because, of: str) -> list[Approver]:
        own = {self._request.person_id.casefold(), self._request.requestor_id.casefold()}
        return [
            Approver(one.id, one.name, one.address or one.upn, because, of)
            for one in people
            if one.enabled and one.id.casefold() not in own
        ]

    def _named(self) -> str:
        return self._person.name if self._person else self._request.person_name


def _same(one: object, other: str) -> bool:
    return str(one).casefold() == other.casefold()


def _is_user(row: Json) -> bool:
    return str(row.get("@odata.type") or "#microsoft.graph.user") == "#microsoft.graph.user"


def _domains(partner: ConnectedOrganization) -> set[str]:
    return {one.domain.casefold() for one in partner.sources if one.domain}
