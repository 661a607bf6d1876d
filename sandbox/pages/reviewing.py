"""The access reviews of My Access: whom the signed-in person is asked about, with Keep, Remove and Don't know."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.entitlement.records import find
from sandbox.pages.layout import Markup, day, html
from sandbox.reviews import course, decisions
from sandbox.world import Entity, World

DECISIONS = {"Approve": "Keep", "Deny": "Remove", "DontKnow": "Don't know"}


def waiting_for(world: World, user_id: str) -> Iterator[tuple[Entity, Entity]]:
    """What this person can decide now, with the review it belongs to; decided ones included, which can be changed."""
    for item in world.tables["accessReviewDecisions"].values():
        instance = world.tables["accessReviewInstances"][item["_instanceId"]]
        if instance["status"] == course.OPEN and decisions.may_decide(item, user_id):
            yield instance, item


def reviews(world: World, user: Entity, address: str) -> Markup:
    """A card for each person under review."""
    cards = [_card(world, instance, item, address) for instance, item in waiting_for(world, user["id"])]
    if not cards:
        return html('<h1>Access reviews</h1><p class="soft" role="status">{none}</p>', none="No review waits for you.")
    return html(
        '<h1>Access reviews</h1><ul class="cards">{cards}</ul>', cards=[html("<li>{c}</li>", c=c) for c in cards]
    )


def _card(world: World, instance: Entity, item: Entity, address: str) -> Markup:
    person = world.tables["users"].get(item["principal"]["id"]) or {}
    decided = DECISIONS.get(item["decision"], "Not decided yet")
    buttons = [
        html('<button name="decision" value="{value}">{label}</button>', value=value, label=label)
        for value, label in DECISIONS.items()
    ]
    return html(
        '<form class="card fields" method="post" action="{action}"><h2>{who}</h2><p>{mail}</p>'
        '<p>{package}, until {ends}</p><p class="soft">{decided}</p>'
        '<input type="hidden" name="item" value="{item}">'
        '<div><label for="why-{item}">Reason</label>'
        '<input type="text" id="why-{item}" name="justification" value="{why}"></div>'
        '<div class="row">{buttons}</div></form>',
        action=address.rstrip("/") + "/review",
        who=item["principal"]["displayName"],
        mail=person.get("mail") or "",
        package=item["resource"]["accessPackageDisplayName"],
        ends=day(instance["endDateTime"]),
        decided=decided,
        item=item["id"],
        why=item["justification"] or "",
        buttons=buttons,
    )


def decide(world: World, user: Entity, form: dict[str, str]) -> None:
    """The decision stands; GraphError for somebody else's, or where a reason is missing."""
    item = find(world, "accessReviewDecisions", form.get("item"))
    instance = world.tables["accessReviewInstances"][item["_instanceId"]]
    wanted = form.get("decision")
    if instance["status"] != course.OPEN or wanted not in DECISIONS:
        return
    answer = {"decision": wanted, "justification": form.get("justification") or None}
    decisions.record(world, instance, item, by=user["id"], body=answer)
