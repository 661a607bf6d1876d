"""My Access: available packages, what is active, the request history, and what waits for the person's approval or review."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from sandbox.entitlement import approvals, self_service
from sandbox.entitlement.records import assignments_of, find, requests_about
from sandbox.errors import GraphError
from sandbox.pages import lists, reviewing
from sandbox.pages.asking import asked_for, package_page
from sandbox.pages.layout import Markup, document, notice, tab_bar
from sandbox.pages.session import Page, entered, see_other
from sandbox.web import WORLD
from sandbox.world import Entity, World

BRAND = "My Access"
VIEWS: dict[str, tuple[str, Callable[[World, Entity, str], Markup]]] = {
    "available": ("Available", lists.available),
    "active": ("Active", lists.active),
    "history": ("Request history", lists.history),
    "approvals": ("Approvals", lists.approvals),
    "reviews": ("Access reviews", reviewing.reviews),
}
Form = dict[str, str]


@entered(BRAND)
async def show(request: web.Request, user: Entity) -> web.StreamResponse:
    """GET /myaccess/…: one view, or the package the request link names."""
    package = request.query.get("package")
    if package:
        return _package(request, user, package)
    return _view(request, user)


async def go_home(request: web.Request) -> web.StreamResponse:
    """GET of an address that only takes forms (after a reload, say) leads back to the site."""
    return see_other(_site(request))


def _site(request: web.Request) -> str:
    """The address of the site the page belongs to, with a slash at its end."""
    parts = request.path.split("/")
    return "/".join(parts[: 3 if len(parts) > 2 and parts[2].startswith("@") else 2]) + "/"


def _view(request: web.Request, user: Entity, problem: str = "") -> web.Response:
    key = request.query.get("view", "available")
    label, build = VIEWS.get(key, VIEWS["available"])
    world = request.app[WORLD]
    body = Markup(_alert(problem) + build(world, user, _site(request)))
    return _page(request, user, title=label, body=body, current=key, live=not problem, status=400 if problem else 200)


def _package(
    request: web.Request, user: Entity, package_id: str, problem: str = "", form: Form | None = None
) -> web.Response:
    world = request.app[WORLD]
    package = world.tables["accessPackages"].get(package_id)
    if package is None:
        body = notice("This access package does not exist, or the link is incomplete.", bad=True)
        return _page(request, user, title="Not found", body=body, current="", live=False, status=404)
    content, waiting = package_page(world, user, package, address=_site(request), form=form or {})
    body = Markup(_alert(problem) + content)
    status = 400 if problem else 200
    return _page(request, user, title=package["displayName"], body=body, current="", live=waiting, status=status)


def _alert(problem: str) -> str:
    return notice(problem, bad=True) if problem else ""


def _page(
    request: web.Request, user: Entity, *, title: str, body: Markup, current: str, live: bool, status: int
) -> web.Response:
    waiting = len(approvals.waiting_for(request.app[WORLD], user["id"]))
    links = [
        (key, f"{label} ({waiting})" if key == "approvals" and waiting else label, f"{_site(request)}?view={key}")
        for key, (label, _) in VIEWS.items()
    ]
    page = document(title, body, brand=BRAND, user=user, tabs=tab_bar(links, current), live=live)
    return web.Response(text=page, content_type="text/html", status=status)


def _posted(act: Callable[[World, Entity, Form], str]) -> Page:
    """A form's handler: ``act`` does it and names the view to show; what Graph would refuse is said on the page."""

    @entered(BRAND)
    async def handler(request: web.Request, user: Entity) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        try:
            view = act(request.app[WORLD], user, form)
        except GraphError as error:
            if "package" in form:
                return _package(request, user, form["package"], error.message, form)
            return _view(request, user, error.message)
        return see_other(f"{_site(request)}?view={view}")

    return handler


@_posted
def _ask(world: World, user: Entity, form: Form) -> str:
    self_service.user_add(world, asked_for(world, user, form), user)
    return "history"


@_posted
def _cancel(world: World, user: Entity, form: Form) -> str:
    for found in requests_about(world, user["id"]):
        if found["id"] == form.get("request"):
            self_service.withdraw(world, found)
    return "history"


@_posted
def _extend(world: World, user: Entity, form: Form) -> str:
    """As long from now as the policy gives, which is what the portal proposes."""
    for found in assignments_of(world, user["id"]):
        if found["id"] == form.get("assignment"):
            policy = find(world, "assignmentPolicies", found["_policyId"])
            schedule = {"expiration": policy["expiration"]}
            body = {"requestType": "userUpdate", "assignment": {"id": found["id"]}, "schedule": schedule}
            self_service.user_change(world, body, user)
    return "active"


@_posted
def _give_back(world: World, user: Entity, form: Form) -> str:
    for found in assignments_of(world, user["id"]):
        if found["id"] == form.get("assignment"):
            body = {"requestType": "userRemove", "assignment": {"id": found["id"]}}
            self_service.user_change(world, body, user)
    return "active"


@_posted
def _decide(world: World, user: Entity, form: Form) -> str:
    found = find(world, "assignmentRequests", form.get("request"))
    for stage in found.get("_stages") or []:
        if stage["id"] == form.get("stage"):
            result = "Approve" if form.get("result") == "Approve" else "Deny"
            approvals.decide(world, found, stage, user=user, result=result, justification=form.get("justification"))
    return "approvals"


@_posted
def _review(world: World, user: Entity, form: Form) -> str:
    reviewing.decide(world, user, form)
    return "reviews"


ask, cancel, extend, give_back, decide, review = _ask, _cancel, _extend, _give_back, _decide, _review
