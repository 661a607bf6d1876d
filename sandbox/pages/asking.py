"""The page of one access package: its request form, or why there is nothing to ask for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sandbox.clock import stamp
from sandbox.entitlement.acts import answer
from sandbox.entitlement.records import find, live_assignment, open_request
from sandbox.entitlement.scope import requestable
from sandbox.entitlement.times import end_of, parse_time
from sandbox.errors import GraphError
from sandbox.pages.layout import Markup, day, html, notice
from sandbox.pages.lists import active_card, request_card
from sandbox.world import Entity, World

Form = dict[str, str]


def package_page(world: World, user: Entity, package: Entity, *, address: str, form: Form) -> tuple[Markup, bool]:
    """The content for this person, and whether it will change by itself soon."""
    head = html("<h1>{name}</h1><p>{text}</p>", name=package["displayName"], text=package["description"])
    under_way = open_request(world, user["id"], package["id"])
    if under_way:
        said = notice("You have asked for this package; this is where it stands.")
        return Markup(head + said + request_card(world, under_way, address)), True
    held = live_assignment(world, user["id"], package["id"])
    if held:
        return Markup(head + notice("You have this package.") + active_card(world, held, address)), True
    policies = requestable(world, package, user)
    if not policies:
        return Markup(head + notice("You can't request this access package.", bad=True)), False
    return Markup(head + _form(world, policies[0], package, address=address, form=form)), False


def _form(world: World, policy: Entity, package: Entity, *, address: str, form: Form) -> Markup:
    fields = [_justification(policy, form)]
    fields += [_question(question, form.get(f"answer-{question['id']}", "")) for question in _questions(policy)]
    if policy["requestorSettings"]["allowCustomAssignmentSchedule"]:
        fields.append(_period(world, policy, form))
    return html(
        '<form class="fields card" method="post" action="{action}"><input type="hidden" name="package" value="{id}">'
        '{fields}<p class="soft">{ends}</p><div class="row"><button class="main">Submit request</button></div></form>',
        action=address.rstrip("/") + "/requests",
        id=package["id"],
        fields=fields,
        ends=_ending(world, policy),
    )


def _questions(policy: Entity) -> list[Entity]:
    return sorted(policy.get("_questions") or [], key=lambda question: question.get("sequence") or 0)


def _ending(world: World, policy: Entity) -> str:
    end = end_of(policy.get("expiration"), world.clock.now())
    approval = "Your request needs approval. " if policy["requestApprovalSettings"]["isApprovalRequiredForAdd"] else ""
    return approval + (f"Access ends on {day(end)} at the latest." if end else "Access does not end by itself.")


def _justification(policy: Entity, form: Form) -> Markup:
    needed = policy["requestApprovalSettings"]["isRequestorJustificationRequired"]
    return html(
        '<div><label for="justification">Business justification{mark}</label>'
        '<textarea id="justification" name="justification" rows="3"{required}>{value}</textarea></div>',
        mark="" if needed else " (optional)",
        required=Markup(" required") if needed else "",
        value=form.get("justification", ""),
    )


def _question(question: Entity, value: str) -> Markup:
    name = f"answer-{question['id']}"
    return html(
        '<div><label for="{name}">{text}{mark}</label>{control}</div>',
        name=name,
        text=question["text"],
        mark="" if question.get("isRequired") else " (optional)",
        control=_choices(question, name, value) if question.get("choices") else _answer_box(question, name, value),
    )


def _required(question: Entity) -> Markup:
    return Markup(" required") if question.get("isRequired") else Markup("")


def _answer_box(question: Entity, name: str, value: str) -> Markup:
    single = '<input type="text" id="{name}" name="{name}" value="{value}"{required}>'
    several = '<textarea id="{name}" name="{name}" rows="3"{required}>{value}</textarea>'
    template = single if question.get("isSingleLineQuestion") else several
    return html(template, name=name, value=value, required=_required(question))


def _choices(question: Entity, name: str, value: str) -> Markup:
    options = [
        html(
            '<option value="{value}"{chosen}>{text}</option>',
            value=choice["actualValue"],
            text=choice["text"],
            chosen=Markup(" selected") if choice["actualValue"] == value else "",
        )
        for choice in question["choices"]
    ]
    return html(
        '<select id="{name}" name="{name}"{required}><option value="">Choose</option>{options}</select>',
        name=name,
        required=_required(question),
        options=options,
    )


def _period(world: World, policy: Entity, form: Form) -> Markup:
    now = world.clock.now()
    latest = end_of(policy.get("expiration"), now)
    limits = html(' min="{first}"', first=f"{now + timedelta(days=1):%Y-%m-%d}")
    if latest:
        limits = html('{least} max="{last}"', least=limits, last=f"{latest:%Y-%m-%d}")
    return html(
        '<fieldset><legend>Request for a specific period? (optional)</legend><label for="ends">Until</label>'
        '<input type="date" id="ends" name="ends" value="{value}"{limits}></fieldset>',
        value=form.get("ends", ""),
        limits=limits,
    )


def asked_for(world: World, user: Entity, form: Form) -> dict[str, Any]:
    """The request body that the filled form stands for; GraphError 400 for a date that is none."""
    package = find(world, "accessPackages", form.get("package"))
    policy = next(iter(requestable(world, package, user)), {})
    given = [(question, form.get(f"answer-{question['id']}", "").strip()) for question in _questions(policy)]
    return {
        "requestType": "userAdd",
        "assignment": {"accessPackageId": package["id"]},
        "justification": form.get("justification", "").strip() or None,
        "answers": [answer(question, value) for question, value in given if value],
        "schedule": _schedule(world, policy, form.get("ends", "").strip()),
    }


def _schedule(world: World, policy: Entity, ends: str) -> dict[str, Any] | None:
    if not ends:
        return None
    try:
        end = parse_time(f"{ends}T23:59:59Z")
    except ValueError as error:
        raise GraphError(400, "InvalidSchedule", f"{ends} is not a date.") from error
    latest = end_of(policy.get("expiration"), world.clock.now())
    if latest and end.date() == latest.date():
        end = latest  # The last allowed day means until the last allowed moment.
    return {"expiration": {"type": "afterDateTime", "endDateTime": stamp(end)}}
